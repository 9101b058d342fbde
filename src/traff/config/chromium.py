"""The Chromium that browser tests drive: the machine's own; installed where that may be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DOWNLOADED = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
INSTALLERS = (
    ("apt-get", ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]),
    ("dnf", ["dnf", "install", "-y", "-q", "chromium"]),
    ("zypper", ["zypper", "--non-interactive", "install", "chromium"]),
    ("pacman", ["pacman", "-S", "--noconfirm", "chromium"]),
    ("apk", ["apk", "add", "chromium"]),
)


def find_chromium() -> str | None:
    """TRAFF_CHROMIUM names one; else the machine's; else the one that playwright has downloaded."""
    named = os.environ.get("TRAFF_CHROMIUM")
    if named:
        return named
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    return installed or _downloaded()


def _downloaded() -> str | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found = [path for place in DOWNLOADED for path in sorted(cache.glob(place))]
    return str(found[-1]) if found else None


def install_chromium() -> str | None:
    """By the system's packages as root, else by playwright's own download. None if neither can be had."""
    print("Chromium is missing; installing it …", file=sys.stderr, flush=True)
    if os.geteuid() == 0:
        for program, command in INSTALLERS:
            if shutil.which(program):
                if program == "apt-get":
                    _try(["apt-get", "update", "-qq"])
                _try(command)
                break
    if not find_chromium():
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
    return find_chromium()


def _try(command: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-3:]
        print(f"{' '.join(command)} did not succeed:", *said, sep="\n  ", file=sys.stderr)

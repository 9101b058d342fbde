"""The Chromium that browser tests drive, and what drives it: the machine's own; installed where that may be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DOWNLOADED = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
INSTALLERS = (  # the browser, a font with å in it, and the library that playwright's driver expects
    ("apt-get", ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation", "libatomic1"]),
    ("dnf", ["dnf", "install", "-y", "-q", "chromium", "liberation-fonts", "libatomic"]),
    ("zypper", ["zypper", "--non-interactive", "install", "chromium", "liberation-fonts", "libatomic1"]),
    ("pacman", ["pacman", "-S", "--noconfirm", "--needed", "chromium", "ttf-liberation", "gcc-libs"]),
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


def is_drivable() -> bool:
    """Whether there is a browser and playwright's driver runs; on a bare machine it may lack a library."""
    return bool(find_chromium()) and _succeeds([sys.executable, "-m", "playwright", "--version"])


def install_chromium() -> bool:
    """By the system's packages as root, else by playwright's own download."""
    print("The browser for the tests is not complete; installing it …", file=sys.stderr, flush=True)
    installer = next((command for program, command in INSTALLERS if shutil.which(program)), None)
    if os.geteuid() == 0 and installer:
        if installer[0] == "apt-get":
            _try(["apt-get", "update", "-qq"])
        _try(installer)
    if not find_chromium():
        _try([sys.executable, "-m", "playwright", "install", "chromium"])
    return is_drivable()


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _try(command: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-3:]
        print(f"{' '.join(command)} did not succeed:", *said, sep="\n  ", file=sys.stderr)

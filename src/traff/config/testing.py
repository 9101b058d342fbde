"""`./traff test`: linters, types and floors, then the tests, against a PostgreSQL made for the occasion."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from traff.config.chromium import find_chromium, install_chromium, is_drivable
from traff.config.postgres import Cluster
from traff.config.postgres.roles import MIGRATOR
from traff.config.state import CHECKOUT

PREFIX = "traff-test-"
NO_BROWSER = """\
The browser tests need Chromium, and could not install it as this account. On Debian and Ubuntu, as root:
  apt-get install chromium fonts-liberation libatomic1
or leave those tests out: ./traff test --no-browser"""
CHECKS = (
    ("ruff", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("import-linter", ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
)


def run_tests(arguments: list[str]) -> int:
    """Everything; with arguments of one's own only those tests. The last line is always pytest's own."""
    wants_all, arguments = "--all" in arguments, [word for word in arguments if word != "--all"]
    without_browser, arguments = "--no-browser" in arguments, [word for word in arguments if word != "--no-browser"]
    if not without_browser and not (is_drivable() or install_chromium()):
        print(NO_BROWSER, file=sys.stderr)
        return 1
    failed = [] if arguments else [name for name, command in CHECKS if not _passes(name, command)]
    is_narrow = any(argument.startswith("-k") or Path(argument.split("::")[0]).is_file() for argument in arguments)
    # a file or a name: slow or not, that was meant
    leave_out = [*([] if wants_all or is_narrow else ["not slow"]), *(["not browser"] if without_browser else [])]
    selection = ["-m", " and ".join(leave_out)] if leave_out else []
    workers = [] if arguments else ["-n", "2", "--dist", "worksteal"]
    with _server() as environment:
        if failed:
            print(f"Not right yet: {', '.join(failed)} (see above). The tests run all the same.", flush=True)
        asked = [sys.executable, "-m", "pytest", *workers, *selection, *map(_from_here, arguments)]
        done = subprocess.run(asked, cwd=CHECKOUT, env=environment, check=False)
    return done.returncode or int(bool(failed))


def _from_here(argument: str) -> str:
    """The tests run in the checkout's root; a path (with ::name, perhaps) is meant from where one stands."""
    path, *name = argument.split("::")
    return "::".join([str(Path(path).resolve()), *name]) if path and Path(path).exists() else argument


def _passes(name: str, command: list[str]) -> bool:
    print(f"{name} …", flush=True)
    environment = {**os.environ, "TRAFF_DATA": tempfile.gettempdir()}
    return subprocess.run([sys.executable, *command], cwd=CHECKOUT, env=environment, check=False).returncode == 0


@contextmanager
def _server() -> Iterator[dict[str, str]]:
    """A server that trades safety for speed, in a folder that goes away with it; nothing of a real state is touched."""
    _clear_leftovers()
    home = Path(tempfile.mkdtemp(prefix=PREFIX))
    home.chmod(0o711)
    cluster = Cluster(home, throwaway=True)
    with (home / "alive.lock").open("w") as alive:
        fcntl.flock(alive, fcntl.LOCK_SH)
        try:
            with cluster.in_use():
                yield {
                    **os.environ,
                    "DATABASE_URL": cluster.url(MIGRATOR),
                    "TRAFF_DATA": str(home / "state"),
                    "TRAFF_CHROMIUM": find_chromium() or "",
                }
        finally:
            cluster.remove()


def _clear_leftovers() -> None:
    """A test run that was killed could not clean up after itself."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not os.access(home, os.W_OK) or home.stat().st_uid != os.geteuid():
            continue
        try:
            with (home / "alive.lock").open("r") as alive:
                fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
                Cluster(home).remove()
        except BlockingIOError:
            continue
        except OSError:
            shutil.rmtree(home, ignore_errors=True)

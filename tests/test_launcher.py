"""The launcher: parses on old Pythons, makes its environment whole, and serves from a clean clone."""

import ast
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAUNCHER = ROOT / "traff"


def test_it_parses_on_old_pythons() -> None:
    tree = ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match)
    assert [node for node in ast.walk(tree) if isinstance(node, newer)] == []


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(LAUNCHER.read_text(encoding="utf-8"))
    asked = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    asked |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert asked <= sys.stdlib_module_names


def test_requirements_are_locked_with_hashes_and_hold_no_address() -> None:
    for path in ROOT.glob("requirements*.txt"):
        text = path.read_text()
        assert not re.search(r"://|--index|--extra-index|--find-links", text), path.name
        entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert all("==" in entry and entry.endswith("\\") for entry in entries), path.name


@pytest.fixture
def clone() -> Iterator[Path]:
    """A clean clone with what is not committed yet, in a path with a space and an å."""
    with tempfile.TemporaryDirectory(prefix="träff klon ") as folder:
        Path(folder).chmod(0o755)
        target = Path(folder) / "träff"
        listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (ROOT / name).is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target / name)
        yield target


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def healthy(port: int, patience: float) -> dict[str, bool]:
    deadline = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return dict(json.load(answer))
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def family(number: int) -> list[int]:
    """A process and all that came of it."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = [number]
    for parent in found:
        found += [pid for pid, ppid in parents if ppid == parent]
    return found


@pytest.mark.slow
def test_a_clean_clone_serves_and_survives_being_killed(clone: Path) -> None:
    port, state = free_port(), clone.parent / "tillstånd"
    unwanted = ("DATABASE_URL", "TRAFF_MIGRATION_URL", "TRAFF_TEST_DB", "DJANGO_SETTINGS_MODULE")
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    environment |= {"PORT": str(port), "TRAFF_DATA": str(state)}
    for start in ("first", "after a hard kill", "orderly"):
        site = subprocess.Popen([sys.executable, clone / "traff", "run"], env=environment)
        try:
            assert healthy(port, patience=300) == {"web": True, "worker": True, "database": True}, start
            if start != "orderly":
                server = int((state / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
                for number in {*family(site.pid), *family(server)}:
                    with suppress(ProcessLookupError):  # one that has just ended by itself is gone as well
                        os.kill(number, signal.SIGKILL)
        finally:
            site.terminate()
            site.wait(30)
    assert not (state / "postgres" / "data" / "postmaster.pid").exists()

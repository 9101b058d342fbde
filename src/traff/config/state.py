"""Where Träff keeps everything that must not be lost: one folder, its path in TRAFF_DATA."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def is_checkout() -> bool:
    return (CHECKOUT / "traff").is_file() and (CHECKOUT / "pyproject.toml").is_file()


def _name() -> str:
    """A checkout keeps its own state, so that two checkouts on a machine never meet; an installed package has one."""
    if not is_checkout():
        return "site"
    slug = re.sub(r"[^a-z0-9]+", "-", CHECKOUT.name.lower()).strip("-") or "checkout"
    return f"{slug[:24]}-{hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:8]}"


def state_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Root's state is the system's: the database server runs as someone else, who may not look into root's home."""
    named = environ.get("TRAFF_DATA")
    if named:
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/traff") / _name()
    shared = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(shared).expanduser().absolute() / "traff" / _name()


def make_state_folder(folder: Path) -> Path:
    """Root lets others pass through (the server's own folders below are closed), anyone else nobody."""
    mode = 0o711 if os.geteuid() == 0 else 0o700
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(mode if path == folder else 0o755)
    return folder


def write_private(path: Path, text: str, owner: tuple[int, int] | None = None) -> None:
    """The whole file or nothing, readable by its owner alone from the first byte."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if owner:
        os.chown(draft, *owner)
    draft.replace(path)


def secret(name: str, folder: Path | None = None) -> str:
    """A secret of this installation, made the first time it is asked for."""
    folder = make_state_folder(folder or state_folder())
    path = folder / "secrets.json"
    known: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if name not in known:
        known[name] = secrets.token_urlsafe(48)
        write_private(path, json.dumps(known, indent=1))
    return known[name]

"""The signing key: from the environment, else made once and kept in the state folder."""

import os
import secrets
from pathlib import Path


def secret_key(state: Path) -> str:
    """The key of this installation; readable by its owner alone."""
    if given := os.environ.get("TRAFF_SECRET_KEY"):
        return given
    path = state / "secret_key"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"secret_key.{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(fresh, path)  # whoever comes first wins; two starts at once end with one key
        except FileExistsError:
            pass
        fresh.unlink()
    return path.read_text()

"""Compiles every app's translations where the source is newer than what was compiled from it."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]


def compile_stale(folder: Path = PACKAGE) -> list[Path]:
    """The .mo files written. Each is written whole: a reader never meets half of one."""
    written = []
    for source in sorted(folder.rglob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3], domain=source.stem, abort_invalid=True)
        draft = compiled.with_name(f".{compiled.name}.new")
        with draft.open("wb") as file:
            write_mo(file, catalog)
        draft.replace(compiled)
        written.append(compiled)
    return written


if __name__ == "__main__":
    compile_stale()

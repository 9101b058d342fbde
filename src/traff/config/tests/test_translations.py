"""Translations are compiled without gettext."""

import gettext
import os
from pathlib import Path

from traff.config.translations import compile_stale

SOURCE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Search hit"\nmsgstr "Träff"\n'


def test_a_changed_source_is_compiled_and_an_unchanged_one_left(tmp_path: Path) -> None:
    source = tmp_path / "app" / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE, encoding="utf-8")
    compiled = source.with_suffix(".mo")
    assert compile_stale(tmp_path) == [compiled]
    assert compile_stale(tmp_path) == []
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Search hit") == "Träff"
    os.utime(source, (compiled.stat().st_mtime + 5,) * 2)
    assert compile_stale(tmp_path) == [compiled]

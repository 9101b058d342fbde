"""One line however long: a title stands whole before its writer, and has no line breaks."""

import re
from typing import Any

from django import forms

_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")


def in_one_line(text: str) -> str:
    return _BREAKS.sub(" ", text)


class OneLine(forms.Textarea):
    """A field that grows with its line. Enter leads on to the next field (`static/content/write/lines.js`)."""

    def __init__(self) -> None:
        super().__init__({"rows": 2, "cols": False, "data-one-line": "", "enterkeyhint": "next"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        typed = super().value_from_datadict(data, files, name)
        return None if typed is None else in_one_line(typed)

    def format_value(self, value: Any) -> str:
        return in_one_line(str(value or ""))

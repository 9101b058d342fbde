"""The weekly mail's sections: a room says what it has for a person, as a template and its values.

It is looked for once and drawn twice, as `<template>.html` and `<template>.txt`, with `person` and `base_url` beside the values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

Section = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Week:
    """Whose mail it is, and since when; what is found for one that `is_sent` may be marked as shown."""

    person: Any
    since: datetime
    is_sent: bool = False


Finder = Callable[[Week], Section | None]
_finders: list[tuple[int, Finder]] = []


def fill(finder: Finder, *, weight: int = 50) -> None:
    """Called from `AppConfig.ready()`. Lighter ones stand first."""
    if all(finder is not standing for _, standing in _finders):
        _finders.append((weight, finder))
        _finders.sort(key=lambda pair: pair[0])


def sections(week: Week) -> list[Section]:
    """What the rooms have; none, no mail."""
    return [section for _, finder in _finders if (section := finder(week))]


def drawn(found: list[Section], ending: str, beside: dict[str, Any]) -> list[str]:
    """Each as "html" or "txt"."""
    return [render_to_string(f"{name}.{ending}", {**beside, **values}) for name, values in found]

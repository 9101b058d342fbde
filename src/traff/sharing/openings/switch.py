"""The one switch of openings, and for whom they are there at all."""

from typing import Any

from django.conf import settings


def is_on() -> bool:
    """`TRAFF_OPENINGS=off` takes away pages, slots, the way in the menu, hits and mail."""
    return bool(settings.OPENINGS)


def is_shown_to(person: Any) -> bool:
    """To people themselves; never to who is signed in, or asks by a command, for another."""
    return is_on() and bool(getattr(person, "is_active", False)) and not getattr(person, "is_impersonated", False)

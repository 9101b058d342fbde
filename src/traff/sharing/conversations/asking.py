"""Addresses with which other rooms offer to write to somebody, or to meet them for fifteen minutes."""

from urllib.parse import urlencode

from django.urls import reverse


def write_url(handle: str, *, reason: str = "", path: str = "") -> str:
    """Where one writes to a person; `reason` is said to them in a quiet line, and leads to `path` on this site."""
    named = {name: value for name, value in (("to", handle), ("reason", reason), ("path", path)) if value}
    return f"{reverse('conversation_new')}?{urlencode(named)}"


def meet_url(handle: str, *, about: str = "", reason: str = "", path: str = "") -> str:
    """Where one asks a person for fifteen minutes; `about` stands in the form and can be changed."""
    named = {name: value for name, value in (("about", about[:200]), ("reason", reason), ("path", path)) if value}
    return f"{reverse('meeting_new', args=[handle])}{'?' if named else ''}{urlencode(named)}"

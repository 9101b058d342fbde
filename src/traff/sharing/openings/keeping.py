"""What somebody wrote of an opening and could not send stands in its form again."""

from typing import Any

from django.http import HttpRequest

from traff.ground.accounts import unsent

LISTS = {"languages"}


def taken_up(request: HttpRequest) -> dict[str, Any] | None:
    """For the form's fields; None when nothing waits for this page."""
    said = unsent.taken_up(request)
    return {name: said.getlist(name) if name in LISTS else said[name] for name in said} if said else None

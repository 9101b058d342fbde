"""Slots: a lower page names a place, upper packages fill it. So pages grow upward without imports downward up.

A renderer takes the template context and returns safe HTML, or "" to stay away. Renderers run in the order of their
weight, on the server, so slots work without JavaScript and in mail.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.template import Context
from django.utils.safestring import SafeString, mark_safe

Renderer = Callable[[dict[str, Any]], str]
_slots: dict[str, list[tuple[int, Renderer]]] = defaultdict(list)


def fill(name: str, renderer: Renderer, *, weight: int = 50) -> None:
    """Register a renderer for the slot `name`; called from `AppConfig.ready()`. Lighter ones come first."""
    if all(renderer is not standing for _, standing in _slots[name]):
        _slots[name].append((weight, renderer))
        _slots[name].sort(key=lambda pair: pair[0])


def render(name: str, context: Context | dict[str, Any]) -> SafeString:
    """All that upper packages have for this place."""
    plain: dict[Any, Any] = context.flatten() if isinstance(context, Context) else context
    return mark_safe("".join(renderer(plain) for _, renderer in _slots[name]))  # noqa: S308 (renderers return templates' output)

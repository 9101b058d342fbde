"""Pages of which no log, no counter and no cache may tell who asked for them, or for which address.

    path("openings/<int:opening_id>/saving/", private(saving.keep))

The log, the pace and whoever else writes about requests asks `is_private`. In front of Träff stands the organisation's own
proxy: `docs/trust/operators.md` says what its log has to leave out.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Mark a view, and keep its answers out of every cache."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    kept.is_private = True  # type: ignore[attr-defined]
    return kept


def is_private(request: Any) -> bool:
    """Whether a request goes to a marked view; False for what is no request."""
    match = getattr(request, "resolver_match", None)
    return bool(match and getattr(match.func, "is_private", False))

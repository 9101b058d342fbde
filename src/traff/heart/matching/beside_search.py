"""Beside the hits of a search: who knows about this, each with the evidence. For asking, never for choosing."""

from typing import Any

from django.template.loader import render_to_string

from traff.heart.matching.reuse import experts
from traff.heart.matching.who import who

SHOWN = 3


def knowers(context: dict[str, Any]) -> str:
    """`search.aside`; nothing when nobody wrote of it where the reader may read."""
    request, query = context["request"], context["query"]
    found = experts(who(request.user, query, limit=SHOWN))
    return render_to_string("matching/beside_search.html", {"experts": found}, request) if found else ""

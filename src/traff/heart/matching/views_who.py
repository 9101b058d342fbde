"""Who knows about this: for asking, never for choosing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traff.ground.accounts.requests import PersonRequest
from traff.ground.search.pages import address
from traff.ground.search.phrases import LONGEST
from traff.heart.matching.reuse import experts
from traff.heart.matching.surroundings import own_unit
from traff.heart.matching.who import SHOWN, who

BESIDE = 3  # beside a search


@require_safe
@never_cache
def knowers(request: PersonRequest) -> HttpResponse:
    """Beside a search the first few; on its own page at most ten, one's own unit foldable away."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    found = who(request.user, query, limit=BESIDE if request.htmx else SHOWN) if query else []
    if request.htmx:
        return render(request, "matching/beside_search.html", {"experts": experts(found), "query": query})
    near = own_unit(request.user, [knower.person.pk for knower in found])
    values = {
        "query": query,
        "experts": experts([knower for knower in found if knower.person.pk not in near]),
        "near": experts([knower for knower in found if knower.person.pk in near]),
        "back": address(query),
    }
    return render(request, "matching/who.html", values)

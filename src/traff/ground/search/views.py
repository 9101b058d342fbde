from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from traff.ground.accounts.requests import PersonRequest
from traff.ground.search.completion import complete
from traff.ground.search.facets import Filters
from traff.ground.search.pages import completion_values, page_values
from traff.ground.search.phrases import LONGEST
from traff.ground.search.spelling import search_spelled


@cache_control(private=True, no_store=True)
@require_safe
def results(request: PersonRequest) -> HttpResponse:
    """What is found, who knows about it beside it, and ways to narrow it. What is asked is written down nowhere."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    number = request.GET.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    found = search_spelled(request.user, query, filters=Filters.of(request.GET), page=page, as_typed="exact" in request.GET)
    return render(request, "search/results.html", page_values(found.results, found.query, request.user, typed=query))


@cache_control(private=True, no_store=True)
@require_safe
def completion(request: PersonRequest) -> HttpResponse:
    """The list beneath the search box while one types."""
    query = " ".join(request.GET.get("q", "").split(" "))[:LONGEST]
    found = complete(request.user, query)
    return render(request, "search/completion.html", completion_values(found, query, request.user))

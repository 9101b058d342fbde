"""Reading leaves nothing behind: no row, no counter, no line in a log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traff.ground.accounts.requests import PersonRequest
from traff.sharing.openings.door import opening_for
from traff.sharing.openings.lists import openings_page
from traff.sharing.openings.page import page_of


@require_safe
def openings(request: PersonRequest) -> HttpResponse:
    """All that stand, newest first; or those that reach me, each with its rule."""
    return render(request, "openings/openings.html", openings_page(request.user, request.GET))


@require_safe
def opening(request: PersonRequest, opening_id: int) -> HttpResponse:
    """One opening; to its owner with the questions."""
    return render(request, "openings/opening.html", page_of(opening_for(request.user, opening_id), request.user))

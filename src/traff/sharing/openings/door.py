"""The door of every page here: shut when openings are off, and to who is signed in for another; and no log tells of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from traff.ground.core.privacy import private
from traff.sharing.openings.models import Opening
from traff.sharing.openings.switch import is_shown_to

View = Callable[..., HttpResponse]


def door(view: View) -> View:
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not is_shown_to(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return private(entered)


def opening_for(person: Any, opening_id: int) -> Opening:
    """The opening, if the person may read it; raises Http404."""
    found: Opening = get_object_or_404(Opening.objects.visible_to(person).with_beside().select_related("audience"), pk=opening_id)
    return found


def own_opening(person: Any, opening_id: int) -> Opening:
    """The same for who published it; to all others there is no such page."""
    opening = opening_for(person, opening_id)
    if not opening.is_by(person):
        raise Http404
    return opening

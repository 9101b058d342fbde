from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from traff.attention.following.buttons import button_of
from traff.attention.following.models import Mute, Tone
from traff.attention.following.targets import target_for
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.redirects import back


@require_POST
def start(request: PersonRequest, sort: str, pk: int, tone: type[Tone]) -> HttpResponse:
    """Begin to follow, or to mute; doing one ends the other."""
    target = target_for(request.user, sort, pk)
    tone.set(request.user, target)
    return answer(request, tone, target)


@require_POST
def end(request: PersonRequest, sort: str, pk: int, tone: type[Tone]) -> HttpResponse:
    """No longer."""
    target = target_for(request.user, sort, pk)
    tone.end(request.user, target)
    return answer(request, tone, target)


def answer(request: PersonRequest, tone: type[Tone], target: object) -> HttpResponse:
    """The button as it now is, or back to where it was pressed."""
    if tone is Mute:
        _say_muted(request, is_on=tone.stands(request.user, target))
    if getattr(request, "htmx", False):
        return render(request, "following/button.html", {"button": button_of(request.user, target, tone)})
    return back(request, target)


def _say_muted(request: PersonRequest, *, is_on: bool) -> None:
    """The page itself hardly changes: it is said in words."""
    said = _("Muted: it stays out of your stream, and nobody is told.") if is_on else _("Shown in your stream again.")
    messages.success(request, said)

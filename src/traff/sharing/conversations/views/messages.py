from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.ground.access.rights import Right, may
from traff.ground.accounts import unsent
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.conversations.models import Line, Message
from traff.sharing.conversations.models.part import is_impersonated


@require_safe
def message(request: PersonRequest, pk: int) -> HttpResponse:
    """Where it stands."""
    return redirect(get_object_or_404(Message.objects.visible_to(request.user), pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's words back, wherever one now stands: asks first."""
    standing = Message.objects.unrestricted("one's own words, wherever they stand").filter(withdrawn_at=None)
    found = get_object_or_404(standing.filter(line__in=[Line.WORDS, Line.MEETING]).select_related("conversation"), pk=pk)
    if is_impersonated(request.user) or not may(request.user, Right.WITHDRAW, found):
        raise Http404
    talk = found.conversation.seen_by(request.user)
    if request.method == "POST":
        found.withdraw(by=request.user)
        messages.success(request, _("Withdrawn: nobody can read it any more."))
        return redirect(talk or "conversations")
    return render(
        request,
        "conversations/withdrawal.html",
        {"message": found, "back": talk.get_absolute_url() if talk else reverse("conversations")},
    )


@require_POST
def undo(request: PersonRequest, pk: int) -> HttpResponse:
    """For ten seconds: the words stand in the field again, as if they had never been sent."""
    found = get_object_or_404(Message.objects.visible_to(request.user).filter(author=request.user), pk=pk)
    talk = found.conversation
    try:
        words = urlencode({"body": found.take_back(by=request.user)})
        unsent.put(request, unsent.Unsent(request.user.pk, talk.get_absolute_url(), words, key=f"message-{pk}"))
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    return redirect(talk)

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traff.community.people.faces import own_face
from traff.ground.accounts import unsent
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.conversations.choosing import Choice, choice_of, standing
from traff.sharing.conversations.forms import MessageForm
from traff.sharing.conversations.models import Conversation
from traff.sharing.conversations.shown import own_url

CHOOSES = {"add", "drop", "find"}  # buttons that send nothing yet


@unsent.goes_on()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Choose people, and write. Who talk already are led to their conversation."""
    kept = unsent.taken_up(request)
    data = request.POST if request.method == "POST" else kept or request.GET
    choice = choice_of(request.user, data)
    if request.method == "POST" and not CHOOSES & set(data):
        return _sent(request, choice)
    if request.method != "POST" and not kept and not data.get("reason") and (found := standing(request.user, choice.people)):
        return redirect(own_url(found.pk))
    form = MessageForm(initial={"body": data.get("body", ""), "key": data.get("key") or None})
    return _page(request, choice, form, data)


def _sent(request: PersonRequest, choice: Choice) -> HttpResponse:
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid() and not choice.people:
        form.add_error(None, _("Choose at least one person to write to."))
    conversation = _started(form, choice, request) if form.is_valid() else None
    return redirect(own_url(conversation.pk)) if conversation else _page(request, choice, form, request.POST, status=422)


def _started(form: MessageForm, choice: Choice, request: PersonRequest) -> Conversation | None:
    """Start it with its first words; without them there is none."""
    reason, path = request.POST.get("reason", ""), request.POST.get("path", "")
    with transaction.atomic():
        try:
            conversation = Conversation.between(request.user, choice.people, reason=reason, path=path)
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return None
        if form.send(conversation, request) is None:
            transaction.set_rollback(True)
            return None
    return conversation


def _page(request: PersonRequest, choice: Choice, form: MessageForm, data: QueryDict, status: int = 200) -> HttpResponse:
    values: dict[str, Any] = {
        "choice": choice,
        "form": form,
        "reason": data.get("reason", "")[:300],
        "path": data.get("path", "")[:300],
        "me": own_face(request.user),
    }
    return render(request, "conversations/new.html", values, status=status)


@require_safe
def people(request: PersonRequest) -> HttpResponse:
    """Completion of names, beneath the field."""
    return render(request, "conversations/parts/found.html", {"choice": choice_of(request.user, request.GET)})

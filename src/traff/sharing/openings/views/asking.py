"""The asker's side. The key goes by POST, never in an address: no log of any proxy holds it."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from traff.community.people.faces import face_of
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.openings.conversing import conversation_about
from traff.sharing.openings.door import opening_for
from traff.sharing.openings.forms import AskForm, WordsForm
from traff.sharing.openings.models import Ask, AskLine, Opening, TooMany
from traff.sharing.openings.pace import may_ask


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PersonRequest, opening_id: int) -> HttpResponse:
    """Ask without a name. The answer to the form is the one place where the key is ever shown."""
    opening = opening_for(request.user, opening_id)
    if opening.owner is None or not opening.may_be_asked or opening.is_by(request.user):
        raise Http404
    form = AskForm(request.POST or None)
    values = {"opening": opening, "form": form, "face": face_of(opening.owner)}
    if request.method == "POST" and form.is_valid():
        if key := _key_for(request, opening, form):
            return render(request, "openings/key.html", {**values, "key": key})
        values["is_too_many"] = True
    return render(request, "openings/ask.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: PersonRequest) -> HttpResponse:
    """What was asked and answered, to whoever shows the key."""
    found, key = _held(request)
    if found is None:
        return render(request, "openings/asked.html", {"is_wrong": bool(key)})
    owner = found.opening.owner
    values = {
        "ask": found,
        "key": key,
        "said": AskLine.said_in([found], to_asker=True)[found.pk],
        "form": WordsForm(),
        "seen": found.opening.seen_by(request.user),
    }
    values["face"] = face_of(owner) if owner else None
    return render(request, "openings/asked.html", {**values, "may_step_forward": _may_step_forward(request, found)})


@require_POST
def go_on(request: PersonRequest) -> HttpResponse:
    """Say more."""
    found, _key = _held(request)
    form = WordsForm(request.POST)
    if found is not None and not found.is_closed and form.is_valid() and may_ask(request.session.session_key or ""):
        found.go_on(form.cleaned_data["text"])
    return asked(request)


@require_POST
def end(request: PersonRequest) -> HttpResponse:
    """I have what I need."""
    found, _key = _held(request)
    if found is not None:
        found.close()
    return asked(request)


@require_POST
def step_forward(request: PersonRequest) -> HttpResponse:
    """Say who I am, to the owner alone; on to the conversation."""
    found, _key = _held(request)
    if found is None or not _may_step_forward(request, found):
        raise Http404
    found.step_forward(by=request.user)
    return redirect(conversation_about(found, by=request.user))


def _key_for(request: PersonRequest, opening: Opening, form: AskForm) -> str:
    """The key of a new question; "" when too many have come."""
    if not may_ask(request.session.session_key or ""):
        return ""
    with suppress(TooMany):
        return Ask.ask(by=request.user, opening=opening, **form.cleaned_data)
    return ""


def _held(request: PersonRequest) -> tuple[Ask | None, str]:
    key = request.POST.get("key", "").strip()[:100]
    return (Ask.held_by(key) if key else None), key


def _may_step_forward(request: PersonRequest, found: Ask) -> bool:
    opening = found.opening.seen_by(request.user)
    return bool(opening and opening.owner_id and not opening.is_by(request.user) and not found.stepped_forward_id)

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.community.people.faces import faces_of
from traff.ground.accounts.models import Person
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.customers.forms import AskForm
from traff.sharing.customers.models import CannotAsk, Customer, Helped, Introduction, Project
from traff.sharing.customers.whom import asked_next


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about_customer(request: PersonRequest, customer_id: int) -> HttpResponse:
    """Ask one colleague, by name or through Träff; who said "ask me first" says yes before anything is passed on."""
    return _ask(request, get_object_or_404(Customer.objects.visible_to(request.user), pk=customer_id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def about_project(request: PersonRequest, project_id: int) -> HttpResponse:
    """The same about a project."""
    return _ask(request, get_object_or_404(Project.objects.visible_to(request.user), pk=project_id))


def _ask(request: PersonRequest, subject: Any) -> HttpResponse:
    if request.user.is_guest:
        raise Http404
    handle = request.POST.get("person", "") or request.GET.get("person", "")
    receiver = get_object_or_404(Person.objects.shown(), handle=handle) if handle else None
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _asked(request, subject, receiver, form.cleaned_data["reason"])
        except CannotAsk as refused:
            form.add_error("reason", str(refused))  # their words stay in the form
    known = asked_next(request.user, subject, receiver)
    face = faces_of([receiver])[receiver.pk] if receiver and known else None
    values = {"form": form, "subject": subject, "receiver": receiver, "face": face, "known": known}
    return render(request, "customers/ask.html", values, status=422 if form.errors else 200)


def _asked(request: PersonRequest, subject: Any, receiver: Person | None, reason: str) -> HttpResponse:
    asked = Introduction.ask(by=request.user, receiver=receiver, subject=subject, reason=reason)
    if asked.talk_path:
        return redirect(asked.talk_path)
    messages.success(request, _("Asked. If they say yes, you find your conversation here."))
    return redirect("introductions")


@never_cache
@require_safe
def introductions(request: PersonRequest) -> HttpResponse:
    """Who asks me, and whom I have asked. What somebody declined looks like waiting."""
    if request.user.is_guest:
        raise Http404
    mine = Introduction.objects.visible_to(request.user).with_people().newest_first()
    waiting, asked = list(mine.waiting_for(request.user)), list(mine.asked_by(request.user)[:30])
    given = list(mine.filter(receiver=request.user).exclude(accepted_at=None)[:30])
    faces = faces_of(person for one in [*waiting, *asked, *given] for person in (one.asker, one.receiver))
    values = {
        "waiting": [(one, faces[one.asker_id]) for one in waiting],
        "given": [(one, faces[one.asker_id]) for one in given],
        "asked": [(one, faces[one.receiver_id] if one.shown_receiver else None) for one in asked],
        "helped": Helped.choices,
    }
    return render(request, "customers/introductions.html", values)


@require_POST
def accept(request: PersonRequest, introduction_id: int) -> HttpResponse:
    """Yes: on to the conversation."""
    found = _received(request, introduction_id)
    found.accept(by=request.user)
    messages.success(request, _("You are in touch now."))
    return redirect(found.talk_path or "introductions")


@require_POST
def decline(request: PersonRequest, introduction_id: int) -> HttpResponse:
    """No, thank you; nobody is told."""
    _received(request, introduction_id).decline(by=request.user)
    messages.success(request, _("Declined. Nobody is told."))
    return redirect("introductions")


@require_POST
def outcome(request: PersonRequest, introduction_id: int) -> HttpResponse:
    """Whether it helped; asked of who asked."""
    mine = Introduction.objects.visible_to(request.user).asked_by(request.user).exclude(accepted_at=None)
    found, helped = get_object_or_404(mine, pk=introduction_id), request.POST.get("helped", "")
    if helped not in set(Helped):
        raise PermissionDenied
    found.tell_outcome(helped)
    messages.success(request, _("Thank you."))
    return redirect("introductions")


def _received(request: PersonRequest, introduction_id: int) -> Introduction:
    mine = Introduction.objects.visible_to(request.user).filter(receiver=request.user).with_people()
    found: Introduction = get_object_or_404(mine, pk=introduction_id)
    return found

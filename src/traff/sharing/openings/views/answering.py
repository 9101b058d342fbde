"""The owner's side, and the administrators' once something was handed over to them."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from traff.ground.accounts.requests import PersonRequest
from traff.sharing.openings.forms import WordsForm
from traff.sharing.openings.models import Ask, AskLine


def ask_for_owner(request: PersonRequest, ask_id: uuid.UUID) -> Ask:
    """The question, if it is about an opening of the reader's; raises Http404."""
    found: Ask = get_object_or_404(Ask.objects.visible_to(request.user).select_related("opening__audience"), pk=ask_id)
    return found


@require_POST
def answer(request: PersonRequest, ask_id: uuid.UUID) -> HttpResponse:
    found = ask_for_owner(request, ask_id)
    form = WordsForm(request.POST)
    if form.is_valid() and not found.is_closed:
        found.answer(form.cleaned_data["text"], by=request.user)
    return redirect(f"{found.opening.get_absolute_url()}#asks")


@require_POST
def close(request: PersonRequest, ask_id: uuid.UUID) -> HttpResponse:
    """By the owner; or by an administrator to whom it was handed over."""
    if request.user.is_administrator:
        handed = Ask.objects.unrestricted("handed to administrators").handed_over().select_related("opening").filter(pk=ask_id)
        if found := handed.first():
            found.close(by=request.user)
            return redirect("asks_handed_over")
    found = ask_for_owner(request, ask_id)
    found.close(by=request.user)
    return redirect(f"{found.opening.get_absolute_url()}#asks")


@require_POST
def hand_over(request: PersonRequest, ask_id: uuid.UUID) -> HttpResponse:
    """Something is wrong with this question: administrators may read it."""
    found = ask_for_owner(request, ask_id)
    found.hand_over(by=request.user)
    return redirect(f"{found.opening.get_absolute_url()}#asks")


@require_safe
def handed_over(request: PersonRequest) -> HttpResponse:
    """To administrators: the words that owners have handed over, and nothing else of the opening or of who asked."""
    if not request.user.is_administrator:
        raise Http404
    asks = list(Ask.objects.unrestricted("handed to administrators").handed_over().order_by("on", "handle"))
    lines = AskLine.said_in(asks)
    for found in asks:
        found.said = lines[found.pk]
    return render(request, "openings/handed_over.html", {"asks": asks})

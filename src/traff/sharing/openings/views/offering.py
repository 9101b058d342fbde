from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traff.ground.access.rights import Right, may
from traff.ground.accounts.requests import PersonRequest
from traff.ground.accounts.unsent import goes_on
from traff.sharing.openings.door import opening_for, own_opening
from traff.sharing.openings.forms import OpeningForm
from traff.sharing.openings.keeping import taken_up
from traff.sharing.openings.models import Answer


@goes_on()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Offer something."""
    if request.user.is_guest:
        raise Http404
    kept = taken_up(request)
    form = OpeningForm(request.POST or None, by=request.user, group=request.GET.get("group", ""), initial=kept)
    if request.method == "POST" and form.is_valid():
        return redirect(form.publish())
    return render(request, "openings/new.html", {"form": form, "is_kept": bool(kept)})


@goes_on()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, opening_id: int) -> HttpResponse:
    """Change what it says."""
    opening = own_opening(request.user, opening_id)
    kept = taken_up(request)
    form = OpeningForm(request.POST or None, by=request.user, opening=opening, initial=kept)
    if request.method == "POST" and form.is_valid():
        return redirect(form.publish())
    values = {"form": form, "opening": opening, "is_kept": bool(kept)}
    return render(request, "openings/new.html", values)


@require_POST
def close(request: PersonRequest, opening_id: int) -> HttpResponse:
    """Close it, and say how it went; either alone is enough."""
    opening = own_opening(request.user, opening_id)
    answer = request.POST.get("answer", "")
    opening.close(by=request.user, answer=answer if answer in Answer.values else "")
    return redirect(opening)


@require_POST
def withdraw(request: PersonRequest, opening_id: int) -> HttpResponse:
    """Take it away altogether: its owner, or who looks after the group."""
    opening = opening_for(request.user, opening_id)
    if not may(request.user, Right.WITHDRAW, opening):
        raise Http404
    opening.withdraw(by=request.user)
    messages.success(request, _("The opening is withdrawn."))
    return redirect("openings")

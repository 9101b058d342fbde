from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.community.people.faces import face_of, faces_of
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.customers.forms import ApproachForm, TipForm
from traff.sharing.customers.knowing import approaches_for, reasons_for
from traff.sharing.customers.models import Approach, Customer, Helped, Tip


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PersonRequest, customer_id: int) -> HttpResponse:
    """I am approaching them: what I am about to do, and who may see it."""
    customer = get_object_or_404(Customer.objects.visible_to(request.user), pk=customer_id)
    if request.user.is_guest:
        raise Http404
    form = ApproachForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        approach = Approach.begin(by=request.user, customer=customer, **form.cleaned_data)
        messages.success(request, _("Done. Colleagues who know them see it on their home page, and what they answer comes here."))
        return redirect(approach)
    return render(request, "customers/begin.html", {"form": form, "customer": customer})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, approach_id: int) -> HttpResponse:
    """Said anew, while it is not over."""
    found = _mine(request, approach_id)
    if found.closed_at:
        raise Http404
    form = ApproachForm(request.POST or None, person=request.user, of=found)
    if request.method == "POST" and form.is_valid():
        found.change(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(found)
    return render(request, "customers/begin.html", {"form": form, "customer": found.customer, "approach": found})


@require_POST
def take_back(request: PersonRequest, approach_id: int) -> HttpResponse:
    """As if never said, as long as nobody has answered."""
    found = _mine(request, approach_id)
    if not found.may_go:
        messages.error(request, _("Colleagues have answered it. Close it instead, and their answers stay."))
        return redirect(found)
    found.take_back(by=request.user)
    messages.success(request, _("Taken back."))
    return redirect("approaches")


@never_cache
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """My approaches, and those I could help with."""
    if request.user.is_guest:
        raise Http404
    own = Approach.objects.visible_to(request.user).filter(person=request.user).with_people().newest_first()
    return render(request, "customers/approaches.html", {"own": own, "met": approaches_for(request.user, most=20)})


@never_cache
@require_safe
def approach(request: PersonRequest, approach_id: int) -> HttpResponse:
    """What is asked, and between the two what was given."""
    found = _found(request, approach_id)
    tips = list(Tip.objects.visible_to(request.user).filter(approach=found).select_related("by"))
    faces = faces_of(tip.by for tip in tips)
    values = {
        "approach": found,
        "face": face_of(found.person),
        "is_mine": found.is_by(request.user),
        "may_change": found.is_by(request.user) and not found.closed_at and not request.user.is_impersonated,
        "tips": [(tip, faces[tip.by_id]) for tip in tips],
        "reason": reasons_for(request.user, [found.customer]).get(found.customer_id, ""),
        "helped": Helped.choices,
    }
    return render(request, "customers/approach.html", values)


@require_POST
def tip(request: PersonRequest, approach_id: int) -> HttpResponse:
    """A tip, read by the asker alone."""
    found, form = _found(request, approach_id), TipForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a few words first."))
        return redirect(found)
    found.give_tip(by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Thank you. {name} alone reads it.").format(name=found.person))
    return redirect(found)


@require_POST
def offer(request: PersonRequest, approach_id: int) -> HttpResponse:
    """A talk, in one click."""
    found = _found(request, approach_id)
    offered = found.offer_talk(by=request.user)
    messages.success(request, _("Thank you. {name} has been told.").format(name=found.person))
    return redirect(offered.talk_path or found)


@require_POST
def pass_by(request: PersonRequest, approach_id: int) -> HttpResponse:
    """Not for me: nobody is told."""
    _found(request, approach_id).pass_by(by=request.user)
    return redirect("home" if request.POST.get("from") == "home" else "approaches")


@require_POST
def close(request: PersonRequest, approach_id: int) -> HttpResponse:
    """It is over, or at least a word on whether it helped."""
    found, helped = _found(request, approach_id), request.POST.get("helped", "")
    if not found.is_by(request.user) or helped not in {*Helped, ""}:
        raise PermissionDenied
    if "stays" in request.POST and helped:
        found.tell_outcome(helped)
    else:
        found.close(by=request.user, helped=helped)
    messages.success(request, _("Thank you."))
    return redirect(found)


def _mine(request: PersonRequest, approach_id: int) -> Approach:
    found = _found(request, approach_id)
    if not found.is_by(request.user) or request.user.is_impersonated:
        raise PermissionDenied
    return found


def _found(request: PersonRequest, approach_id: int) -> Approach:
    found: Approach = get_object_or_404(Approach.objects.visible_to(request.user).with_people(), pk=approach_id)
    return found

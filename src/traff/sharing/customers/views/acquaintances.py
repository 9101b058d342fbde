from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.ground.accounts.requests import PersonRequest
from traff.sharing.customers.forms import AcquaintanceForm
from traff.sharing.customers.mine import my_rows
from traff.sharing.customers.models import Acquaintance, Customer, Project


@require_http_methods(["GET", "HEAD", "POST"])
def of_customer(request: PersonRequest, customer_id: int) -> HttpResponse:
    """What I have lived through with them."""
    return _add(request, get_object_or_404(Customer.objects.visible_to(request.user), pk=customer_id))


@require_http_methods(["GET", "HEAD", "POST"])
def of_project(request: PersonRequest, project_id: int) -> HttpResponse:
    """My part in it."""
    return _add(request, get_object_or_404(Project.objects.visible_to(request.user), pk=project_id))


def _add(request: PersonRequest, subject: Any) -> HttpResponse:
    if request.user.is_guest:
        raise Http404
    form = AcquaintanceForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        Acquaintance.tell(by=request.user, of=subject, **form.cleaned_data)
        messages.success(request, _("Saved. You can change it or take it back whenever you like."))
        return redirect(subject)
    return render(request, "customers/acquaintance.html", {"form": form, "subject": subject})


@never_cache
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Everything I have said of customers, and how I may be reached because of it."""
    if request.user.is_guest:
        raise Http404
    return render(request, "customers/mine.html", {"rows": my_rows(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, acquaintance_id: int) -> HttpResponse:
    """Said anew."""
    own = Acquaintance.objects.visible_to(request.user).of(request.user).with_subjects()
    row = get_object_or_404(own, pk=acquaintance_id)
    form = AcquaintanceForm(request.POST or None, instance=row, person=request.user)
    if request.method == "POST" and form.is_valid():
        row.retell(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("acquaintances")
    return render(request, "customers/acquaintance.html", {"form": form, "subject": row.subject, "row": row})


@require_POST
def remove(request: PersonRequest, acquaintance_id: int) -> HttpResponse:
    """Taken back, also of a customer that has been walled since."""
    own = Acquaintance.objects.unrestricted("one's own").of(request.user)
    get_object_or_404(own, pk=acquaintance_id).take_back(by=request.user)
    messages.success(request, _("Taken back."))
    return redirect("acquaintances")

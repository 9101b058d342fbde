from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traff.ground.access.rights import Right, may
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.customers.forms import WallForm
from traff.sharing.customers.models import Customer
from traff.sharing.customers.walling import ask_authors, posts_to_ask_about, wall


@require_http_methods(["GET", "HEAD", "POST"])
def wall_up(request: PersonRequest, customer_id: int) -> HttpResponse:
    """Which open posts name it, who stays inside; administrators alone."""
    customer = get_object_or_404(Customer.objects.visible_to(request.user), pk=customer_id)
    if not may(request.user, Right.ADMINISTER, customer):
        raise Http404
    posts = posts_to_ask_about(customer, request.user)
    form = WallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wall(customer, by=request.user, people=form.cleaned_data["people"])
        if form.cleaned_data["asks_authors"]:
            ask_authors(posts, by=request.user)
        messages.success(request, _("{customer} is walled.").format(customer=customer))
        return redirect(customer)
    return render(request, "customers/wall.html", {"form": form, "customer": customer, "posts": posts})

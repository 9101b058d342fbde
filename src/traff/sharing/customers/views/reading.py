from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from traff.ground.accounts.requests import PersonRequest
from traff.sharing.customers.lists import customer_page, customers_page, project_page
from traff.sharing.customers.models import Customer, Project


@require_safe
def customers(request: PersonRequest) -> HttpResponse:
    """Customers by name, sector and place; those gone from the register last."""
    words, sector, page = (request.GET.get(name, "") for name in ("q", "sector", "page"))
    return render(request, "customers/customers.html", customers_page(request.user, words, sector, page))


@require_safe
def customer(request: PersonRequest, customer_id: int) -> HttpResponse:
    """Facts, what was lived with them over time, posts that name them, whom one may ask, who approaches them."""
    found = get_object_or_404(Customer.objects.visible_to(request.user).select_related("audience"), pk=customer_id)
    return render(request, "customers/customer.html", customer_page(found, request.user))


@require_safe
def project(request: PersonRequest, project_id: int) -> HttpResponse:
    """The same of a project."""
    found = get_object_or_404(Project.objects.visible_to(request.user).select_related("audience"), pk=project_id)
    return render(request, "customers/project.html", project_page(found, request.user))

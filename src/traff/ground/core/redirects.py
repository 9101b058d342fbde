"""Where a deed leads afterwards: back to the page it was done on, if that page is ours."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, otherwise: object) -> HttpResponseRedirect:
    """To the form's `next` when it is a path of this site, else to `otherwise` (a path, a name or a model instance)."""
    return redirect(safe_next(request) or resolve_url(otherwise))  # type: ignore[arg-type]


def safe_next(request: HttpRequest) -> str:
    """The wish in `next`, "" when there is none or it leads away from here."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    allowed = wish.startswith("/") and url_has_allowed_host_and_scheme(
        wish, {request.get_host()}, require_https=request.is_secure()
    )
    return wish if allowed else ""

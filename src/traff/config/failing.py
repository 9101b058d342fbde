"""What is said when a request fails: without the database, for it may be the database that failed."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from traff.ground.accounts.middleware import COOKIE

LANGUAGES = {"sv", "en"}


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 where a form holds more than we take in."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return _page(request, status)


def broken(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)


def _page(request: HttpRequest, status: int) -> HttpResponse:
    """In the language the page would have had; the one cookie tells when nobody got as far as asking the person."""
    chosen = getattr(request, "LANGUAGE_CODE", "") or request.COOKIES.get(COOKIE, "")
    with translation.override(chosen if chosen in LANGUAGES else translation.get_language_from_request(request)):
        page = render_to_string(f"{status}.html", {"request": request})
        return HttpResponse(page, status=status, headers={"Content-Language": translation.get_language() or "en"})

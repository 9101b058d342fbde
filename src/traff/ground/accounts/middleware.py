from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.defaults import page_not_found

from traff.ground.accounts import unsent
from traff.ground.accounts.models import Person

COOKIE = "traff_language"


class OwnLanguageMiddleware:
    """The page's language: the person's own choice, else a cookie from the sign-in page, else what the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(COOKIE, "")
        request.user = getattr(request, "_cached_user", request.user)  # known by now: the wrapper that waits has done its work
        if chosen not in {"sv", "en"}:
            chosen = translation.get_language_from_request(request)
        translation.activate(chosen)
        request.LANGUAGE_CODE = translation.get_language() or "en"
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class ImpersonationMiddleware:
    """Who is signed in for another sees no page that could make them that other: password, second step."""

    FOR_ALL = frozenset({"/accounts/login/", "/accounts/logout/"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.get("impersonated") and isinstance(request.user, Person):
            request.user.is_impersonated = True  # private rooms ask for it, and show nothing
        of_the_person_alone = request.path.startswith("/accounts/") and request.path not in {
            "/accounts/logout/",
            "/accounts/login/",
        }
        if of_the_person_alone and request.session.get("impersonated"):
            return page_not_found(request, Http404())
        return self.get_response(request)


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Who is not signed in does that first. What they wrote waits for them, and is never sent in another's name."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if unsent.is_anothers(request):
            return self.refused(request) or render(request, "403_csrf.html", {"reason": "another writer"}, status=403)
        answer: HttpResponseBase | None = super().process_view(request, view, args, kwargs)
        return (self.refused(request) or answer) if answer else None

    def handle_no_permission(self, request: HttpRequest, view: Any) -> HttpResponseRedirect:
        return redirect_to_login(reverse("unsent")) if unsent.wait(request) else super().handle_no_permission(request, view)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        unsent.settle(request, response.status_code)
        return response

    @staticmethod
    def refused(request: HttpRequest) -> HttpResponse | None:
        """A page that sends by itself says so, and holds its words."""
        is_writing = "X-Keeping" in request.headers or "X-Sending" in request.headers
        return JsonResponse({"signed_in": False}, status=401) if is_writing else None

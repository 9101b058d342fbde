from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.defaults import page_not_found

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

"""What no address of ours can mean is refused at the door, before anything asks the database; and refusals are said in words."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Answer = Callable[[HttpRequest], HttpResponse]


class NoNulMiddleware:
    """PostgreSQL keeps no NUL in text: an address that holds one is a mistake or mischief, and answers 400."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class NotAPageMiddleware:
    """Somebody who opens the address of a button (a reload, a way back after signing in) is told so, not shown a blank page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            response.content = render_to_string("405.html", {}, request)
        return response

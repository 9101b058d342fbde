"""Nothing a person has written is lost: words sent without a session, or taken back, stand in the field again.

A form carries a signed word of who wrote. Sent when the session has ended, its words wait in the visitor's session until that
same person has signed in there; nobody else gets them.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.template.loader import render_to_string

from traff.ground.accounts.models import Person
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.markup import storable

SALT, WAITING = "traff.message", "kept_message"
LIFE = timedelta(days=14)  # as a session
View = Callable[..., HttpResponse]


def writer_of(person: Person) -> str:
    """The word of who writes, for a form's hidden field."""
    return signing.dumps(person.pk, salt=SALT)


def keeps_words(view: View) -> View:
    """A view to which people send messages: without a session the words wait until the writer has signed in."""

    @login_not_required
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and _written_by(request) in {0, request.user.pk}:
            return view(request, *args, **kwargs)
        if request.headers.get("X-Sending"):
            return HttpResponse(status=401)
        if request.user.is_authenticated:  # somebody else has signed in here since: nothing is sent in their name
            return HttpResponseForbidden(render_to_string("403_csrf.html", {"reason": "another writer"}, request))
        if request.method == "POST" and (writer := _written_by(request)):
            put_back(request, writer, str(request.POST.get("body", "")), path=request.path)
        return redirect_to_login(_page(request))

    return kept


def put_back(request: HttpRequest, writer: int, words: str, *, path: str) -> None:
    """Words for the field on this address and no other, when their writer comes there."""
    request.session[WAITING] = {"writer": writer, "words": storable(words)[:100_000], "path": path}


def waiting_words(request: PersonRequest) -> str:
    """What waited for this person; from now on it stands in the field alone."""
    waiting = request.session.get(WAITING)
    if not waiting or (waiting["writer"], waiting["path"]) != (request.user.pk, request.path) or request.method != "GET":
        return ""
    del request.session[WAITING]
    return str(waiting["words"])


def _page(request: HttpRequest) -> str:
    """Where one writes on afterwards, with those chosen to write to."""
    to = request.POST.getlist("to")
    return f"{request.path}?{urlencode({'to': to}, doseq=True)}" if to else request.get_full_path()


def _written_by(request: HttpRequest) -> int:
    try:
        return int(signing.loads(request.POST.get("writer", ""), salt=SALT, max_age=LIFE))
    except (signing.BadSignature, ValueError):
        return 0

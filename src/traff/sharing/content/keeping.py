"""Nothing a person has written is lost, whatever becomes of the session.

Every form one writes in carries a signed word of who wrote (`writer`). When such a form arrives without a session, or
after its CSRF token grew old, its fields wait in the visitor's session, and become a draft as soon as that same person
signs in there. Nobody else gets them; a form without a valid word is refused as any other.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from traff.ground.accounts.models import Person
from traff.sharing.content.models import Draft
from traff.sharing.content.models.draft import Fields, bounded

SALT = "traff.writing"
LIFE = timedelta(days=14)  # as a session
WAITING = "kept_writing"
NOT_WRITTEN = {"csrfmiddlewaretoken", "writer", "draft", "step", "drop", "base", "unread"}
LISTS = {"files"}
View = Callable[..., HttpResponse]


def writer_of(person: Person) -> str:
    """The word of who writes, for a form's hidden field."""
    return signing.dumps(person.pk, salt=SALT)


def written(post: QueryDict) -> Fields:
    """What stands in the form's fields, exactly as typed."""
    names = [name for name in post if name not in NOT_WRITTEN]
    return {name: [str(one) for one in post.getlist(name)] if name in LISTS else str(post[name]) for name in names}


def key_of(post: QueryDict) -> uuid.UUID:
    """The form's key; a form without one gets its own."""
    try:
        return uuid.UUID(post.get("draft", ""))
    except ValueError:
        return uuid.uuid4()


def keeps_writing(view: View) -> View:
    """A view to which people send what they wrote: without a session the words wait until the writer has signed in."""

    @login_not_required
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return refused(request) if is_anothers(request, request.user) else view(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path())
        if request.headers.get("X-Keeping"):
            return JsonResponse({"signed_in": False}, status=401)
        return redirect_to_login(reverse("drafts_latest") if put_aside(request) else request.get_full_path())

    kept.keeps_writing = True  # type: ignore[attr-defined]
    return kept


def is_anothers(request: HttpRequest, person: Person) -> bool:
    """Whether a form comes from a page made for somebody else, who sat at this computer before."""
    try:
        return bool(signing.loads(request.POST.get("writer", ""), salt=SALT) != person.pk)
    except signing.BadSignature:
        return False


def refused(request: HttpRequest) -> HttpResponse:
    """Somebody else has signed in here since: nothing is kept or sent in their name."""
    if request.headers.get("X-Keeping"):
        return JsonResponse({"signed_in": False}, status=401)
    return HttpResponseForbidden(render_to_string("403_csrf.html", {"reason": "another writer"}, request))


def put_aside(request: HttpRequest) -> bool:
    """Let the fields wait in the session for their writer. False when they carry no valid word of one."""
    try:
        writer = signing.loads(request.POST.get("writer", ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return False
    if request.user.is_authenticated and request.user.pk != writer:
        return False
    waiting = {"writer": writer, "key": str(key_of(request.POST)), "fields": bounded(written(request.POST))}
    request.session[WAITING] = waiting
    return True


def claim(request: HttpRequest, person: Person) -> Draft | None:
    """What waited in this session becomes the person's draft, if it is theirs."""
    waiting = request.session.get(WAITING)
    if not waiting or waiting["writer"] != person.pk:
        return None
    del request.session[WAITING]
    try:
        draft = Draft.keep(key=uuid.UUID(waiting["key"]), by=person, fields=waiting["fields"])
    except Draft.DoesNotExist:
        draft = Draft.keep(key=uuid.uuid4(), by=person, fields=waiting["fields"])
    told = _("You were signed out, and we kept what you wrote. Read it through and send it.")
    messages.success(request, told, fail_silently=True)  # a sign-in from the command line has no pages
    return draft


def claim_on_signin(sender: Any, request: HttpRequest, user: Person, **more: Any) -> None:
    if getattr(request, "session", None) is not None:
        claim(request, user)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that grew old while somebody wrote: the words are kept, the page is made anew. Anything else is refused."""
    match = resolve(request.path_info) if request.method == "POST" else None
    if match and getattr(match.func, "keeps_writing", False) and not request.headers.get("X-Keeping") and put_aside(request):
        if not request.user.is_authenticated:
            return redirect_to_login(reverse("drafts_latest"))
        draft = claim(request, request.user)
        return redirect(draft or "drafts")
    return HttpResponseForbidden(render_to_string("403_csrf.html", {"reason": reason}, request))


def listen_to_signin() -> None:
    user_logged_in.connect(claim_on_signin, dispatch_uid="claim kept writing")

"""What somebody wrote of an opening is not lost with their session: it waits there until that same person has signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse

from traff.ground.accounts.models import Person
from traff.sharing.content.keeping import LIFE, SALT, is_anothers, refused

WAITING = "kept_opening"
LISTS = {"languages"}
NOT_WRITTEN = {"csrfmiddlewaretoken", "writer"}
MOST = 20_000  # characters of one field
View = Callable[..., HttpResponse]


def keeps_opening(view: View) -> View:
    """A view to which people send what they wrote: without a session the words wait."""

    @login_not_required
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return refused(request) if is_anothers(request, request.user) else view(request, *args, **kwargs)
        if request.method == "POST":
            put_aside(request)
        return redirect_to_login(request.get_full_path())

    return kept


def put_aside(request: HttpRequest) -> None:
    """Nothing is kept that carries no valid word of its writer."""
    try:
        writer = signing.loads(request.POST.get("writer", ""), salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return
    names = [name for name in request.POST if name not in NOT_WRITTEN][:40]
    said = {name: request.POST.getlist(name) if name in LISTS else request.POST[name][:MOST] for name in names}
    request.session[WAITING] = {"writer": writer, "path": request.path, "said": said}


def taken_up(request: HttpRequest, person: Person) -> dict[str, Any] | None:
    """What waited for this person on this page, once."""
    waiting = request.session.get(WAITING)
    if not waiting or waiting["writer"] != person.pk or waiting["path"] != request.path:
        return None
    del request.session[WAITING]
    said: dict[str, Any] = waiting["said"]
    return said

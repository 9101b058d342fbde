"""Nothing a person has written is lost: what was sent and did not get through waits for its writer, and for nobody else.

A form in which one writes to others says who writes, with a signed word (`{% writer %}`); a question without a name does not,
nor do settings. When such a form arrives without a session, with a CSRF token grown old, or is refused, its fields wait in the
visitor's session until that same person has signed in there and sent them, for as long as that session lives and two weeks at
most. A view that `goes_on` shows them in its own form again; all stand on the page "Not sent".
"""

import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from traff.ground.accounts.models import Person
from traff.ground.core.markup import storable

SALT, WAITING = "traff.writing", "unsent"
REFUSED = {403, 404, 429}
LIFE = timedelta(days=14)  # as a session
MOST, LONGEST, ROOM = 10, 160_000, 2_000_000  # pieces in one session; characters of one; bytes of all, as they are kept
BESIDE = {"csrfmiddlewaretoken", "writer", "unsent"}  # fields that are nobody's words
BY_ITSELF = ("X-Keeping", "X-Sending", "HX-Request")  # sent by a script: the page still holds the words
MACHINE = re.compile(r"[a-z0-9_:/.+-]{0,60}")  # what buttons, choices and hidden fields say
View = Callable[..., HttpResponse]
Keep = Callable[[Person, QueryDict], str]


@dataclass(frozen=True)
class Unsent:
    """The fields of one form, exactly as typed, and where they were sent."""

    writer: int
    path: str
    fields: str  # as a form is encoded
    files: list[str] = field(default_factory=list)  # names of those that came with it; they are chosen anew
    key: str = field(default_factory=lambda: uuid4().hex)
    at: float = field(default_factory=time.time)  # seconds since 1970

    @property
    def said(self) -> QueryDict:
        return QueryDict(self.fields)

    @property
    def words(self) -> list[tuple[str, str]]:
        """Fields with something a person may have typed."""
        return [(name, value) for name, value in self._pairs() if not MACHINE.fullmatch(value)]

    @property
    def rest(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self._pairs() if MACHINE.fullmatch(value)]

    def _pairs(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, values in self.said.lists() for value in values]

    def view(self) -> Any:
        """What its address leads to, if anything still does."""
        try:
            return resolve(urlsplit(self.path).path).func
        except Resolver404:
            return None


def in_its_form(_person: Person, _said: QueryDict) -> str:
    """The page where it was sent from takes it up."""
    return ""


def goes_on(keep: Keep = in_its_form) -> Callable[[View], View]:
    """A view in whose page one goes on writing: by `taken_up`, or where `keep` gives the words a place of their own."""

    def marked(view: View) -> View:
        view.goes_on = keep  # type: ignore[attr-defined]
        return view

    return marked


def writer_of(person: Any) -> str:
    """The word of who writes; none of somebody signed in for another, who writes nothing in their name."""
    return signing.dumps(person.pk, salt=SALT) if person.pk and not getattr(person, "is_impersonated", False) else ""


def writer_in(request: HttpRequest) -> int:
    """For whom the page was made whose form this is; 0 where it does not truly say."""
    try:
        return int(signing.loads(request.POST.get("writer", ""), salt=SALT, max_age=LIFE))
    except signing.BadSignature:
        return 0


def is_by_itself(request: HttpRequest) -> bool:
    return any(name in request.headers for name in BY_ITSELF)


def is_anothers(request: HttpRequest) -> bool:
    """Whether a form comes from a page made for somebody else, who sat at this computer before."""
    return request.method == "POST" and request.user.is_authenticated and writer_in(request) not in {0, request.user.pk}


def wait(request: HttpRequest) -> bool:
    """Let what came with this form wait for its writer. False when it is nobody's, another's, or still on its page."""
    if request.method != "POST" or is_by_itself(request) or is_anothers(request):
        return False
    if not (writer := writer_in(request)):
        return False
    given, room = request.POST.copy(), LONGEST
    for name in [*given]:
        words = [] if name in BESIDE else [storable(str(one))[: max(room, 0)] for one in given.getlist(name)]
        given.setlist(name, words)
        room -= sum(map(len, words))
    files = [file.name or "" for name in request.FILES for file in request.FILES.getlist(name)]
    put(request, Unsent(writer, request.get_full_path(), given.urlencode(), files, request.POST.get("unsent") or uuid4().hex))
    request.has_waited = True  # type: ignore[attr-defined]  # whatever the answer is, it was not sent
    return True


def put(request: HttpRequest, one: Unsent) -> None:
    """The newest, and those before it as far as there is room."""
    kept, room = [one], ROOM - len(one.fields)
    for other in reversed([other for other in _standing(request) if other.key != one.key]):
        room -= len(other.fields)
        if room >= 0 and len(kept) < MOST:
            kept.insert(0, other)
    request.session[WAITING] = [asdict(piece) for piece in kept if len(piece.fields) <= ROOM]


def _standing(request: HttpRequest) -> list[Unsent]:
    oldest = time.time() - LIFE.total_seconds()
    found = (Unsent(**one) for one in request.session.get(WAITING, []))
    return [one for one in found if one.at > oldest]


def waiting(request: HttpRequest) -> list[Unsent]:
    """What this person wrote here and has not sent, the newest first."""
    if not request.user.is_authenticated or getattr(request.user, "is_impersonated", False):
        return []
    return [one for one in reversed(_standing(request)) if one.writer == request.user.pk]


def taken_up(request: HttpRequest) -> QueryDict | None:
    """What waits for the form of this page. It waits on until it is sent: a page that is closed loses nothing."""
    if request.method not in {"GET", "HEAD"} or WAITING not in request.session:
        return None
    one = next((one for one in waiting(request) if one.path == request.get_full_path()), None)
    if one is None:
        return None
    request.unsent = one.key  # type: ignore[attr-defined]  # its form says so, by `{% writer %}`
    return one.said


def way_on(request: HttpRequest, one: Unsent) -> str:
    """Where one goes on writing it in its own form; "" where it is sent from the page "Not sent"."""
    keep = getattr(one.view(), "goes_on", None)
    if keep is None or not isinstance(request.user, Person):
        return ""
    if kept := keep(request.user, one.said):
        forget(request, one.key)
    return str(kept or one.path)


def forget(request: HttpRequest, key: str) -> None:
    """It was sent, or thrown away."""
    if any(one["key"] == key for one in request.session.get(WAITING, [])):
        request.session[WAITING] = [asdict(one) for one in _standing(request) if one.key != key]


def settle(request: HttpRequest, status: int) -> None:
    """After a form was answered: what was refused waits (again); what was sent does not. A page drawn again has sent nothing."""
    if request.method != "POST" or not request.user.is_authenticated or hasattr(request, "has_waited"):
        return
    is_sent = 300 <= status < 400 or status == 204 or (status < 400 and is_by_itself(request))
    if status in REFUSED and wait(request):
        messages.info(request, _("What you wrote was not sent. It is kept among your drafts."))
    elif is_sent and WAITING in request.session:
        forget(request, request.POST.get("unsent", ""))


def say_so(sender: Any, request: HttpRequest, user: Person, **more: Any) -> None:
    """At sign-in, wherever that leads."""
    if any(one["writer"] == user.pk for one in getattr(request, "session", {}).get(WAITING, [])):
        with translation.override(user.language or translation.get_language()):
            told = _("You were signed out, and we kept what you wrote. It waits among your drafts.")
        messages.info(request, told, fail_silently=True)  # a sign-in from the command line has no pages

"""How fast: what can be used to read or reach many people at once is limited by person, and by address before sign-in.

Counted in the database, so that every web process sees the same. A row holds a keyed digest and a count: nobody can read from it
who did what. Beyond the limit the answer is 429, and the first time in a minute it is audited.
"""

import hashlib
import hmac
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from traff.ground.audit.models import AuditRecord
from traff.ground.core.privacy import is_private

MINUTE = 60
COUNT = """
INSERT INTO accounts_pace AS standing (key, minute, times) VALUES (%s, %s, 1) ON CONFLICT (key) DO UPDATE
   SET times = CASE WHEN standing.minute = excluded.minute THEN standing.times + 1 ELSE 1 END, minute = excluded.minute
RETURNING times
"""


class PaceMiddleware:
    """Limits by the name of the address: `settings.PACE`, {name: times a minute}. HEAD counts as GET; forms count when sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        most = settings.PACE.get(name) if name and not is_private(request) else None  # a count would tell, and an audit name
        if most is None or (name in settings.PACE_WHEN_SENT and request.method != "POST"):
            return None
        times = _count(request, str(name))
        if times <= most:
            return None
        if times == most + 1:
            AuditRecord.write(actor_id=request.user.pk, verb="pace.exceeded", kind="address", subject_id=None, name=name)
        answer = render(request, "429.html", status=429)
        answer["Retry-After"] = str(MINUTE - int(time.time()) % MINUTE)
        return answer


def _count(request: HttpRequest, name: str) -> int:
    who = str(request.user.pk or request.META.get("REMOTE_ADDR", ""))
    key = hmac.new(settings.SECRET_KEY.encode(), f"{name} {who}".encode(), hashlib.sha256).digest()[:16]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, int(time.time()) // MINUTE])
        return int(cursor.fetchone()[0])


def forget_old() -> None:
    """Rows of earlier minutes say nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_pace WHERE minute < %s", [int(time.time()) // MINUTE - 1])

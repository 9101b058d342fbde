"""Sessions in the database, as Django keeps them; the look-up of each request is put together once."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from traff.ground.core.prepared import first, prepared


@prepared
def _alive(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(InDatabase):
    def _get_session_from_db(self) -> Session | None:  # as Django names it: gives None, and forgets a key that opens nothing
        session = first(_alive(str(self.session_key), timezone.now()))
        if session is None:
            self._session_key: Any = None
        return session

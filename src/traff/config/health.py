"""GET /healthz: does the whole of it work? For load balancers, and for the launcher's own start."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

PULSE = "SELECT EXISTS (SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds')"


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when web, worker and database all work, else 503. A worker gives a sign of life every ten seconds."""
    database = worker = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(PULSE)
            worker = bool(cursor.fetchone()[0])
    except DatabaseError:
        database = worker = False
    answer = {"web": True, "worker": worker, "database": database}
    return JsonResponse(answer, status=200 if all(answer.values()) else 503)

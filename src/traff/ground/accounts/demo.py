"""Demo mode: exists only in a database that the demo loader made, and only on loopback."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import HttpRequest

from traff.ground.accounts.models import DemoMarker
from traff.ground.core.prepared import first, prepared


def is_demo() -> bool:
    """Whether this database is the demo loader's and this site answers on loopback alone."""
    return bool(settings.ON_LOOPBACK) and first(_marker()) is not None


@prepared
def _marker() -> QuerySet[DemoMarker]:
    return DemoMarker.objects.all()


def refuse_misplaced_demo(*, foreign_database: bool) -> None:
    """Stop the start when a demo database would be shown to others.

    Raises ImproperlyConfigured, saying what to do: a marker row together with one's own DATABASE_URL, or with an
    address that other machines reach, would let anybody sign in as anybody.
    """
    if not DemoMarker.objects.exists():
        return
    if foreign_database:
        raise ImproperlyConfigured("DATABASE_URL names a database that the demo loader made. Use an empty database.")
    if not settings.ON_LOOPBACK:
        raise ImproperlyConfigured("The demo answers on this machine only. Unset HOST, or set TRAFF_DATA to a fresh folder.")
    if "allauth.socialaccount" in settings.INSTALLED_APPS:
        raise ImproperlyConfigured("The demo does not run beside a sign-in provider. Set TRAFF_DATA to a fresh folder.")


def context(request: HttpRequest) -> dict[str, Any]:
    """`demo_mode` for the banner of every page."""
    if not hasattr(request, "_is_demo"):  # a page is put together of many templates; one asks
        request._is_demo = is_demo()  # type: ignore[attr-defined]
    return {"demo_mode": request._is_demo, "impersonated": request.session.get("impersonated", "")}  # type: ignore[attr-defined]

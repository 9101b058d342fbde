"""The request as every view gets it that does not say `login_not_required`: somebody is signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from traff.ground.accounts.models import Person


class PersonRequest(HttpRequest):
    """For annotations only; the sign-in and htmx middlewares see to it that both are there."""

    user: Person
    htmx: HtmxDetails
    kept_at: str  # where what came with the request is kept for its writer, from the moment it is

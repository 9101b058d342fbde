"""What stands in the stories of openings."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.sharing.openings.models import Opening

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def offered(by: Person, title: str = "Two hours a week with drill logs", **more: Any) -> Opening:
    """An opening by somebody, all but its title as it usually is."""
    usual: dict[str, Any] = {
        "building": "A tool that reads drill logs",
        "help_needed": "Somebody who knows what a torque curve looks like",
        "extent": "hours",
        "hours": 2,
        "closes_on": timezone.localdate() + timedelta(days=30),
    }
    return Opening.publish(by=by, title=title, **{**usual, **more})


def browser(person: Person | None = None) -> Client:
    client = Client()
    if person:
        client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def drills(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Drills", purpose="All that bores")


@pytest.fixture
def boss(house: dict[str, Any]) -> Person:
    """The head of Astrid's unit; to Träff a colleague as any other."""
    from traff.ground.organisation.models import Seat

    who = Person.objects.create(handle="boss", name="Bosse Chef", email="boss@example.org")
    Seat.give(who, unit=house["support"], place=house["Kiruna"])
    return who


@pytest.fixture
def hr(house: dict[str, Any]) -> Person:
    from traff.ground.organisation.models import Seat

    who = Person.objects.create(handle="hr", name="Hanna Rekrytering", email="hr@example.org")
    Seat.give(who, unit=house["company"], place=house["Göteborg"])
    return who

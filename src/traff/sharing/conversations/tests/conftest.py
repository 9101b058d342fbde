from collections.abc import Callable

import pytest
from django.test import Client

from traff.ground.accounts.models import Person


@pytest.fixture
def at() -> Callable[[Person], Client]:
    """A browser in which this person is signed in, reading in English."""

    def signed_in(person: Person) -> Client:
        Person.objects.filter(pk=person.pk).update(language="en")
        client = Client()
        client.force_login(person)
        return client

    return signed_in

"""The rule asked both ways gives one answer, for every person and audience there can be."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person

people_of = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=6)  # (guest, active)
audiences_of = st.lists(st.tuples(st.sampled_from(["group", "unit", "conversation"]), st.booleans()), min_size=1, max_size=5)
pairs_of = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12)  # who joined what


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=people_of, audiences=audiences_of, pairs=pairs_of)
def test_readable_by_and_readers_agree(people: Any, audiences: Any, pairs: Any) -> None:
    with transaction.atomic():
        cast = [
            Person.objects.create(handle=f"p{n}", name="P", is_guest=guest, is_active=active)
            for n, (guest, active) in enumerate(people)
        ]
        halls = [Audience.objects.create(kind=kind, is_open=is_open and kind != "conversation") for kind, is_open in audiences]
        halls.append(Audience.objects.everyone())
        for who, where in pairs:
            halls[where % len(halls)].add(cast[who % len(cast)])
        for person in cast:
            readable = set(Audience.objects.readable_by(person).values_list("pk", flat=True))
            assert readable == {hall.pk for hall in halls if hall.readers().filter(pk=person.pk).exists()}
            assert readable == {hall.pk for hall in halls if hall.is_read_by(person)}
        transaction.set_rollback(True)


def test_the_rule_in_words(astrid: Person, gosta: Person, inga: Person, albin: Person) -> None:
    everyone = Audience.objects.everyone()
    closed = Audience.objects.create(kind="group", is_open=False)
    closed.add(gosta)
    closed.add(inga)

    her_units = set(Audience.objects.filter(kind="unit", memberships__person=astrid))
    assert set(Audience.objects.readable_by(astrid)) == {everyone} | her_units
    assert set(Audience.objects.readable_by(gosta)) == {closed}
    assert set(Audience.objects.readable_by(inga)) == set()
    assert set(Audience.objects.readable_by(albin)) == {everyone}

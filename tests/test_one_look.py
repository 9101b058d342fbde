"""Within one look a thing is asked once; whoever changes it is seen, also from a look within the look."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from traff.community.groups.models import Group
from traff.ground.access.reading import joined_ids, once, one_look
from traff.ground.accounts.models import Person
from traff.ground.search.searching import search
from traff.sharing.content.models import Post

pytestmark = pytest.mark.django_db


def test_in_one_look_it_is_asked_once_and_outside_each_time(astrid: Person) -> None:
    made: list[int] = []

    def count() -> int:
        made.append(1)
        return len(made)

    assert [once("count", count), once("count", count)] == [1, 2]
    with one_look():
        assert [once("count", count), once("count", count)] == [3, 3]
        with CaptureQueriesContext(connection) as asked:
            joined_ids(astrid)
            joined_ids(astrid)
    assert len(asked) == 1


def test_who_publishes_and_searches_in_one_look_finds_it(astrid: Person, bjorn: Person) -> None:
    with one_look():
        assert not search(astrid, "kavitation").hits
        Post.publish(by=bjorn, kind="update", body="<p>Kavitation i pumpen.</p>")
        assert len(search(astrid, "kavitation").hits) == 1


def test_what_changes_in_a_look_within_is_changed_outside(astrid: Person) -> None:
    with one_look():
        before = joined_ids(astrid).all
        with one_look():
            group = Group.start(by=astrid, name="Bara vi", is_open=False)
        assert set(joined_ids(astrid).all) - set(before) == {group.audience_id}


def test_two_people_in_one_look_each_see_with_their_own_eyes(astrid: Person, bjorn: Person) -> None:
    group = Group.start(by=astrid, name="Bara vi", is_open=False)
    Post.publish(by=astrid, kind="update", body="<p>Kavitation i pumpen.</p>", group=group)
    with one_look():
        assert len(search(astrid, "kavitation").hits) == 1 and not search(bjorn, "kavitation").hits
        group.audience.add(bjorn)
        assert len(search(bjorn, "kavitation").hits) == 1

"""A query put together once asks what the ordinary one asks; what cannot be kept is said at once, not answered wrongly."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, Person
from traff.ground.core.prepared import Unpreparable, first, prepared
from traff.sharing.content.models import Kind, Post, Reply


@prepared
def posts_of(reader: Person, kind: str, ids: list[int]) -> QuerySet[Post]:
    found: QuerySet[Post] = Post.objects.visible_to(reader).filter(kind=kind, pk__any=ids)
    return found


def test_many_values_one_statement(astrid: Person, cecilia: Person) -> None:
    mine = Post.publish(by=astrid, kind=Kind.UPDATE, body="A crack in the gear housing")
    theirs = Post.publish(by=cecilia, kind=Kind.UPDATE, body="A pump that sings")
    with CaptureQueriesContext(connection) as caught:
        assert list(posts_of(astrid, "update", [mine.pk])) == [mine]
        assert list(posts_of(cecilia, "update", [theirs.pk, 0])) == [theirs]
        assert list(posts_of(cecilia, "case", [theirs.pk])) == []
    asked = {query["sql"].split("WHERE")[0] for query in caught if "content_post" in query["sql"]}
    assert len(asked) == 1
    assert len(posts_of._plans) == 1


def test_what_each_may_read_goes_with_the_reader(astrid: Person, cecilia: Person) -> None:
    circle = Audience.objects.create(kind="group", is_open=False)
    circle.add(cecilia)
    post = Post.publish(by=cecilia, kind=Kind.UPDATE, body="Between us")
    Post.objects.unrestricted("a closed one").filter(pk=post.pk).update(audience=circle, is_open=False)
    assert list(posts_of(cecilia, "update", [post.pk])) == [post]
    assert list(posts_of(astrid, "update", [post.pk])) == []
    circle.add(astrid)
    assert list(posts_of(astrid, "update", [post.pk])) == [post]


def test_a_guest_and_who_has_left_have_statements_of_their_own(astrid: Person, cecilia: Person) -> None:
    post = Post.publish(by=cecilia, kind=Kind.UPDATE, body="To everybody")
    assert list(posts_of(astrid, "update", [post.pk])) == [post]
    astrid.is_guest = True
    assert list(posts_of(astrid, "update", [post.pk])) == []
    astrid.is_guest, astrid.is_active = False, False
    with CaptureQueriesContext(connection) as caught:
        assert list(posts_of(astrid, "update", [post.pk])) == []
    assert len(caught) == 0


def test_nothing_is_added_to_it_afterwards(astrid: Person) -> None:
    found = posts_of(astrid, "update", [1])
    for change in (lambda: found.filter(pk=1), lambda: found.order_by("pk"), lambda: found[:3], found.count, found.exists):
        with pytest.raises(Unpreparable, match="inside its function"):
            change()


def test_a_function_that_looks_at_a_value_is_refused(astrid: Person) -> None:
    @prepared
    def odd(pk: int) -> QuerySet[Person]:
        return Person.objects.filter(pk=pk + 1)

    with pytest.raises(Unpreparable, match="looks into its arguments"):
        odd(7)


def test_one_that_looks_at_the_clock_is_refused() -> None:
    @prepared
    def recent() -> QuerySet[Person]:
        return Person.objects.filter(joined_at__gt=timezone.now() - timedelta(days=1))

    with pytest.raises(Unpreparable, match="at the clock"):
        recent()


def test_one_that_decides_by_a_value_is_caught_by_the_check(astrid: Person) -> None:
    @prepared
    def torn(ids: list[int]) -> QuerySet[Person]:
        found = Person.objects.filter(pk__any=ids)
        return found.filter(is_active=True) if len(ids) > 1 else found

    assert list(torn([astrid.pk])) == [astrid]
    with pytest.raises(Unpreparable, match="asks something else"):
        torn([astrid.pk, 0])


def test_none_is_a_statement_of_its_own(astrid: Person, cecilia: Person) -> None:
    @prepared
    def blocked(by: Person | None) -> QuerySet[Block]:
        return Block.objects.filter(blocker=by) if by else Block.objects.all()

    block = Block.objects.create(blocker=astrid, blocked=cecilia)
    assert list(blocked(cecilia)) == []
    assert list(blocked(None)) == list(blocked(astrid)) == [block]


def test_a_relation_of_what_is_in_hand_is_refused(astrid: Person) -> None:
    post = Post.publish(by=astrid, kind=Kind.UPDATE, body="Words")

    @prepared
    def replies(post: Post) -> QuerySet[Reply]:
        found: QuerySet[Reply] = post.replies.unrestricted("a test")
        return found

    with pytest.raises(Unpreparable, match="filter by it"):
        replies(post)


@pytest.mark.django_db
def test_languages_do_not_share_a_statement() -> None:
    @prepared
    def called(name: str) -> QuerySet[Person]:
        field = "handle" if translation.get_language() == "sv" else "name"
        return Person.objects.filter(**{field: name})

    person = Person.objects.create(handle="bjorn", name="Björn")
    with translation.override("en"):
        assert first(called("Björn")) == person
    with translation.override("sv"):
        assert first(called("Björn")) is None
        assert first(called("bjorn")) == person


@pytest.mark.parametrize("value", [1.5, {"a": 1}, (1, 2), object()])
def test_other_values_are_refused(value: Any) -> None:
    @prepared
    def odd(value: Any) -> QuerySet[Person]:
        return Person.objects.filter(name=value)

    with pytest.raises(Unpreparable, match="cannot be given"):
        odd(value)

"""Nothing is read without saying who reads, whichever way one comes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from traff.community.groups.models import Group
from traff.ground.access.guard import Unscoped
from traff.ground.access.models import Audience, ClosedStaysClosed
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reply

WAYS: list[Callable[[Any, Any], Any]] = [
    lambda group, post: list(Post.objects.all()),
    lambda group, post: Post.objects.count(),
    lambda group, post: Post.objects.filter(title="x").exists(),
    lambda group, post: Post.objects.first(),
    lambda group, post: Post.objects.get(pk=post.pk),
    lambda group, post: Post.objects.values_list("title", flat=True)[0],
    lambda group, post: list(Post.objects.iterator()),
    lambda group, post: Post.objects.in_bulk(),
    lambda group, post: Post.objects.aggregate(),
    lambda group, post: Post.objects.update(title=""),
    lambda group, post: Post.objects.filter(pk=post.pk).delete(),
    lambda group, post: list(Audience.objects.filter(pk__in=Post.objects.values("audience"))),
    lambda group, post: list(Post.objects.all() | Post.objects.unrestricted("half")),
    lambda group, post: list(Post.objects.unrestricted("half").union(Post.objects.all())),
    lambda group, post: list(Post._base_manager.all()),
    lambda group, post: group.posts.all()[0],
    lambda group, post: group.posts.count(),
    lambda group, post: list(post.replies.all()),
    lambda group, post: list(Group.objects.prefetch_related("posts").unrestricted("the group alone")),
]


@pytest.fixture
def letter(cecilia: Person) -> tuple[Group, Post]:
    group = Group.start(by=cecilia, name="Closed circle", is_open=False)
    return group, Post.publish(by=cecilia, kind="update", body="<p>between us</p>", group=group)


@pytest.mark.parametrize("way", WAYS, ids=range(len(WAYS)))
def test_unscoped_reading_raises(way: Callable[[Any, Any], Any], letter: tuple[Group, Post]) -> None:
    with pytest.raises(Unscoped):
        way(*letter)


def test_what_hangs_on_a_thing_in_hand_may_be_followed(letter: tuple[Group, Post], cecilia: Person) -> None:
    _group, post = letter
    Reply.write(by=cecilia, post=post, body="<p>yes</p>")
    assert Reply.objects.visible_to(cecilia).get().post == post


def test_a_lying_copy_of_the_flag_is_refused_by_the_database(letter: tuple[Group, Post]) -> None:
    _group, post = letter
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.unrestricted("planting a lie").filter(pk=post.pk).update(is_open=True)


def test_closing_a_group_reaches_every_copy_in_the_same_statement(cecilia: Person, astrid: Person) -> None:
    group = Group.start(by=cecilia, name="Open so far")
    post = Post.publish(by=cecilia, kind="update", body="<p>hello</p>", group=group)
    assert Post.objects.visible_to(astrid).filter(pk=post.pk).exists()
    group.audience.close()
    assert not Post.objects.visible_to(astrid).filter(pk=post.pk).exists()


def test_closed_is_never_opened_afterwards(letter: tuple[Group, Post], albin: Person) -> None:
    group, _post = letter
    with pytest.raises(ClosedStaysClosed):
        group.audience.open()
    group.audience.is_open = True
    with pytest.raises(ClosedStaysClosed):
        group.audience.save()
    assert not may(albin, Right.READ, group.audience)


def test_leaving_takes_effect_at_once(letter: tuple[Group, Post], cecilia: Person, astrid: Person) -> None:
    group, post = letter
    group.audience.add(astrid)
    assert may(astrid, Right.READ, post)
    group.leave(astrid)
    assert not may(astrid, Right.READ, post)


def test_ones_own_words_can_be_taken_back_after_leaving(letter: tuple[Group, Post], astrid: Person, cecilia: Person) -> None:
    group, _post = letter
    group.audience.add(astrid)
    hers = Post.publish(by=astrid, kind="update", body="<p>mine</p>", group=group)
    group.leave(astrid)
    assert may(astrid, Right.WITHDRAW, hers)
    assert not may(astrid, Right.EDIT, hers)
    hers.withdraw(by=astrid)
    assert not Post.objects.visible_to(cecilia).filter(pk=hers.pk).exists()


def test_the_administrator_reads_nothing_more(letter: tuple[Group, Post], albin: Person) -> None:
    _group, post = letter
    assert not any(may(albin, right, post) for right in (Right.READ, Right.EDIT, Right.WITHDRAW, Right.EXPORT, Right.REPLY))


def test_the_copies_hang_on_composite_keys(db: None) -> None:
    """Every table of a Shared model has the key that keeps its flag true."""
    from django.apps import apps

    from traff.ground.access.models import Shared

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = 'access_audience'::regclass "
            "AND array_length(conkey, 1) = 2 AND confupdtype = 'c'"
        )
        held = {row[0] for row in cursor.fetchall()}
    assert {model._meta.db_table for model in apps.get_models() if issubclass(model, Shared)} <= held

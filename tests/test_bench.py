"""What is measured over: made-up organisations that are the same each time, and larger ones that are true copies."""

import sys
from itertools import islice
from pathlib import Path

import pytest
from django.db import connection

sys.path.insert(0, str(Path.cwd()))

from bench.multiplying import STEP, statements
from bench.organisation import Organisation

from traff.community.groups.models import Group
from traff.doors.registers.rows import PersonRow, PostRow
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reply


def test_the_same_seed_makes_the_same_people_and_words() -> None:
    now = Organisation(40).now
    first, second = (list(islice(Organisation(40, now).rows(), 900)) for _ in range(2))
    assert first == second
    people, posts = ([row for row in first if isinstance(row, kind)] for kind in (PersonRow, PostRow))
    assert len(people) == 40 and len({row.name for row in people}) > 30
    assert {row.post_kind for row in posts} == {"update", "question", "case", "article"}
    assert {row.language for row in posts} == {"sv", "en"}


@pytest.mark.django_db
def test_a_copy_reads_as_its_original(astrid: Person, bjorn: Person) -> None:
    circle = Group.start(by=bjorn, name="Closed circle", is_open=False)
    closed = Post.publish(by=bjorn, kind="update", body="<p>among us</p>", group=circle)
    asked = Post.publish(by=astrid, kind="question", title="Who knows?", body="<p>to all</p>")
    Reply.write(by=bjorn, post=asked, body="<p>I do</p>")
    with connection.cursor() as cursor:
        for _table, statement in statements(copies=2):
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # every reference holds
    twin = Person.objects.get(pk=bjorn.pk + STEP)
    assert (twin.handle, twin.name) == ("bjorn-1", bjorn.name)
    assert Audience.objects.filter(kind="everyone").count() == 1
    readable = set(Post.objects.visible_to(twin).values_list("pk", flat=True))
    assert readable == {asked.pk, asked.pk + STEP, closed.pk + STEP}, "the circle's twin, not the circle"
    assert Reply.objects.visible_to(twin).count() == 2

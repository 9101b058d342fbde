"""What content shows on the pages of a group, a person and a topic: to each reader what that reader may read, counts too."""

from typing import Any

import pytest
from django.test import Client

from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reuse


@pytest.fixture
def circle(cecilia: Person, bjorn: Person) -> Group:
    circle = Group.start(by=cecilia, name="Closed circle", is_open=False)
    circle.audience.add(bjorn)
    return circle


def html(client: Client, who: Person, thing: Any, **query: str) -> str:
    client.force_login(who)
    return str(client.get(thing.get_absolute_url(), query).content.decode())


def test_a_groups_page_holds_its_posts_and_a_place_to_write(client: Client, astrid: Person, cecilia: Person) -> None:
    group = Group.start(by=cecilia, name="Rust")
    Post.publish(by=cecilia, kind="question", title="Why does it rust?", group=group)
    Post.publish(by=cecilia, kind="article", title="On rust", body="<p>x</p>", group=group)
    page = html(client, astrid, group)
    assert "Why does it rust?" in page and "On rust" in page
    assert f"group={group.slug}" in page
    only = html(client, astrid, group, kind="question")
    assert "Why does it rust?" in only and "On rust" not in only


def test_before_a_closed_door_one_sees_neither_posts_nor_a_place_to_write(
    client: Client, astrid: Person, cecilia: Person, circle: Group
) -> None:
    Post.publish(by=cecilia, kind="article", title="Kryolit", body="<p>x</p>", group=circle)
    page = html(client, astrid, circle)
    assert "Kryolit" not in page
    assert 'class="card prompt"' not in page
    assert "Kryolit" in html(client, cecilia, circle)


def test_a_profile_shows_and_counts_only_what_the_reader_reads(
    client: Client, astrid: Person, cecilia: Person, bjorn: Person, circle: Group
) -> None:
    hidden = Post.publish(by=bjorn, kind="case", title="Kryolit", case={"reuse": "<p>x</p>"}, group=circle)
    shown = Post.publish(by=bjorn, kind="case", title="Corrosion", case={"reuse": "<p>x</p>"})
    Reuse.tell(by=cecilia, post=hidden, note="for the secret mill")
    page = html(client, astrid, bjorn)
    assert "Corrosion" in page and "Kryolit" not in page
    assert "kollega återanvänder" not in page
    assert "Kryolit" not in html(client, astrid, cecilia) and "secret mill" not in html(client, astrid, cecilia)
    page = html(client, cecilia, bjorn)
    assert "Kryolit" in page and "1 colleague reuses this work" in page
    assert "secret mill" in html(client, bjorn, cecilia)
    assert shown.pk != hidden.pk


def test_a_topics_page_holds_what_is_written_about_it(
    client: Client, astrid: Person, cecilia: Person, bjorn: Person, circle: Group
) -> None:
    Post.publish(by=bjorn, kind="update", body="<p>about #titan</p>")
    Post.publish(by=cecilia, kind="update", body="<p>kryolit and #titan</p>", group=circle)
    page = html(client, astrid, Topic.objects.get(slug="titan"))
    assert "about #titan" in page and "kryolit" not in page
    assert "kryolit" in html(client, cecilia, Topic.objects.get(slug="titan"))

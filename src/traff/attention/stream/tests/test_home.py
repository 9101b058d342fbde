"""The home stream: what comes, why, in which order, and what stays away."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from traff.attention.following.models import Follow, Mute
from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Block, Person
from traff.ground.activity.models import Event
from traff.sharing.content.models import Post, Reply


def update(by: Person, words: str, **more: Any) -> Post:
    return Post.publish(by=by, kind="update", body=f"<p>{words}</p>", **more)


def stream(client: Client, who: Person, **query: Any) -> dict[str, list[tuple[int, str]]]:
    """(post id, why) of the reader's own stream, and of everyone's beneath."""
    client.force_login(who)
    context = client.get("/", query).context
    return {name: [(card.id, card.why) for card in context[name]] for name in ("cards", "beneath")}


def own(client: Client, who: Person, **query: Any) -> list[int]:
    return [pk for pk, _why in stream(client, who, **query)["cards"]]


@pytest.fixture
def rust(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Rust")


@pytest.fixture
def circle(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Closed circle", is_open=False)


def test_a_newcomer_who_follows_nobody_meets_everything_open(
    client: Client, astrid: Person, bjorn: Person, rust: Group, circle: Group
) -> None:
    to_all, in_group = update(bjorn, "to all"), update(bjorn, "in a group", group=rust)
    circle.audience.add(bjorn)
    update(bjorn, "kryolit", group=circle)
    found = stream(client, astrid)
    assert found["cards"] == []
    assert found["beneath"] == [(in_group.pk, "i en grupp som är öppen för alla"), (to_all.pk, "skrivet till alla")]
    assert "kryolit" not in client.get("/?tab=everyone").content.decode()


def test_each_card_says_why_it_is_here(client: Client, cecilia: Person, astrid: Person, bjorn: Person, albin: Person) -> None:
    mine = Group.start(by=cecilia, name="Pulp")
    theirs = Group.start(by=bjorn, name="Drills")
    topic = Topic.objects.create(slug="rost", name="rust")
    for target in (bjorn, theirs, topic):
        Follow.set(cecilia, target)
    thread = update(albin, "a thread")
    Follow.set(cecilia, thread)
    answered = update(astrid, "answered")
    Reply.write(by=cecilia, post=answered, body="<p>yes</p>")
    expected = {
        update(bjorn, "x").pk: "you follow Björn Ståhl",
        update(albin, "x", group=mine).pk: "in your group Pulp",
        update(albin, "x", group=theirs).pk: "you follow the group Drills",
        update(albin, "about #rost").pk: "you follow #rust",
        thread.pk: "you follow this thread",
        answered.pk: "you wrote here",
        update(cecilia, "x").pk: "you wrote this",
    }
    other = update(albin, "something else")
    found = stream(client, cecilia)
    assert dict(found["cards"]) == expected
    assert found["beneath"] == [(other.pk, "written to everyone")]


def test_a_sensitive_topic_is_never_named_as_the_reason(client: Client, cecilia: Person, bjorn: Person) -> None:
    illness = Topic.objects.create(slug="illness", name="illness", is_sensitive=True)
    Follow.set(cecilia, illness)
    post = update(bjorn, "x", topics=[illness])
    assert stream(client, cecilia)["cards"] == [(post.pk, "about a topic you follow")]


def test_a_reply_brings_its_thread_to_the_top_once(client: Client, cecilia: Person, bjorn: Person) -> None:
    Follow.set(cecilia, bjorn)
    old, new = update(bjorn, "old"), update(bjorn, "new")
    assert own(client, cecilia) == [new.pk, old.pk]
    Reply.write(by=bjorn, post=old, body="<p>news</p>")
    assert own(client, cecilia) == [old.pk, new.pk]


def test_a_thread_that_comes_by_many_ways_comes_once(client: Client, cecilia: Person, bjorn: Person, rust: Group) -> None:
    for target in (bjorn, Topic.objects.create(slug="titan", name="titan"), Topic.objects.create(slug="rost", name="rost")):
        Follow.set(cecilia, target)
    post = update(bjorn, "#rost and #titan", group=rust)
    Reply.write(by=cecilia, post=post, body="<p>yes</p>")
    assert own(client, cecilia) == [post.pk]


@pytest.mark.parametrize("what", ["person", "group", "topic", "thread"])
def test_what_is_muted_stays_away_everywhere_on_home(
    client: Client, cecilia: Person, bjorn: Person, rust: Group, what: str
) -> None:
    topic = Topic.objects.create(slug="rost", name="rost")
    loud = update(bjorn, "#rost again", group=rust)
    calm = update(cecilia, "calm")
    Mute.set(cecilia, {"person": bjorn, "group": rust, "topic": topic, "thread": loud}[what])
    assert own(client, cecilia) == [calm.pk]
    assert own(client, cecilia, tab="everyone") == [calm.pk]


def test_every_card_offers_to_mute_what_brought_it(client: Client, cecilia: Person, bjorn: Person, rust: Group) -> None:
    post = update(bjorn, "about #rost", group=rust)
    client.force_login(cecilia)
    card = client.get("/").context["cards"][0]
    assert [entry.word for entry in card.entries] == ["Mute this thread", "Mute Björn Ståhl", "Mute #rost", "Mute the group Rust"]
    for entry in card.entries:
        assert client.post(entry.url, {"next": "/"}).url == "/"
    assert Mute.objects.of(cecilia).count() == 4
    assert own(client, cecilia) == []
    assert not Event.objects.unrestricted("test").filter(verb__contains="mute").exists()
    assert Post.objects.visible_to(cecilia).filter(pk=post.pk).exists()


@pytest.mark.parametrize("by_reader", [True, False])
def test_people_parted_by_a_block_do_not_meet_here(
    client: Client, cecilia: Person, bjorn: Person, rust: Group, by_reader: bool
) -> None:
    update(bjorn, "hello", group=rust)
    Block.objects.create(blocker=cecilia if by_reader else bjorn, blocked=bjorn if by_reader else cecilia)
    assert stream(client, cecilia) == {"cards": [], "beneath": []}
    assert own(client, cecilia, tab="everyone") == []


def test_leaving_a_circle_ends_its_posts_at_once(client: Client, astrid: Person, cecilia: Person, circle: Group) -> None:
    circle.audience.add(astrid)
    post = update(cecilia, "kryolit", group=circle)
    Reply.write(by=astrid, post=post, body="<p>yes</p>")
    Follow.set(astrid, cecilia)
    assert own(client, astrid) == [post.pk]
    circle.leave(astrid)
    assert stream(client, astrid) == {"cards": [], "beneath": []}


def test_what_is_withdrawn_is_gone(client: Client, cecilia: Person) -> None:
    update(cecilia, "hm").withdraw(by=cecilia)
    assert stream(client, cecilia) == {"cards": [], "beneath": []}


def test_a_guest_meets_only_the_circles_they_were_let_into(
    client: Client, gosta: Person, cecilia: Person, bjorn: Person, rust: Group
) -> None:
    update(bjorn, "to all")
    rust.audience.add(gosta)
    post = update(bjorn, "in the group", group=rust)
    assert own(client, gosta) == [post.pk]
    assert own(client, gosta, tab="everyone") == [post.pk]


def test_without_signing_in_there_is_no_home(client: Client, inga: Person) -> None:
    assert "login" in client.get("/").url
    client.force_login(inga)
    assert "login" in client.get("/").url


def test_tabs_part_what_one_joined_from_what_one_follows(client: Client, cecilia: Person, bjorn: Person, rust: Group) -> None:
    Follow.set(cecilia, bjorn)
    in_group, followed = update(cecilia, "x", group=rust), update(bjorn, "x")
    assert own(client, cecilia, tab="groups") == [in_group.pk]
    assert own(client, cecilia, tab="following") == [followed.pk]
    assert own(client, cecilia) == [followed.pk, in_group.pk]
    assert own(client, cecilia, tab="nonsense") == [followed.pk, in_group.pk]


@pytest.mark.parametrize("tab", ["groups", "following", "everyone", "mine"])
def test_an_empty_stream_says_what_to_do_next(client: Client, astrid: Person, tab: str) -> None:
    client.force_login(astrid)
    html = client.get("/", {"tab": tab}).content.decode()
    assert 'class="empty"' in html


def test_older_pages_follow_without_gap_or_double(client: Client, cecilia: Person, bjorn: Person, rust: Group) -> None:
    Follow.set(cecilia, bjorn)
    made = [update(bjorn if n % 3 else cecilia, "x", group=rust if n % 2 else None).pk for n in range(50)]
    seen, before = [], ""
    client.force_login(cecilia)
    for _ in range(3):
        context = client.get("/", {"before": before}).context
        seen += [card.id for card in context["cards"]]
        before = context["older"]
    assert seen == made[::-1]
    assert not before


def test_five_cards_cost_what_twenty_do(
    client: Client, house: dict[str, Any], cecilia: Person, bjorn: Person, rust: Group
) -> None:
    for target in (bjorn, Topic.objects.create(slug="rost", name="rost"), update(bjorn, "followed")):
        Follow.set(cecilia, target)
    for target in (Topic.objects.create(slug="fika", name="fika"), update(bjorn, "muted")):
        Mute.set(cecilia, target)
    cecilia.end_first_steps()
    client.force_login(cecilia)
    costs = []
    for more in (range(4), range(4, 30)):
        for n in more:
            writer = Person.objects.create(handle=f"w{n}", name=f"Writer {n}", email=f"w{n}@example.org")
            Reply.write(by=writer, post=update(writer, "#rost", group=rust, with_authors=[bjorn]), body="<p>well</p>")
        client.get("/")
        with CaptureQueriesContext(connection) as caught:
            client.get("/")
        costs.append(len(caught))
    assert costs[0] >= costs[1]
    assert costs[1] <= 32, "bench/README.md tells what each costs"

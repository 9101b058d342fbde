"""The number of queries does not grow with what is shown."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from traff.community.groups.models import Group
from traff.community.people.models import Profile
from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Seat
from traff.sharing.content.cards import Card, cards
from traff.sharing.content.models import Post, Reaction, Reply, Reuse
from traff.sharing.content.paging import page_of


def author(n: int, house: dict[str, Any]) -> Person:
    who = Person.objects.create(handle=f"writer{n}", name=f"Writer {n}", email=f"writer{n}@example.org")
    Seat.give(who, unit=house["mine"], place=house["Kiruna"])
    Profile.objects.update_or_create(person=who, defaults={"title": "Fitter"})
    return who


def write(n: int, house: dict[str, Any], group: Group | None = None) -> Post:
    one, other = author(2 * n, house), author(2 * n + 1, house)
    if group:
        group.audience.add(one)
    kind = ("update", "question", "case", "article")[n % 4]
    post = Post.publish(
        by=one,
        kind=kind,
        title=f"Title {n}",
        body="<p>body #rust</p>",
        group=group,
        with_authors=[other],
        case={"reuse": "<p>x</p>"},
    )
    reply = Reply.write(by=other, post=post, body="<p>an answer</p>")
    Reaction.give(by=other, to=post)
    Reaction.give(by=one, to=reply)
    return post


def cost(call: Any) -> int:
    with one_look(), CaptureQueriesContext(connection) as caught:  # as within a request
        call()
    return len(caught)


@pytest.fixture
def group(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Rust")


def test_cards_cost_the_same_however_many(house: dict[str, Any], astrid: Person, group: Group) -> None:
    def show() -> list[Card]:
        return cards(page_of(Post.objects.visible_to(astrid), size=100).posts, astrid)

    costs = []
    for more in (range(5), range(5, 25)):
        for n in more:
            write(n, house, group)
        costs.append(cost(show))
    assert len(show()) == 25
    assert costs[0] == costs[1] <= 11


def test_a_post_with_five_replies_costs_what_one_with_fifty_does(client: Client, house: dict[str, Any], astrid: Person) -> None:
    post = write(2, house)
    client.force_login(astrid)
    client.get(post.get_absolute_url())
    costs = []
    for more in (range(10, 15), range(15, 65)):
        for n in more:
            who = author(n, house)
            Reaction.give(by=who, to=Reply.write(by=who, post=post, body="<p>another</p>"))
            Reuse.tell(by=who, post=post, note="for the mill")
        client.get(post.get_absolute_url())  # the names that link are read anew when the house has grown
        costs.append(cost(lambda: client.get(post.get_absolute_url())))
    assert costs[1] <= costs[0] + 2, "more reuses than are named are counted, and one's own is looked for"


@pytest.mark.parametrize("where", ["/cases/", "/questions/"])
def test_lists_cost_the_same_however_long(client: Client, house: dict[str, Any], astrid: Person, where: str) -> None:
    client.force_login(astrid)
    costs = []
    for more in (range(8), range(8, 40)):
        for n in more:
            write(n, house)
        costs.append(cost(lambda: client.get(where)))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("place", ["group", "person", "topic"])
def test_slots_cost_the_same_however_full(
    client: Client, house: dict[str, Any], astrid: Person, cecilia: Person, group: Group, place: str
) -> None:
    from traff.community.topics.models import Topic

    client.force_login(astrid)
    costs = []
    for more in (range(8), range(8, 30)):
        for n in more:
            post = write(n, house, group)
            post.attribute([cecilia])
        where = {"group": group, "person": cecilia, "topic": Topic.objects.get(slug="rust")}[place]
        response = client.get(where.get_absolute_url())
        costs.append(cost(lambda where=where: client.get(where.get_absolute_url())))
    assert response.content.decode().count('<article class="card post') == 20
    assert costs[0] == costs[1]

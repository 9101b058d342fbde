"""What a page asks of the database is bounded, whatever stands on it; bench/README.md tells what a query costs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from traff.community.groups.models import Group
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reaction, Reply
from traff.sharing.customers.models import Acquaintance, Customer
from traff.sharing.customers.registering import take_over
from traff.sharing.openings.models import Opening


def asked(client: Client, address: str) -> int:
    """Queries of a second visit; one of them is the bell's count."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.fixture
def busy(astrid: Person, bjorn: Person, cecilia: Person) -> dict[str, Any]:
    """A group with posts, a thread with replies, thanks all over."""
    group = Group.start(by=bjorn, name="Drills")
    group.join(astrid)
    posts = [Post.publish(by=bjorn, kind="update", body=f"<p>Drill {n} #bits</p>", group=group) for n in range(8)]
    for n in range(8):
        reply = Reply.write(by=(astrid, cecilia)[n % 2], post=posts[0], body=f"<p>Reply {n}</p>")
        Reaction.give(by=bjorn, to=reply)
        Reaction.give(by=cecilia, to=posts[n])
    mill = Customer(name="Drill mill")
    take_over([mill])
    said = {"kind": "sold", "since": 2020, "until": None, "text": "", "reach": "named", "asks_first": False}
    for person in (bjorn, cecilia):
        Acquaintance.tell(by=person, of=mill, audience=Audience.objects.everyone(), **said)
    offered = Opening.publish(by=bjorn, group=group, topics=["bits"], title="Drill", building="A", help_needed="B", extent="full")
    return {
        "customer": mill.get_absolute_url(),
        "customers": "/customers/",
        "opening": offered.get_absolute_url(),
        "openings": "/openings/",
        "home": "/",
        "group": group.get_absolute_url(),
        "post": posts[0].get_absolute_url(),
        "person": bjorn.get_absolute_url(),
    }


# Every page asks what is new in the bell and in conversations; home asks too whether a meeting is over and not spoken of, which
# openings reach one, which colleagues approach a customer one knows, and whose question waits. A post asks what gave whom an idea
# and which customers its thread names, a person what they have lived with some, a group what it offers.
# A customer looks around once, asks who may be asked and who is here, and shows what is written of it.
# A list asks which pictures hang on its posts.
BOUNDS = {
    "home": 31, "post": 26, "group": 20, "person": 26, "customer": 21, "customers": 8, "opening": 11, "openings": 9,
}  # fmt: skip


@pytest.mark.parametrize(("page", "most"), BOUNDS.items())
def test_a_page_asks_so_much_at_most(client: Client, astrid: Person, busy: dict[str, Any], page: str, most: int) -> None:
    astrid.end_first_steps()  # while they stand they ask four things more of home, and nothing afterwards: test_first_steps.py
    client.force_login(astrid)
    assert asked(client, busy[page]) <= most

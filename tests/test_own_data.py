"""A copy of all that is one's own: a rare word of each sort is in it, nothing of others, and only for the person."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from traff.attention.following.models import Follow, Mute
from traff.community.groups.models import Group
from traff.community.people.models import Profile
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.audit.models import AuditRecord
from traff.heart.matching.interest import Leaning
from traff.heart.matching.listening import Listening
from traff.sharing.content.models import Draft, Post, Reaction, Reply, Reuse, Vote
from traff.sharing.conversations.models import Conversation
from traff.sharing.customers.models import Acquaintance, Approach, Customer
from traff.sharing.customers.registering import take_over, take_over_walls
from traff.sharing.openings.models import Opening, Saved, Wish

FOREIGN, PROMISED = "främmandeord", "löftesord"


def taken(client: Client) -> dict[str, Any]:
    answer = client.post("/me/data/")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with ZipFile(BytesIO(answer.getvalue())) as archive:
        assert archive.testzip() is None
        return {name.removesuffix(".json"): json.loads(archive.read(name)) for name in archive.namelist() if name != "README.txt"}


@pytest.fixture
def at() -> Callable[[Person], Client]:
    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


def of_customers(astrid: Person, bjorn: Person) -> None:
    """One that she knows, and one that has been walled from her since."""
    mill, walled = Customer(name="Rarkund"), Customer(name=f"{FOREIGN} AB")
    take_over([mill, walled])
    said = {"kind": "sold", "since": 2020, "until": None, "asks_first": False, "reach": "named", "audience": mill.audience}
    Acquaintance.tell(by=astrid, of=mill, text="rarkännedom", **said)
    Acquaintance.tell(by=astrid, of=walled, text="raravskärmat", **said)
    Approach.begin(by=astrid, customer=mill, text="rarkundmöte", audience=mill.audience)
    Approach.begin(by=bjorn, customer=mill, text=FOREIGN, audience=mill.audience).give_tip(by=astrid, text="rartips")
    take_over_walls([(walled, [bjorn])])


def test_everything_of_ones_own_and_nothing_of_others(at: Any, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    profile = Profile.of(astrid)
    profile.about = "rarprofil"
    profile.tell(topics=[Topic.objects.named("rartämne")])
    theirs = Post.publish(by=bjorn, kind="case", title=FOREIGN, case={"reuse": f"<p>{FOREIGN}</p>"})
    idea = Post.publish(by=bjorn, kind="idea", title=f"{FOREIGN} idea")
    closed = Group.start(by=astrid, name="Rargrupp", purpose="x", is_open=False)
    Post.publish(by=astrid, kind="update", body="<p>rartinlägg</p>", group=closed)
    Post.publish(by=astrid, kind="case", title="rarttitel", case={"reuse": "<p>rarnytta</p>"})
    Post.publish(by=astrid, kind="update", body="<p>rarborttaget</p>").withdraw(by=astrid)
    Reply.write(by=astrid, post=theirs, body="<p>rartsvar</p>")
    Reply.write(by=bjorn, post=theirs, body=f"<p>{FOREIGN}</p>")
    Reaction.give(by=astrid, to=theirs)
    Reuse.tell(by=astrid, post=theirs, note="raranteckning")
    Vote.give(by=astrid, idea=idea.idea)
    Draft.objects.create(author=astrid, fields={"body": "rartutkast"})
    Draft.objects.create(author=bjorn, fields={"body": FOREIGN})
    talk = Conversation.between(astrid, [bjorn])
    talk.say(astrid, "<p>rartmeddelande</p>")
    talk.say(bjorn, f"<p>{FOREIGN}</p>")
    of_customers(astrid, bjorn)
    Listening.start(by=astrid, words="rarlyssning")
    Leaning.objects.create(person=astrid, own_words="rartintresse")
    Follow.set(astrid, bjorn)
    Mute.set(astrid, cecilia)
    Opening.publish(by=astrid, title="rarmöjlighet", building="b", help_needed="h", extent="full")
    promised(astrid, bjorn)
    found = taken(at(astrid))
    said = json.dumps(found, ensure_ascii=False)
    for word in (
        "rarprofil", "rartämne", "Rargrupp", "rartinlägg", "rarttitel", "rarnytta", "rarborttaget", "rartsvar", "raranteckning",
        "rartutkast", "rartmeddelande", "rarlyssning", "rartintresse", "rarmöjlighet",
        "rarkännedom", "raravskärmat", "Rarkund", "rarkundmöte", "rartips",
    ):  # fmt: skip
        assert word in said, word
    assert found["thanks"] and found["ideas"] == [{**found["ideas"][0], "voted_for": f"/posts/{idea.pk}/"}]
    assert [row["name"] for row in found["follows"]] == [bjorn.name]
    assert [row["name"] for row in found["mutes"]] == [cecilia.name]
    assert FOREIGN not in said
    assert PROMISED not in said


def test_a_result_that_somebody_else_told_anew_is_theirs(at: Any, astrid: Person, bjorn: Person) -> None:
    idea = Post.publish(by=astrid, kind="idea", title="En släde").idea
    idea.take_on(by=bjorn)
    idea.move(by=astrid, stage="result", result="<p>rartresultat</p>")
    assert "rartresultat" in str(taken(at(astrid))["ideas"])
    idea.move(by=bjorn, stage="result", result=f"<p>{FOREIGN}</p>")
    assert FOREIGN not in str(taken(at(astrid))["ideas"])
    assert FOREIGN in str(taken(at(bjorn))["ideas"])


def promised(astrid: Person, bjorn: Person) -> None:
    """What openings promise to show nowhere else stands in no file."""
    saved = Opening.publish(by=bjorn, title=PROMISED, building="b", help_needed="h", extent="full")
    Saved.keep(by=astrid, opening=saved)
    Wish.state(by=astrid, words=PROMISED)


def test_what_was_written_with_others_in_a_group_one_has_left_stays_there(at: Any, astrid: Person, bjorn: Person) -> None:
    group = Group.start(by=bjorn, name="Ekgruppen", purpose="x", is_open=False)
    group.audience.add(astrid)
    Post.publish(by=bjorn, kind="article", title="Vår", body="<p>tillsammansord</p>", group=group, with_authors=[astrid])
    Post.publish(by=astrid, kind="update", body="<p>ensamord</p>", group=group)
    assert "tillsammansord" in json.dumps(taken(at(astrid)))
    group.leave(astrid)
    said = json.dumps(taken(at(astrid)))
    assert "ensamord" in said
    assert "tillsammansord" not in said


def test_it_is_for_the_person_alone_and_told_in_their_record(at: Any, astrid: Person) -> None:
    client = at(astrid)
    assert client.get("/me/data/").status_code == 405  # no link and no mail scanner takes it
    taken(client)
    assert AuditRecord.objects.about("person", astrid.pk).filter(verb="own_data.taken", actor_id=astrid.pk).count() == 1
    assert "Du laddade ner en kopia av allt som är ditt" in client.get("/me/").content.decode()
    session = client.session
    session["impersonated"] = astrid.name
    session.save()
    assert client.post("/me/data/").status_code == 404
    assert Client().post("/me/data/").status_code == 302


def test_it_is_not_taken_again_and_again(at: Any, astrid: Person) -> None:
    client = at(astrid)
    answers = [client.post("/me/data/") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    for answer in answers:
        answer.close()


def test_my_page_tells_what_is_written_and_where_it_stands(at: Any, astrid: Person, bjorn: Person) -> None:
    theirs = Post.publish(by=bjorn, kind="case", title="En pump som höll", case={"reuse": "<p>x</p>"})
    Reuse.tell(by=astrid, post=theirs, note="till hissen")
    page = at(astrid).get("/me/").content.decode()
    mine = page[page.index('id="my-writing"') : page.index('id="taking"')]
    assert "En pump som höll" in mine and "till hissen" in mine
    assert reverse("own_data") in page

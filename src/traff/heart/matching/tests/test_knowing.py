"""Who knows about a matter: who wrote of it or solved it, then who says so; who only asked or passed by is not taken for one."""

from typing import Any

import pytest
from django.utils import translation

from traff.community.people.models import Profile
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.core.everyday_words import tells
from traff.ground.organisation.models import Seat
from traff.ground.search import findable
from traff.heart.matching.suggest import look_for
from traff.heart.matching.tests.told import GLYCOL, article, colleague, everyday, offered, question, solved
from traff.heart.matching.ties import familiar
from traff.heart.matching.who import who
from traff.sharing.content.models import Post, Reply
from traff.sharing.conversations.models import Conversation


@pytest.fixture(autouse=True)
def a_house_where_people_write(house: dict[str, Any], cecilia: Person) -> None:
    everyday(cecilia)


def named(asker: Person, text: str) -> list[str]:
    return [knower.person.handle for knower in who(asker, text)]


def test_deeds_count_in_their_order(astrid: Person) -> None:
    writer, solver, sayer, guest_of_thread, asker = (colleague(name) for name in ("writer", "solver", "sayer", "passer", "asker"))
    loop = article(writer, "A glycol loop", GLYCOL)
    Reply.write(by=guest_of_thread, post=loop, body="<p>Glycol, how nice.</p>")
    solved(
        question(asker, "Which glycol for a loop?", "The glycol in our loop turned brown."), by=solver, answer="Change it yearly."
    )
    Profile.of(sayer).tell(topics=[Topic.objects.named("glycol")])
    found = who(astrid, "glycol loop")
    handles = [knower.person.handle for knower in found]
    assert handles[0] == "writer" and "asker" not in handles, "who only asks does not know"
    assert handles.index("solver") < handles.index("sayer") if "sayer" in handles else "passer" not in handles
    with translation.override("sv"):
        deeds = {knower.person.handle: str(knower.evidence[0].deed) for knower in found}
    assert deeds["writer"] == "skrev det" and deeds["solver"] == "gav svaret som löste det"


def test_what_one_says_of_oneself_stands_last_and_only_where_there_are_few_deeds(astrid: Person) -> None:
    busy, newer = colleague("busy"), colleague("newer")
    for who_knows, deeds in ((busy, 3), (newer, 1)):
        for number in range(deeds):
            Reply.write(by=who_knows, post=question(colleague(f"asks{who_knows.pk}{number}"), "Glycol?"), body=f"<p>{GLYCOL}</p>")
        Profile.of(who_knows).tell(topics=[Topic.objects.named("glycol")])
    shown = {knower.person.handle: [str(piece.deed) for piece in knower.evidence] for knower in who(astrid, "glycol")}
    assert len(shown["busy"]) == 3 and all(shown["busy"]), "what was done, three times"
    assert len(shown["newer"]) == 2 and shown["newer"][0] and not shown["newer"][1], "then what is declared"


def test_nobody_is_named_by_anothers_words(astrid: Person, bjorn: Person) -> None:
    passer = colleague("passer")
    loop = article(bjorn, "A glycol loop", GLYCOL)
    Reply.write(by=passer, post=loop, body="<p>What do you do with the bicycles?</p>")
    assert named(astrid, "glycol") == ["bjorn"]


def test_how_often_somebody_answers_has_no_say(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    busy = colleague("busy")
    for number in range(6):
        Reply.write(by=busy, post=question(cecilia, f"Bicycles {number}", "Where do they go?"), body="<p>To the yard.</p>")
    article(bjorn, "A glycol loop", GLYCOL)
    Reply.write(by=busy, post=article(cecilia, "Frozen valves", "Frozen valves in the yard."), body="<p>Try glycol.</p>")
    assert named(astrid, "glycol")[0] == "bjorn"


def test_ones_own_unit_and_whom_one_mentions_come_unasked_no_more(astrid: Person, bjorn: Person) -> None:
    near = colleague("disa", unit=Seat.objects.get(person=astrid).unit)
    for author in (near, bjorn):
        article(author, f"A glycol loop by {author.name}", GLYCOL)
    Post.publish(by=astrid, kind="update", body="<p>The valves freeze every winter. Would a loop of glycol keep them warm?</p>")
    look_for(astrid)
    assert offered(astrid, "reuse") == [("reuse", f"A glycol loop by {bjorn.name}")]
    Post.publish(by=astrid, kind="update", body=f'<p>Ask <a href="/people/bjorn/">@{bjorn.name}</a> of it.</p>')
    look_for(astrid)
    assert offered(astrid, "reuse") == []


@pytest.mark.parametrize(
    "word", ["nionde", "mätte", "percent", "around", "listen", "själva", "resten", "styck", "värsta", "lagade"]
)
def test_words_that_tell_nothing(word: str) -> None:
    assert not tells(word)


@pytest.mark.parametrize(
    "word", ["korrosion", "welding", "förtroende", "facade", "speed", "assembly", "palette", "kran", "givare"]
)
def test_words_that_tell(word: str) -> None:
    assert tells(word)


def test_a_part_of_a_compound_tells_only_when_it_is_a_word_of_its_own() -> None:
    assert not tells("stad", is_part=True) and tells("referens", is_part=True)


def test_who_talks_with_somebody_is_no_stranger(astrid: Person, bjorn: Person) -> None:
    assert familiar(astrid, [bjorn.pk]) == set()
    Conversation.between(astrid, [bjorn])
    assert familiar(astrid, [bjorn.pk]) == {bjorn.pk} and familiar(bjorn, [astrid.pk]) == {astrid.pk}


def test_what_one_says_of_oneself_on_a_sensitive_matter_is_no_evidence(astrid: Person) -> None:
    union = Topic.objects.create(slug="union", name="union", name_sv="fackligt", is_sensitive=True)
    findable.index("topic", union)
    for handle, about in (("rep", "Union work for twenty years"), ("pumper", "Impellers for twenty years")):
        profile = Profile.of(colleague(handle))
        profile.about = about
        profile.tell(topics=[])
    assert named(astrid, "impellers") == ["pumper"]
    assert named(astrid, "union") == []


def test_nor_is_a_matter_whose_name_has_several_words(astrid: Person) -> None:
    union = Topic.objects.create(slug="trade-union", name="trade union", name_sv="facklig förening", is_sensitive=True)
    findable.index("topic", union)
    for handle, about in (("rep", "Trade union work for twenty years"), ("trader", "Trade in impellers for twenty years")):
        profile = Profile.of(colleague(handle))
        profile.about = about
        profile.tell(topics=[])
    assert named(astrid, "trade union") == []
    assert named(astrid, "trade") == ["rep", "trader"], "one word of it alone says nothing of the matter"

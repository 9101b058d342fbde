"""M1 while one writes: a half-written question meets a colleague's work with its reason, and what is typed is kept nowhere."""

import logging
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.activity.models import Event
from traff.ground.audit.models import AuditRecord
from traff.ground.core.markup import to_text
from traff.heart.matching.models import Looked, Suggestion
from traff.heart.matching.reuse import Panel, panel_for
from traff.heart.matching.tests.told import GLYCOL, QUESTION, article, case, circle, colleague, everyday, question, solved
from traff.sharing.content.models import Draft, Post, Reply

UNHEARD = "Who has borrowed the long ladder that stood behind the stage last Tuesday?"
TYPED = {"title": "", "body": QUESTION}


@pytest.fixture(autouse=True)
def a_house_where_people_write(cecilia: Person) -> None:
    everyday(cecilia)


def titles(person: Person, text: str = QUESTION, title: str = "") -> list[str]:
    return [offer.post["title"] for offer in panel_for(person, title, text).offers]


def shown(client: Client, person: Person, **typed: str) -> str:
    client.force_login(person)
    return client.post("/panel/", typed or TYPED).content.decode()


def test_a_half_written_question_meets_a_distant_colleagues_case_with_its_reason(
    client: Client, astrid: Person, bjorn: Person
) -> None:
    made = case(bjorn)
    (offer,) = panel_for(astrid, "", QUESTION).offers
    assert offer.post["title"] == made.title
    assert offer.face.name == bjorn.name
    assert {"valves", "glycol", "loop"} <= set(offer.reasons)
    assert "<mark>glycol</mark>" in offer.sentence
    html = shown(client, astrid)
    assert made.title in html and "Björn Ståhl" in html and made.get_absolute_url() in html
    assert "Tampere" in html and '<b class="term">glycol</b>' in html


def test_telling_of_a_reuse_is_one_step_away_and_open_questions_are_not_reused(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    made, asked = case(bjorn), question(cecilia)

    def urls() -> dict[str, str]:
        return {offer.post["title"]: offer.reuse_url for offer in panel_for(astrid, "", QUESTION).offers}

    reply = Reply.write(by=bjorn, post=asked, body="<p>Who is asking?</p>")
    assert urls() == {made.title: f"/posts/{made.pk}/reuse/", asked.title: ""}, "a reply alone has not answered it"
    asked.question.accept(reply, by=cecilia)
    assert urls()[asked.title] == f"/posts/{asked.pk}/reuse/"


def test_the_name_of_a_colleague_one_speaks_to_is_no_reason(astrid: Person, bjorn: Person) -> None:
    """The thread names her too; what it has in common with the question is the matter, not her."""
    article(bjorn, "The glycol loop on the roof", f"Cecilia Vanttinen held the torch. {GLYCOL}")
    (offer,) = panel_for(astrid, "", f"@Cecilia Vanttinen: {QUESTION}").offers
    assert "glycol" in offer.reasons
    assert not {"cecilia", "vanttinen"} & set(offer.reasons)


def test_nothing_fits_and_the_draft_listens(client: Client, astrid: Person, bjorn: Person) -> None:
    """No card, no scolding: one quiet line, and none before there is enough to tell."""
    case(bjorn)
    assert panel_for(astrid, "", UNHEARD) == Panel()
    told = shown(client, astrid, body=UNHEARD)
    assert 'href="/listening/"' in told and "<article" not in told
    assert not to_text(shown(client, astrid, body=UNHEARD[:40])).strip()


def test_a_line_beneath_the_words_leads_to_what_was_found(client: Client, astrid: Person, bjorn: Person) -> None:
    """On a phone the panel stands further down: who never scrolls there is told."""
    case(bjorn)
    told = shown(client, astrid)
    assert (
        'id="panel-told" hx-swap-oob="true"' in told and "1 kollega har varit med om det här" in told and 'href="#panel"' in told
    )
    client.force_login(astrid)
    page = client.get("/write/?kind=question").content.decode()
    assert page.count('id="panel-told"') == 1 and 'href="#panel"' not in page


def test_cases_first_then_earlier_work_then_people(client: Client, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    article(cecilia, "Frozen valves and glycol", GLYCOL)
    article(colleague("disa"), "Valves that froze", GLYCOL)
    case(bjorn, "Loop for valves")
    told = shown(client, astrid)
    places = [told.index(word) for word in ("Erfarenheter", "Loop for valves", "Tidigare arbeten", "Frozen valves and glycol")]
    assert places == sorted(places)
    assert "sparas ingen annanstans" in told


def test_a_text_too_short_to_tell_finds_nothing(astrid: Person, bjorn: Person) -> None:
    case(bjorn)
    assert panel_for(astrid, "Valves", "glycol") == Panel()


def test_a_case_comes_before_a_plain_thread_that_says_the_same(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    article(cecilia, "Glycol loops for frozen valves", GLYCOL)
    case(bjorn)
    assert titles(astrid) == ["A glycol loop for frozen valves", "Glycol loops for frozen valves"]


def test_a_solved_question_comes_before_an_open_one(
    house: dict[str, Any], astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    open_one = colleague("disa", unit=house["paper"], place=house["Tampere"])
    question(open_one, "Valves and glycol, one", GLYCOL)
    solved(question(bjorn, "Valves and glycol, two", GLYCOL), by=cecilia)
    assert titles(astrid)[0] == "Valves and glycol, two"


def test_an_author_is_met_once(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    case(bjorn)
    case(bjorn, "Frozen valves: the loop of glycol in its second winter")
    case(cecilia, "Frozen valves kept warm with glycol", GLYCOL)
    names = [offer.face.name for offer in panel_for(astrid, "", QUESTION).offers]
    assert sorted(names) == sorted({bjorn.name, cecilia.name})


def test_ones_own_posts_are_never_offered(astrid: Person, bjorn: Person) -> None:
    case(astrid)
    case(bjorn, "With Björn: glycol and valves", with_authors=[astrid])
    assert panel_for(astrid, "", QUESTION) == Panel()


def test_a_guest_meets_only_what_a_guest_reads(astrid: Person, bjorn: Person, gosta: Person) -> None:
    case(bjorn)
    assert panel_for(gosta, "", QUESTION) == Panel()
    inside = case(bjorn, "Glycol for guests", group=circle(bjorn, gosta, is_open=True))
    assert titles(gosta) == [inside.title]
    assert {e.face.name for e in panel_for(gosta, "", QUESTION).experts} <= {bjorn.name}


def test_those_who_have_left_are_still_built_on(client: Client, astrid: Person, bjorn: Person) -> None:
    made = case(bjorn)
    bjorn.leave()
    panel = panel_for(astrid, "", QUESTION)
    assert [offer.post["title"] for offer in panel.offers] == [made.title]
    assert panel.offers[0].face.has_left
    assert panel.experts == []


def test_of_two_authors_the_one_who_is_here_is_met(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    case(bjorn, with_authors=[cecilia])
    bjorn.leave()
    (offer,) = panel_for(astrid, "", QUESTION).offers
    assert offer.face.name == cecilia.name


def test_a_closed_circles_work_is_met_by_its_members_alone(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, albin: Person
) -> None:
    closed = circle(bjorn, cecilia)
    case(bjorn, group=closed)
    assert titles(cecilia) == ["A glycol loop for frozen valves"]
    for outsider in (astrid, albin):
        assert panel_for(outsider, "", QUESTION) == Panel()
        assert "<article" not in shown(client, outsider)
    closed.leave(cecilia)
    assert panel_for(cecilia, "", QUESTION) == Panel()


def test_withdrawn_closed_and_withheld_work_is_gone_at_once(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    withdrawn, withheld = case(bjorn), case(cecilia, "Glycol in the valves")
    group = circle(colleague("disa"), is_open=True)
    case(group.stewards().get(), "Valves, glycol, a loop", group=group)
    assert len(titles(astrid)) == 3
    withdrawn.withdraw(by=bjorn)
    withheld.keep_from_evidence(by=cecilia, is_evidence=False)
    assert titles(astrid) == ["Valves, glycol, a loop"]
    group.close(by=group.stewards().get())
    assert panel_for(astrid, "", QUESTION) == Panel()


def test_who_objects_is_not_suggested_in_that_moment(astrid: Person, bjorn: Person) -> None:
    case(bjorn)
    Objection.objects.create(person=bjorn, moment=Moment.STRANGER)
    assert len(titles(astrid)) == 1
    Objection.objects.create(person=bjorn, moment=Moment.REUSE)
    Objection.objects.create(person=bjorn, moment=Moment.WHO)
    assert panel_for(astrid, "", QUESTION) == Panel()
    bjorn.leave()
    assert panel_for(astrid, "", QUESTION) == Panel(), "who objected and then left is still not suggested"


@pytest.mark.parametrize("who_blocks", ["astrid", "bjorn"])
def test_a_block_parts_both_ways(astrid: Person, bjorn: Person, who_blocks: str) -> None:
    case(bjorn)
    case(astrid, "Warm valves with glycol")
    pair = {"astrid": (astrid, bjorn), "bjorn": (bjorn, astrid)}[who_blocks]
    Block.objects.create(blocker=pair[0], blocked=pair[1])
    assert panel_for(astrid, "", QUESTION) == Panel()
    assert panel_for(bjorn, "", QUESTION) == Panel()


def test_a_protected_person_is_not_suggested(astrid: Person, preben: Person) -> None:
    case(preben)
    assert panel_for(astrid, "", QUESTION) == Panel()


def test_sensitive_matters_are_never_met_nor_a_reason(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    union = Topic.objects.create(slug="union", name="union", name_sv="fackligt", is_sensitive=True)
    case(bjorn, topics=[union])
    case(cecilia, "Glycol loops and valves", group=circle(cecilia, is_open=True, is_sensitive=True))
    assert panel_for(astrid, "", f"{QUESTION} #union") == Panel()


def test_what_is_typed_is_kept_nowhere(client: Client, astrid: Person, bjorn: Person, caplog: pytest.LogCaptureFixture) -> None:
    case(bjorn)
    caplog.set_level(logging.DEBUG, logger="django.request")
    caplog.set_level(logging.DEBUG, logger="traff")
    client.force_login(astrid)

    def kept() -> list[int]:
        everything = [Post, Suggestion, Event]
        counts = [model.objects.unrestricted("test").count() for model in everything]
        return [*counts, Draft.objects.count(), Looked.objects.count(), AuditRecord.objects.count()]

    before = kept()
    response = client.post("/panel/", {"title": "Zirkonium", "body": f"{QUESTION} Zirkonium?"})
    assert "A glycol loop" in response.content.decode()
    assert "zirkonium" not in response.content.decode().lower()
    assert "no-store" in response["Cache-Control"]
    assert kept() == before
    assert "zirkonium" not in caplog.text.lower()


def test_the_panel_is_asked_by_post_and_by_somebody(client: Client, astrid: Person) -> None:
    response = client.post("/panel/", TYPED)
    assert response.status_code == 302 and "/accounts/login/" in response["Location"]
    client.force_login(astrid)
    assert client.get("/panel/", TYPED).status_code == 405


def test_adding_closed_content_leaves_an_outsiders_panel_identical(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)  # age is part of the score
    case(bjorn)
    case(cecilia, "Valves kept warm with glycol", GLYCOL)
    closed = circle(bjorn, cecilia)  # that it exists is known to all
    page = shown(client, astrid)
    before = panel_for(astrid, "", QUESTION)
    for number in range(4):
        case(cecilia, f"Closed glycol {number}", f"{GLYCOL} {QUESTION}", group=closed)
    solved(question(bjorn, "Closed valves", group=closed), by=cecilia, answer=GLYCOL)
    assert panel_for(astrid, "", QUESTION) == before
    assert shown(client, astrid) == page
    assert len(titles(bjorn)) == 1  # a member meets it

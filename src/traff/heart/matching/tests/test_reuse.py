"""M1 by itself: one's own open question listens for a month, and home shows what was found; on a post's page others' work."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.heart.matching.models import Suggestion
from traff.heart.matching.reuse import beside, listening
from traff.heart.matching.suggest import look_for, standing_for
from traff.heart.matching.tests.told import (
    QUESTION,
    aged,
    article,
    case,
    circle,
    colleague,
    everyday,
    heard,
    offered,
    question,
    solved,
)  # fmt: skip
from traff.sharing.content.models import Post, Question

REUSE = str(Moment.REUSE)


@pytest.fixture(autouse=True)
def a_house_where_people_write(cecilia: Person) -> None:
    everyday(cecilia)


def cards(person: Person) -> list[str]:
    return [meeting.post["title"] for meeting in standing_for(person)]


def home(client: Client, person: Person) -> str:
    client.force_login(person)
    return client.get("/").content.decode()


def aside(client: Client, person: Person, post: Post) -> str:
    """What comes to stand beside a post: the page says where it is fetched."""
    client.force_login(person)
    address = reverse("beside", args=[post.pk])
    assert f'hx-get="{address}"' in client.get(post.get_absolute_url()).content.decode()
    html = client.get(address, headers={"HX-Request": "true"}).content.decode()
    return html[html.index('class="beside') :] if 'class="beside' in html else ""


def test_an_open_question_gets_a_card_when_somebody_publishes_what_fits(client: Client, astrid: Person, bjorn: Person) -> None:
    asked = question(astrid)
    heard(asked)
    assert "A glycol loop" not in home(client, astrid)
    made = case(bjorn)
    heard(made)
    assert offered(astrid, REUSE) == [(REUSE, made.title)]
    (card,) = standing_for(astrid)
    assert asked.title in card.lead
    assert {"valves", "glycol"} <= set(card.reasons)
    html = home(client, astrid)
    assert made.title in html and "Björn Ståhl" in html
    assert offered(bjorn, REUSE) == [], "the giver is told nothing of who asks"
    assert asked.title not in "".join(meeting.lead for meeting in standing_for(bjorn))


def test_a_question_meets_at_once_what_stands_already(astrid: Person, bjorn: Person) -> None:
    made = case(bjorn)
    heard(question(astrid))
    assert cards(astrid) == [made.title]


def test_heard_twice_it_is_one_card(astrid: Person, bjorn: Person) -> None:
    question(astrid)
    made = case(bjorn)
    heard(made)
    heard(made)
    look_for(astrid)
    assert offered(astrid, REUSE) == [(REUSE, made.title)]


def test_an_accepted_answer_ends_the_listening(client: Client, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    asked = question(astrid)
    heard(case(bjorn))
    assert cards(astrid)
    solved(asked, by=cecilia)
    assert cards(astrid) == []
    assert "A glycol loop" not in home(client, astrid).split("<h1")[0]
    heard(case(colleague("disa"), "Glycol in a loop of valves"))
    assert len(offered(astrid, REUSE)) == 1
    Question.objects.unrestricted("test").get(post=asked).unaccept(by=astrid)
    assert cards(astrid)


def test_a_question_older_than_a_month_listens_no_longer(astrid: Person, bjorn: Person) -> None:
    asked = aged(question(astrid), days=29)
    assert [entry.subject_id for entry in listening(astrid)] == [asked.pk]
    aged(asked, days=31)
    heard(case(bjorn))
    look_for(astrid)
    assert listening(astrid) == [] and offered(astrid, REUSE) == []


def test_an_update_listens_too_and_an_article_does_not(astrid: Person, bjorn: Person) -> None:
    article(astrid, "An article", QUESTION)
    assert listening(astrid) == []
    Post.publish(by=astrid, kind="update", body=f"<p>{QUESTION}</p>")
    heard(case(bjorn))
    assert len(offered(astrid, REUSE)) == 1


def test_a_question_on_a_sensitive_matter_is_no_reason(client: Client, astrid: Person, bjorn: Person) -> None:
    union = Topic.objects.create(slug="union", name="union", name_sv="fackligt", is_sensitive=True)
    asked = question(astrid, topics=[union])
    heard(asked)
    heard(case(bjorn))
    assert listening(astrid) == [] and offered(astrid) == []
    assert aside(client, astrid, asked) == ""


def test_a_closed_circles_case_reaches_its_members_alone(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, gosta: Person
) -> None:
    everybody_asks = [question(astrid), question(cecilia, "Valves again")]
    closed = circle(bjorn, cecilia)
    heard(case(bjorn, group=closed))
    assert offered(cecilia, REUSE) == [(REUSE, "A glycol loop for frozen valves")]
    assert offered(astrid) == []
    for reader in (astrid, gosta):
        assert "A glycol loop" not in home(client, reader)
    assert "A glycol loop" not in aside(client, astrid, everybody_asks[1])
    assert "A glycol loop" in aside(client, cecilia, everybody_asks[0])
    closed.leave(cecilia)
    assert cards(cecilia) == []
    assert "A glycol loop" not in home(client, cecilia)
    assert "A glycol loop" not in aside(client, cecilia, everybody_asks[0])


def test_withdrawn_it_is_gone_at_once_and_for_good(client: Client, astrid: Person, bjorn: Person) -> None:
    question(astrid)
    made = case(bjorn)
    heard(made)
    assert cards(astrid)
    made.withdraw(by=bjorn)
    assert not Suggestion.objects.unrestricted("test").exists()
    assert "A glycol loop" not in home(client, astrid)


def test_withheld_from_evidence_it_is_no_longer_offered(astrid: Person, bjorn: Person) -> None:
    question(astrid)
    made = case(bjorn)
    heard(made)
    made.keep_from_evidence(by=bjorn, is_evidence=False)
    assert cards(astrid) == []
    made.keep_from_evidence(by=bjorn, is_evidence=True)
    assert cards(astrid) == [made.title]


def test_an_open_group_that_closes_takes_its_cases_along(client: Client, astrid: Person, bjorn: Person) -> None:
    question(astrid)
    group = circle(bjorn, is_open=True)
    heard(case(bjorn, group=group))
    assert cards(astrid)
    group.close(by=bjorn)
    assert cards(astrid) == []
    assert "A glycol loop" not in home(client, astrid)


def test_edited_it_says_what_it_says_now(astrid: Person, bjorn: Person) -> None:
    question(astrid)
    made = case(bjorn)
    heard(made)
    (before,) = standing_for(astrid)
    words = "Valves kept warm by a cable: glycol froze in the pumping station, so the winter was spent with heating cable."
    made.edit(by=bjorn, title="A cable for valves", body=f"<p>{words}</p>", case={"reuse": "<p>The cable.</p>"})
    heard(made, "post.edited")
    (after,) = standing_for(astrid)
    assert after.sentence != before.sentence and "cable" in after.sentence
    assert after.reasons != before.reasons and "loop" not in after.reasons
    made.edit(by=bjorn, title="Bread", body="<p>I write of bread.</p>", case={"reuse": "<p>A jar.</p>"})
    heard(made, "post.edited")
    assert offered(astrid, REUSE) == []


def test_what_was_answered_survives_an_edit(astrid: Person, bjorn: Person) -> None:
    question(astrid)
    made = case(bjorn)
    heard(made)
    Suggestion.objects.visible_to(astrid).get().take("useful")
    made.edit(by=bjorn, title=made.title, body=made.body, case={"reuse": "<p>Another drawing.</p>"})
    heard(made, "post.edited")
    assert Suggestion.objects.visible_to(astrid).get().answer == "useful"
    assert cards(astrid) == []


@pytest.mark.parametrize("parting", ["objection", "block", "blocked", "protected"])
def test_who_is_not_to_be_suggested_is_gone_at_once(astrid: Person, bjorn: Person, parting: str) -> None:
    question(astrid)
    heard(case(bjorn))
    assert cards(astrid)
    match parting:
        case "objection":
            Objection.objects.create(person=bjorn, moment=Moment.REUSE)
        case "block":
            Block.objects.create(blocker=astrid, blocked=bjorn)
        case "blocked":
            Block.objects.create(blocker=bjorn, blocked=astrid)
        case "protected":
            Person.objects.filter(pk=bjorn.pk).update(is_protected=True)
    assert cards(astrid) == []


def test_what_a_leaver_wrote_stays(astrid: Person, bjorn: Person) -> None:
    question(astrid)
    made = case(bjorn)
    heard(made)
    bjorn.leave()
    assert cards(astrid) == [made.title]


def test_who_has_left_hears_of_nothing(astrid: Person, bjorn: Person) -> None:
    question(astrid)
    astrid.leave()
    heard(case(bjorn))
    assert offered(astrid) == []


def test_a_guest_is_offered_nothing(client: Client, gosta: Person, bjorn: Person) -> None:
    group = circle(bjorn, gosta, is_open=True)
    heard(question(gosta, group=group))
    heard(case(bjorn, group=group))
    look_for(gosta)
    assert offered(gosta) == []


def test_others_have_been_here_stands_beside_a_post(client: Client, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    asked = question(astrid)
    made = case(bjorn)
    html = aside(client, cecilia, asked)
    assert made.title in html and '<b class="term">glycol</b>' in html
    assert aside(client, bjorn, asked) == "", "one's own work is no news"


def test_beside_a_post_its_own_authors_are_left_out(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    made = case(bjorn)
    case(bjorn, "A second loop of glycol for the valves")
    entry = made_entry(made, astrid)
    assert beside(astrid, entry) == []
    third = case(cecilia, "Frozen valves and a loop of glycol")
    assert [meeting.post["title"] for meeting in beside(astrid, entry)] == [third.title]


def made_entry(post: Post, reader: Person) -> Any:
    from traff.ground.search.models import Entry

    return Entry.objects.visible_to(reader).get(kind="post", subject_id=post.pk)

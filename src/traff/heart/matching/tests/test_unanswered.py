"""A question nobody has answered for a day reaches three who have written about it, quietly."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from traff.community.people.models import Profile
from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.heart.matching.quiet import QuietRequest
from traff.heart.matching.tests.test_listening import at, told
from traff.heart.matching.tests.told import GLYCOL, aged, article, circle, colleague, everyday, question
from traff.heart.matching.unanswered import pass_on, show_unanswered, waiting_for
from traff.sharing.content.models import Post, Reply


@pytest.fixture(autouse=True)
def a_house_where_people_write(cecilia: Person) -> None:
    everyday(cecilia)


@pytest.fixture
def asked(astrid: Person, bjorn: Person) -> Post:
    """Björn has written about it; Astrid asked two days ago."""
    article(bjorn, "A glycol loop for frozen valves", GLYCOL)
    return aged(question(astrid), 2)


def receivers() -> list[str]:
    rows = QuietRequest.objects.unrestricted("test").order_by("pk")
    return [row.receiver.handle for row in rows]


def writers(*names: str) -> list[Person]:
    made = [colleague(name) for name in names]
    for person in made:
        article(person, f"Glycol loop of {person.name}", GLYCOL)
    return made


def test_it_reaches_who_has_written_about_it(asked: Post, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    show_unanswered()
    assert receivers() == ["bjorn"]
    home = at(bjorn).get("/").content.decode()
    assert "Frozen valves" in home and "glycol" in home and "/asked/" in home
    assert "/asked/" not in at(cecilia).get("/").content.decode()
    assert told(bjorn) == [], "quietly: no bell"
    page = at(astrid).get(asked.get_absolute_url()).content.decode()
    assert "shown-quietly" in page and "Björn" not in page
    assert "shown-quietly" not in at(cecilia).get(asked.get_absolute_url()).content.decode()


def test_not_before_a_day_nor_twice_nor_when_it_is_long_past(astrid: Person, asked: Post) -> None:
    question(astrid, "Frozen valves again")
    aged(question(astrid, "Frozen valves long ago"), 40)
    show_unanswered()
    show_unanswered()
    assert receivers() == ["bjorn"]


def test_an_answer_ends_it(asked: Post, bjorn: Person, cecilia: Person) -> None:
    show_unanswered()
    reply = Reply.write(by=cecilia, post=asked, body="<p>Heating cable.</p>")
    assert waiting_for(bjorn) is None
    reply.withdraw(by=cecilia)
    assert waiting_for(bjorn) is not None
    asked.withdraw(by=asked.people()[0])
    assert waiting_for(bjorn) is None


def test_three_at_most_and_none_of_them_more_than_thrice_a_week(asked: Post, astrid: Person) -> None:
    writers("disa", "evert", "frida", "gunnar")
    show_unanswered()
    assert len(receivers()) == 3
    for number in range(5):
        aged(question(astrid, f"Frozen valves {number}"), 2)
    show_unanswered()
    counts = {name: receivers().count(name) for name in receivers()}
    assert max(counts.values()) == QuietRequest.PER_WEEK


@pytest.mark.parametrize("why", ["objected", "blocked", "away", "full", "left", "protected", "withheld"])
def test_who_is_not_asked(asked: Post, astrid: Person, bjorn: Person, why: str) -> None:
    today = timezone.localdate()
    match why:
        case "objected":
            Objection.objects.create(person=bjorn, moment=Moment.WHO)
        case "blocked":
            Block.objects.create(blocker=bjorn, blocked=astrid)
        case "away":
            Profile.objects.update_or_create(person=bjorn, defaults={"away_until": today + timedelta(days=3)})
        case "full":
            Profile.objects.update_or_create(person=bjorn, defaults={"full_until": today})
        case "left":
            bjorn.leave()
        case "protected":
            Person.objects.filter(pk=bjorn.pk).update(is_protected=True)
        case "withheld":
            asked.keep_from_evidence(by=astrid, is_evidence=False)
    show_unanswered()
    assert receivers() == []


def test_who_is_back_can_be_asked(asked: Post, bjorn: Person) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Profile.objects.update_or_create(person=bjorn, defaults={"away_until": yesterday, "full_until": yesterday})
    show_unanswered()
    assert receivers() == ["bjorn"]


def test_a_question_of_a_closed_circle_stays_there(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    article(bjorn, "A glycol loop for frozen valves", GLYCOL)
    article(cecilia, "The glycol loop of Cecilia", GLYCOL)
    closed = circle(astrid, cecilia)
    aged(question(astrid, group=closed), 2)
    show_unanswered()
    assert receivers() == ["cecilia"]
    closed.leave(cecilia)
    assert waiting_for(cecilia) is None


def test_what_the_asker_may_not_read_speaks_for_nobody(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    article(bjorn, "A glycol loop for frozen valves", GLYCOL, group=circle(bjorn, cecilia))
    aged(question(astrid), 2)
    show_unanswered()
    assert receivers() == []


def test_whatever_changed_since_is_heeded(asked: Post, astrid: Person, bjorn: Person) -> None:
    show_unanswered()
    assert waiting_for(bjorn) is not None
    Block.objects.create(blocker=bjorn, blocked=astrid)
    assert waiting_for(bjorn) is None
    assert "/asked/" not in at(bjorn).get("/").content.decode()


def test_not_me_is_told_to_nobody(asked: Post, astrid: Person, bjorn: Person) -> None:
    show_unanswered()
    row = waiting_for(bjorn)
    assert row is not None
    assert at(astrid).post(f"/asked/{row.pk}/not-me/").status_code == 404
    assert at(bjorn).post(f"/asked/{row.pk}/not-me/").status_code == 302
    assert waiting_for(bjorn) is None
    assert "shown-quietly" in at(astrid).get(asked.get_absolute_url()).content.decode()


def test_passed_on_to_a_colleague_who_hears_from_whom(asked: Post, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    (disa,) = writers("disa")
    Objection.objects.create(person=disa, moment=Moment.WHO)
    show_unanswered()
    Objection.objects.all().delete()
    row = waiting_for(bjorn)
    assert row is not None
    page = at(bjorn).get(f"/asked/{row.pk}/pass/").content.decode()
    assert 'value="disa"' in page
    assert at(cecilia).get(f"/asked/{row.pk}/pass/").status_code == 404
    assert at(cecilia).post(f"/asked/{row.pk}/pass/", {"to": "disa"}).status_code == 404
    assert at(bjorn).post(f"/asked/{row.pk}/pass/", {"to": "disa"}).status_code == 302
    assert waiting_for(bjorn) is None
    assert len(told(disa)) == 1 and "Björn Ståhl" in told(disa)[0]
    home = at(disa).get("/").content.decode()
    assert "Frozen valves" in home and "Björn" in home
    assert told(astrid) == [] and told(bjorn) == []
    assert "Disa" not in at(astrid).get(asked.get_absolute_url()).content.decode()
    Reply.write(by=cecilia, post=asked, body="<p>Heating cable.</p>")
    assert told(disa) == [], "what is answered asks nobody"


def test_passed_on_by_name(asked: Post, bjorn: Person, cecilia: Person) -> None:
    show_unanswered()
    row = waiting_for(bjorn)
    assert row is not None
    client = at(bjorn)
    for typed in ("", "Nobody Known", "@preben"):
        assert client.post(f"/asked/{row.pk}/pass/", {"name": typed}).status_code == 200
    assert client.post(f"/asked/{row.pk}/pass/", {"name": "Cecilia Öberg"}).status_code == 302
    assert receivers() == ["bjorn", "cecilia"]


def test_not_to_who_cannot_take_it(asked: Post, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    show_unanswered()
    row = waiting_for(bjorn)
    assert row is not None
    for other in (astrid, bjorn):
        with pytest.raises(ValidationError):
            pass_on(row, to=other)
    Block.objects.create(blocker=cecilia, blocked=bjorn)
    with pytest.raises(ValidationError):
        pass_on(row, to=cecilia)
    assert receivers() == ["bjorn"]


def test_one_says_when_one_can_be_asked(bjorn: Person, astrid: Person) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    fields: dict[str, Any] = {"about_level": "everyone", "phone_level": "everyone", "away_until": f"{tomorrow:%Y-%m-%d}"}
    at(bjorn).post("/me/profile/", fields)
    assert "Borta" in at(astrid).get("/people/bjorn/").content.decode()
    del fields["away_until"]
    at(bjorn).post("/me/profile/", {**fields, "is_full": "on"})
    assert "Fullt upp den här veckan" in at(astrid).get("/people/bjorn/").content.decode()
    at(bjorn).post("/me/profile/", fields)
    page = at(astrid).get("/people/bjorn/").content.decode()
    assert "Borta" not in page and "Fullt upp" not in page

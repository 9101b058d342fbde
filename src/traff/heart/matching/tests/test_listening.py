"""Keep listening: what found nothing is told of once, to the one who listens and to nobody else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.heart.matching.digest import unmet
from traff.heart.matching.listening import Listening
from traff.heart.matching.listens import listens_of
from traff.heart.matching.models import Looked, Suggestion
from traff.heart.matching.suggest import look_for, standing_for
from traff.heart.matching.tests.told import GLYCOL, QUESTION, article, case, circle, everyday, heard, offered, question
from traff.sharing.content.models import Draft, Post

REUSE = str(Moment.REUSE)
LOOP = (REUSE, "A glycol loop for frozen valves")
WORDS = "frozen valves glycol"


@pytest.fixture(autouse=True)
def a_house_where_people_write(cecilia: Person) -> None:
    everyday(cecilia)


def at(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def told(person: Person) -> list[str]:
    """What the bell would say."""
    rows = Event.objects.visible_to(person).filter(verb__in=["listening.heard", "question.passed"]).order_by("pk")
    said = [news.said(event, person) for event in rows if person.pk in news.concerned(event)]
    return [piece.text for piece in said if piece]


def draft(by: Person, title: str = "Frozen valves", text: str = QUESTION, **more: Any) -> Draft:
    return Draft.keep(key=uuid4(), by=by, fields={"kind": "article", "title": title, "body": text, **more})


def test_a_search_that_found_nothing_listens_and_is_told_once(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    page = at(astrid).get("/search/", {"q": WORDS}).content.decode()
    assert 'name="words" value="frozen valves glycol"' in page
    at(astrid).post("/listening/", {"words": WORDS})
    assert standing_for(astrid) == []
    heard(case(bjorn))
    (card,) = standing_for(astrid)
    assert card.post["title"] == "A glycol loop for frozen valves" and WORDS in card.lead
    assert len(told(astrid)) == 1 and "A glycol loop" in told(astrid)[0]
    heard(case(cecilia, "Another glycol loop for frozen valves"))
    assert len(told(astrid)) == 1, "it tells once, then it rests"
    assert offered(bjorn, REUSE) == []


def test_what_is_well_answered_offers_nothing_more(astrid: Person, bjorn: Person) -> None:
    case(bjorn)
    assert 'action="/listening/"' not in at(astrid).get("/search/", {"q": "glycol"}).content.decode()
    assert 'action="/listening/"' in at(astrid).get("/search/", {"q": "glycol turbine"}).content.decode()


def test_the_words_reach_nobody_else(astrid: Person, bjorn: Person, albin: Person, gosta: Person) -> None:
    mine = Listening.start(by=astrid, words="zvartkanarie glycol")
    assert "zvartkanarie" in at(astrid).get("/listening/").content.decode()
    for person in (bjorn, albin):
        page = at(person).get("/listening/").content.decode()
        assert "zvartkanarie" not in page
        assert at(person).post(f"/listening/{mine.pk}/end/").status_code == 404
        assert at(person).post(f"/listening/{mine.pk}/again/").status_code == 404
    assert at(gosta).get("/listening/").status_code == 404
    assert at(gosta).post("/listening/", {"words": "glycol"}).status_code == 404
    assert Listening.objects.of(astrid).count() == 1
    assert "zvartkanarie" not in str(mine)
    assert not Event.objects.unrestricted("test").filter(subject_kind="listening").exists(), "listening is nobody's news"


def test_only_what_the_listener_may_read_is_told(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    Listening.start(by=astrid, words=WORDS)
    closed = circle(bjorn, cecilia)
    heard(case(bjorn, group=closed))
    assert offered(astrid) == [] and told(astrid) == []
    Block.objects.create(blocker=cecilia, blocked=astrid)
    heard(case(cecilia, "By somebody parted from the listener"))
    assert offered(astrid) == []


def test_withdrawn_before_it_was_read_it_is_gone_and_the_words_listen_on(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    Listening.start(by=astrid, words=WORDS)
    found = case(bjorn)
    heard(found)
    assert len(standing_for(astrid)) == 1
    found.withdraw(by=bjorn)
    assert standing_for(astrid) == [] and told(astrid) == []
    heard(case(cecilia, "Another glycol loop for frozen valves"))
    assert [card.post["title"] for card in standing_for(astrid)] == ["Another glycol loop for frozen valves"]


def test_an_edit_takes_back_what_no_longer_fits_and_rings_no_second_bell(astrid: Person, bjorn: Person) -> None:
    Listening.start(by=astrid, words=WORDS)
    found = case(bjorn)
    heard(found)
    found.edit(by=bjorn, title="A bicycle rack", body="<p>Racks for the yard.</p>", case={"reuse": "<p>The drawing.</p>"})
    heard(found, "post.edited")
    assert standing_for(astrid) == []
    found.edit(by=bjorn, title="A glycol loop for frozen valves", body=f"<p>{GLYCOL}</p>", case={"reuse": "<p>The drawing.</p>"})
    heard(found, "post.edited")
    assert len(standing_for(astrid)) == 1
    assert Event.objects.unrestricted("test").filter(verb="listening.heard").count() == 1


def test_a_closed_group_takes_what_was_heard_along(astrid: Person, bjorn: Person) -> None:
    Listening.start(by=astrid, words=WORDS)
    group = circle(bjorn, is_open=True)
    heard(case(bjorn, group=group))
    assert len(standing_for(astrid)) == 1
    group.close(by=bjorn)
    assert standing_for(astrid) == [] and told(astrid) == []


def test_stopping_forgets_the_words(astrid: Person, bjorn: Person) -> None:
    mine = Listening.start(by=astrid, words=WORDS)
    heard(case(bjorn))
    at(astrid).post(f"/listening/{mine.pk}/end/")
    assert not Listening.objects.exists()
    assert standing_for(astrid) == [] and told(astrid) == []


def test_what_rests_can_listen_again_for_something_else(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    mine = Listening.start(by=astrid, words=WORDS)
    heard(case(bjorn))
    at(astrid).post(f"/listening/{mine.pk}/again/")
    assert standing_for(astrid) == []
    heard(case(cecilia, "Another glycol loop for frozen valves"))
    assert [card.post["title"] for card in standing_for(astrid)] == ["Another glycol loop for frozen valves"]


def test_twenty_things_are_enough(astrid: Person, gosta: Person) -> None:
    for number in range(Listening.MOST):
        Listening.start(by=astrid, words=f"turbine {number}")
    with pytest.raises(ValidationError):
        Listening.start(by=astrid, words="one more turbine")
    assert Listening.start(by=astrid, words="turbine 3").words == "turbine 3", "what listens already may begin anew"
    with pytest.raises(ValidationError):
        Listening.start(by=astrid, words="  ")
    with pytest.raises(PermissionDenied):
        Listening.start(by=gosta, words="turbine")
    page = at(astrid).post("/listening/", {"words": "one more turbine"}).content.decode()
    assert "Du lyssnar redan" in page and page.count("one more turbine") == 1, "the words stay in their field"


def test_who_objected_to_reuse_is_not_told_of(astrid: Person, bjorn: Person) -> None:
    Objection.objects.create(person=bjorn, moment=Moment.REUSE)
    Listening.start(by=astrid, words=WORDS)
    heard(case(bjorn))
    assert offered(astrid) == []


def test_swedish_compounds_are_heard(astrid: Person, bjorn: Person) -> None:
    article(bjorn, "Korrosion", "Korrosion i saltvatten och hur man mäter den i en hamn.")
    Listening.start(by=astrid, words="saltvattenkorrosion")
    heard(article(bjorn, "Korrosion i saltvatten", "Vi mätte korrosion i saltvatten under två år i hamnen."))
    assert offered(astrid) == [(REUSE, "Korrosion i saltvatten")]


def test_a_kept_draft_listens_for_its_author_alone(astrid: Person, bjorn: Person) -> None:
    kept = draft(astrid)
    look_for(astrid)
    assert standing_for(astrid) == []
    heard(case(bjorn))
    (card,) = standing_for(astrid)
    assert "Frozen valves" in card.lead and card.post["title"] == "A glycol loop for frozen valves"
    assert told(astrid) == [], "a draft rings no bell"
    assert offered(bjorn) == []
    kept.delete()
    assert standing_for(astrid) == [] and not Listening.objects.exists()


def test_what_stood_before_the_draft_is_found_too(astrid: Person, bjorn: Person) -> None:
    case(bjorn)
    draft(astrid)
    look_for(astrid)
    assert [card.post["title"] for card in standing_for(astrid)] == ["A glycol loop for frozen valves"]


def test_a_draft_listens_with_the_words_it_has_now_and_no_longer_than_thirty_days(
    astrid: Person, bjorn: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = draft(astrid, "Sourdough in the canteen", "Rye and barley flour, syrup and a starter for sourdough.")
    look_for(astrid)
    Draft.keep(key=kept.key, by=astrid, fields={"kind": "article", "title": "Frozen valves", "body": QUESTION})
    look_for(astrid)
    heard(case(bjorn))
    assert offered(astrid)[-1] == LOOP
    later = timezone.now() + timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert standing_for(astrid) == []


def test_a_sent_draft_and_a_half_written_answer_do_not_listen(astrid: Person, bjorn: Person) -> None:
    asked = question(bjorn)
    Draft.keep(key=uuid4(), by=astrid, fields={"kind": "update", "text": QUESTION, "reply_to": str(asked.pk)})
    sent = draft(astrid)
    look_for(astrid)
    sent.sent_as(Post.publish(by=astrid, kind="update", body="<p>Other words altogether</p>"))
    look_for(astrid)
    assert not Listening.objects.exists()


def test_the_list_shows_everything_that_listens_and_each_can_be_stopped(astrid: Person, bjorn: Person) -> None:
    asked = question(astrid)
    kept = draft(astrid, "Valves of glycol", QUESTION)
    Listening.start(by=astrid, words="turbine bearings")
    assert [row.what for row in listens_of(astrid)] == ["words", "question", "draft"]
    client = at(astrid)
    for row in listens_of(astrid):
        assert client.post(row.end_url).status_code == 302
    assert [(row.what, bool(row.end_url), bool(row.again_url)) for row in listens_of(astrid)] == [
        ("question", False, True),
        ("draft", False, True),
    ]
    Looked.objects.all().delete()
    heard(case(bjorn))
    look_for(astrid)
    assert standing_for(astrid) == [], "neither the question nor the draft listens"
    for row in listens_of(astrid):
        client.post(row.again_url)
    look_for(astrid)
    assert len(standing_for(astrid)) == 1
    assert at(bjorn).post(f"/posts/{asked.pk}/listening/end/").status_code == 404
    assert kept.key


def test_my_page_says_that_it_listens(astrid: Person) -> None:
    Listening.start(by=astrid, words="turbine bearings")
    page = at(astrid).get("/me/").content.decode()
    assert "/listening/" in page


def test_who_is_signed_in_for_another_sees_no_listening(astrid: Person) -> None:
    Listening.start(by=astrid, words="turbine bearings")
    client = at(astrid)
    session = client.session
    session["impersonated"] = astrid.name
    session.save()
    assert client.get("/listening/").status_code == 404
    (row,) = Listening.objects.of(astrid)
    for deed in ("end", "again"):
        assert client.post(f"/listening/{row.pk}/{deed}/").status_code == 404
    assert Listening.objects.of(astrid).exists()


def test_many_listeners_are_found_in_one_look_up(astrid: Person, bjorn: Person, django_assert_max_num_queries: Any) -> None:
    for number in range(Listening.MOST):
        Listening.start(by=astrid, words=f"turbine bearing number{number}")
    post = article(bjorn, "Choir", "The choir sings at noon; sopranos wanted, alone and together.")
    from traff.heart.matching.hearing import hear

    with django_assert_max_num_queries(4):
        hear(post.pk)
    assert not Suggestion.objects.unrestricted("test").exists()


def test_neither_words_nor_drafts_leave_the_house_by_mail(astrid: Person, bjorn: Person) -> None:
    Listening.start(by=astrid, words=WORDS)
    heard(case(bjorn))
    assert standing_for(astrid) and unmet(astrid, is_sent=False) == []
    Suggestion.objects.unrestricted("test").update(shown_at=None)
    assert unmet(astrid, is_sent=False) == []
    event = Event.objects.unrestricted("test").get(verb="listening.heard")
    piece = news.said(event, astrid)
    assert piece is not None and WORDS not in piece.outside and "glycol" not in piece.outside


@pytest.mark.parametrize(("words", "said"), [("och", "står överallt"), ("x" * 90, "med få ord"), ("glycol " * 60, "med få ord")])
def test_what_can_never_hear_is_said_and_the_words_stay_to_be_changed(astrid: Person, words: str, said: str) -> None:
    page = at(astrid).post("/listening/", {"words": words}).content.decode()
    assert said in page and f'value="{words}"' in page
    beneath_search = at(astrid).post("/listening/", {"words": words}, headers={"HX-Request": "true"}).content.decode()
    assert said in beneath_search and f'value="{words}"' in beneath_search and "<html" not in beneath_search
    assert not Listening.objects.of(astrid).exists()


def test_drafts_that_say_nearly_the_same_listen_once(astrid: Person) -> None:
    """Half a sentence, the same once more with an end, and something else."""
    draft(astrid, title="", text=QUESTION[:70])
    draft(astrid, title="", text="The bicycle racks in the yard have rusted, who has another kind?")
    whole = draft(astrid, title="", text=QUESTION)
    listens = listens_of(astrid)
    assert [one.url for one in listens if "valves" in one.text] == [whole.get_absolute_url()]
    assert len(listens) == 2
    at(astrid).post(listens[0].end_url)
    assert sum(bool(one.end_url) for one in listens_of(astrid)) == 1, "what was stopped is not taken up by its twin"

""" "I am about to meet them": met by those who know the customer, with a tip or a talk in one click; nobody is obliged."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from traff.community.groups.models import Group
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, Person, SigninLink
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.core import digest
from traff.ground.core.digest import Week
from traff.sharing.content.models import Post
from traff.sharing.conversations.models import Conversation
from traff.sharing.customers.fillings import in_mail
from traff.sharing.customers.knowing import approaches_for
from traff.sharing.customers.models import Approach, Customer, Introduction, Tip
from traff.sharing.customers.tasks import ask_outcomes
from traff.sharing.customers.tests.conftest import lived


@pytest.fixture
def approach(astrid: Person, mill: Customer, everyone: Audience) -> Approach:
    return Approach.begin(by=astrid, customer=mill, text="Vi vill offerera pannan.", audience=everyone)


def told(verb: str) -> tuple[Event, set[int]]:
    event = Event.objects.unrestricted("what happened").filter(verb=verb).latest("pk")
    return event, news.concerned(event)


def test_the_service_technician_meets_it_at_home_and_in_the_mail(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, mill: Customer, approach: Approach
) -> None:
    lived(bjorn, mill, kind="serviced", since=2019)
    client.force_login(bjorn)
    home = client.get("/").content.decode()
    assert "Astrid" in home and "Vi vill offerera pannan." in home and "för att du har servat dem" in home
    since = timezone.now() - timedelta(days=7)
    section = in_mail(Week(bjorn, since))
    assert section is not None
    for ending in ("html", "txt"):
        drawn = digest.drawn([section], ending, {"base_url": "https://traff.example"})[0]
        assert f"https://traff.example{approach.get_absolute_url()}" in drawn
        heading = drawn.splitlines()[0]
        assert heading.isupper() if ending == "txt" else "font-size:20px" in heading, "as the other headings of the mail"
    assert in_mail(Week(cecilia, since)) is None, "she does not know them"
    client.force_login(cecilia)
    assert "Vi vill offerera pannan." not in client.get("/").content.decode()


def test_also_whoever_worked_at_the_parent_or_has_written_of_them(
    astrid: Person, bjorn: Person, cecilia: Person, albin: Person, mill: Customer, approach: Approach
) -> None:
    parent = Customer(name="Storå Holding", audience=Audience.objects.everyone())
    parent.save()
    mill.parent = parent
    mill.save()
    lived(bjorn, parent, kind="worked", since=1999, until=2008, reach="none")
    Post.publish(by=cecilia, kind="update", body="<p>Hos Lillåbruket luktar det gott.</p>")
    assert [met.reason for met in approaches_for(bjorn)] == ["because you have worked there, 1999–2008"]
    assert [met.reason for met in approaches_for(cecilia)] == ["because you have written about them"]
    assert approaches_for(albin) == [] and approaches_for(astrid) == []


def test_its_audience_alone_meets_it(astrid: Person, bjorn: Person, cecilia: Person, mill: Customer) -> None:
    group = Group.start(by=astrid, name="Anbudet", is_open=False)
    group.audience.add(cecilia)
    for who in (bjorn, cecilia):
        lived(who, mill)
    Approach.begin(by=astrid, customer=mill, text="Hemligt anbud", audience=group.audience)
    assert approaches_for(bjorn) == [] and len(approaches_for(cecilia)) == 1
    assert in_mail(Week(cecilia, timezone.now() - timedelta(days=7))) is None, "nothing closed leaves by mail"
    with pytest.raises(PermissionDenied):
        Approach.begin(by=bjorn, customer=mill, text="x", audience=group.audience)


def test_a_tip_in_one_field_is_read_by_the_asker_alone(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, approach: Approach
) -> None:
    client.force_login(bjorn)
    client.post(f"/approaches/{approach.pk}/tips/", {"text": "Ring efter skiftbytet."})
    event, concerned = told("tip.given")
    assert concerned == {astrid.pk}
    said = news.said(event, astrid)
    assert said and "Björn Ståhl" in said.text and said.url == approach.get_absolute_url()
    assert news.said(event, cecilia) is None
    client.force_login(astrid)
    assert "Ring efter skiftbytet." in client.get(approach.get_absolute_url()).content.decode()
    client.force_login(cecilia)
    assert "Ring efter skiftbytet." not in client.get(approach.get_absolute_url()).content.decode()
    client.force_login(astrid)
    assert client.post(f"/approaches/{approach.pk}/tips/", {"text": "till mig själv"}).status_code == 403


def test_a_talk_is_offered_in_one_click_and_once(
    client: Client, astrid: Person, bjorn: Person, mill: Customer, approach: Approach
) -> None:
    lived(bjorn, mill)
    client.force_login(bjorn)
    for _ in range(2):
        client.post(f"/approaches/{approach.pk}/talk/")
    assert Tip.objects.visible_to(astrid).filter(is_offer=True).count() == 1
    event, concerned = told("talk.offered")
    talk = Conversation.objects.visible_to(astrid).get()
    said = news.said(event, astrid)
    assert concerned == {astrid.pk} and set(talk.people()) == {astrid, bjorn}
    assert said and said.url == talk.get_absolute_url() and said.thread == f"conversation/{talk.pk}"
    assert not Event.objects.unrestricted("told once").filter(verb="conversation.started").exists()
    assert approaches_for(bjorn) == [], "who has given is asked no more"
    client.force_login(astrid)
    begun = client.get(talk.get_absolute_url()).content.decode()
    assert f">ett samtal om {mill}, om du vill</a>" in begun, "a conversation without words yet says what it is for"
    assert "Skriv till Björn och fler" in begun


def test_not_for_me_is_a_private_deed(client: Client, bjorn: Person, mill: Customer, approach: Approach) -> None:
    lived(bjorn, mill)
    deeds = Event.objects.unrestricted("how many").count()
    client.force_login(bjorn)
    client.post(f"/approaches/{approach.pk}/passing/")
    assert approaches_for(bjorn) == [] and Event.objects.unrestricted("how many").count() == deeds


def test_closing_asks_whether_it_helped(client: Client, astrid: Person, bjorn: Person, approach: Approach) -> None:
    client.force_login(bjorn)
    assert client.post(f"/approaches/{approach.pk}/closing/", {"helped": "yes"}).status_code == 403
    client.force_login(astrid)
    assert client.post(f"/approaches/{approach.pk}/closing/", {"helped": "very"}).status_code == 403
    client.post(f"/approaches/{approach.pk}/closing/", {"helped": "yes"})
    approach.refresh_from_db()
    assert approach.closed_at and approach.helped == "yes"
    with pytest.raises(PermissionDenied):
        approach.give_tip(by=bjorn, text="för sent")


def test_after_two_weeks_one_question_once(astrid: Person, bjorn: Person, mill: Customer, approach: Approach) -> None:
    lived(bjorn, mill)
    made = Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Hej")
    ask_outcomes(timestamp=0)
    asked = Event.objects.unrestricted("questions").filter(verb__in=["approach.due", "introduction.due"])
    assert not asked.exists(), "not before"
    Approach.objects.unrestricted("time passes").update(begun_at=timezone.now() - timedelta(days=15))
    Introduction.objects.unrestricted("time passes").update(accepted_at=timezone.now() - timedelta(days=15))
    for _ in range(2):
        ask_outcomes(timestamp=0)
    assert sorted(asked.values_list("verb", flat=True)) == ["approach.due", "introduction.due"]
    assert [news.concerned(event) for event in asked] == [{astrid.pk}, {astrid.pk}]
    event = asked.get(verb="introduction.due")
    said = news.said(event, astrid)
    assert said and "Björn" in said.text
    made.tell_outcome("some")
    assert news.said(event, astrid) is None


def test_only_who_asked_says_whether_an_introduction_helped(
    client: Client, astrid: Person, bjorn: Person, mill: Customer
) -> None:
    lived(bjorn, mill)
    made = Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Hej")
    client.force_login(bjorn)
    assert client.post(f"/introductions/{made.pk}/outcome/", {"helped": "no"}).status_code == 404
    client.force_login(astrid)
    assert client.post(f"/introductions/{made.pk}/outcome/", {"helped": "no"}).status_code == 302
    made.refresh_from_db()
    assert made.helped == "no"


def test_on_a_day_that_is_said_and_asks_nobody_once_it_is_past(
    client: Client, astrid: Person, bjorn: Person, mill: Customer, everyone: Audience
) -> None:
    lived(bjorn, mill)
    client.force_login(astrid)
    today = timezone.localdate()
    form = {"text": "Vi vill offerera pannan.", "audience": ""}
    late = client.post(f"/customers/{mill.pk}/approach/", {**form, "meets_on": today - timedelta(days=1)})
    assert "Den dagen har varit" in late.content.decode() and "Vi vill offerera pannan." in late.content.decode()
    client.post(f"/customers/{mill.pk}/approach/", {**form, "meets_on": today + timedelta(days=30)})
    [met] = approaches_for(bjorn)
    client.force_login(bjorn)
    assert (
        "Mötet är" in client.get("/").content.decode()
        and "Mötet är" in client.get(f"/approaches/{met.approach.pk}/").content.decode()
    )
    everything = Approach.objects.unrestricted("time passes")
    everything.update(begun_at=timezone.now() - timedelta(days=15))
    ask_outcomes(0)
    assert not everything.exclude(helped_asked_at=None).exists(), "they have not met yet"
    everything.update(meets_on=today - timedelta(days=1))
    assert approaches_for(bjorn) == [] and "Vi vill offerera" not in client.get(mill.get_absolute_url()).content.decode()
    everything.update(meets_on=today - timedelta(days=15))
    ask_outcomes(0)
    assert everything.exclude(helped_asked_at=None).count() == 1


def test_its_words_are_changed_and_its_audience_hears(
    client: Client, astrid: Person, bjorn: Person, mill: Customer, approach: Approach
) -> None:
    lived(bjorn, mill)
    address = f"{approach.get_absolute_url()}edit/"
    client.force_login(bjorn)
    assert client.get(address).status_code == 403 and client.post(address, {"text": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        approach.change(by=bjorn, text="x")
    client.force_login(astrid)
    assert "Vi vill offerera pannan." in client.get(address).content.decode()
    client.post(address, {"text": "Vi vill offerera filtret."})
    event, _concerned = told("approach.changed")
    assert event.audience == approach.audience and "filtret" in approaches_for(bjorn)[0].approach.text
    client.post(f"{approach.get_absolute_url()}closing/")
    assert client.get(address).status_code == 404, "what is over stays as it was"
    with pytest.raises(PermissionDenied):
        Approach.objects.visible_to(astrid).get().change(by=astrid, text="För sent")
    with pytest.raises(PermissionDenied):
        approach.change(by=astrid, text="Som om inget hänt")  # closed meanwhile, elsewhere
    assert Approach.objects.visible_to(astrid).get().closed_at


def test_what_was_said_to_a_group_stays_there(client: Client, astrid: Person, bjorn: Person, mill: Customer) -> None:
    group = Group.start(by=astrid, name="Anbudet", is_open=False)
    group.audience.add(bjorn)
    said = Approach.begin(by=astrid, customer=mill, text="Hemligt anbud", audience=group.audience)
    group.audience.remove(astrid)
    client.force_login(astrid)
    client.post(f"/approaches/{said.pk}/edit/", {"text": "Hemligt anbud, igen", "audience": ""})
    said.refresh_from_db()
    assert said.text == "Hemligt anbud, igen" and said.audience == group.audience and not said.is_open


def test_a_day_far_ahead_asks_until_then_and_is_asked_of_afterwards(
    astrid: Person, bjorn: Person, mill: Customer, approach: Approach
) -> None:
    lived(bjorn, mill)
    everything, today = Approach.objects.unrestricted("time passes"), timezone.localdate()
    everything.update(begun_at=timezone.now() - timedelta(days=91), helped_asked_at=timezone.now())
    assert approaches_for(bjorn) == []
    Approach.objects.visible_to(astrid).get().change(
        by=astrid, text="Vi vill offerera pannan.", meets_on=today + timedelta(days=10)
    )
    assert len(approaches_for(bjorn)) == 1
    everything.update(meets_on=today - timedelta(days=15))
    ask_outcomes(0)
    assert everything.exclude(helped_asked_at=None).count() == 1


def test_words_are_changed_also_when_the_day_is_past(client: Client, astrid: Person, approach: Approach) -> None:
    past = timezone.localdate() - timedelta(days=3)
    Approach.objects.unrestricted("time passes").update(meets_on=past)
    client.force_login(astrid)
    assert f'min="{past}"' in client.get(f"{approach.get_absolute_url()}edit/").content.decode(), (
        "a browser sends what it was given"
    )
    client.post(f"{approach.get_absolute_url()}edit/", {"text": "Tack för all hjälp.", "meets_on": past})
    approach.refresh_from_db()
    assert approach.text == "Tack för all hjälp." and approach.meets_on == past


def test_it_is_taken_back_until_somebody_has_answered(
    client: Client, astrid: Person, bjorn: Person, mill: Customer, everyone: Audience, approach: Approach
) -> None:
    lived(bjorn, mill)
    client.force_login(bjorn)
    assert client.post(f"{approach.get_absolute_url()}removal/").status_code == 403
    client.force_login(astrid)
    assert "removal/" in client.get(approach.get_absolute_url()).content.decode()
    client.post(f"{approach.get_absolute_url()}removal/")
    assert not Approach.objects.visible_to(astrid).exists() and approaches_for(bjorn) == []
    answered = Approach.begin(by=astrid, customer=mill, text="En gång till", audience=everyone)
    answered.give_tip(by=bjorn, text="Ring efter skiftbytet.")
    assert "removal/" not in client.get(answered.get_absolute_url()).content.decode()
    kept = client.post(f"{answered.get_absolute_url()}removal/", follow=True).content.decode()
    assert "Kollegor har svarat" in kept and "Ring efter skiftbytet." in kept
    with pytest.raises(PermissionDenied):
        answered.take_back(by=astrid)


def test_what_somebody_parted_from_the_asker_gave_is_not_told(
    client: Client, astrid: Person, bjorn: Person, approach: Approach
) -> None:
    Block.objects.create(blocker=bjorn, blocked=astrid)
    approach.give_tip(by=bjorn, text="Ring efter skiftbytet.")
    client.force_login(astrid)
    assert "removal/" in client.get(approach.get_absolute_url()).content.decode()
    client.post(f"{approach.get_absolute_url()}removal/")
    assert not Approach.objects.visible_to(astrid).exists()


def test_who_is_signed_in_for_the_asker_changes_nothing(client: Client, astrid: Person, approach: Approach) -> None:
    client.post(f"/signin/{SigninLink.issue(astrid, reason='test', is_impersonation=True)}/")
    page = client.get(approach.get_absolute_url()).content.decode()
    assert "removal/" not in page and "/edit/" not in page
    for step in ("edit", "removal", "closing"):
        assert client.post(f"{approach.get_absolute_url()}{step}/", {"text": "x"}).status_code == 403
    assert client.get(f"{approach.get_absolute_url()}edit/").status_code == 403
    approach.refresh_from_db()
    assert approach.text == "Vi vill offerera pannan." and approach.closed_at is None


def test_the_question_goes_with_what_was_taken_back(astrid: Person, approach: Approach) -> None:
    Approach.objects.unrestricted("time passes").update(begun_at=timezone.now() - timedelta(days=15))
    ask_outcomes(0)
    event, concerned = told("approach.due")
    assert concerned == {astrid.pk} and news.said(event, astrid)
    approach.take_back(by=astrid)
    assert news.said(event, astrid) is None

"""Anyone proposes a topic; administrators name topics and merge two that mean the same."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from traff.community.topics.models import Topic
from traff.community.topics.tending import merge, propose, rename
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.ground.audit.models import AuditRecord


def rust() -> Topic:
    return Topic.objects.create(slug="corrosion", name="Corrosion", name_sv="Korrosion", aliases=["rost"])


def test_a_proposal_can_be_used_at_once_in_both_languages(at: Any, astrid: Person, bjorn: Person) -> None:
    fields = {"name_sv": "Kavitation", "name": "Cavitation", "aliases": "bubblor, KAV"}
    answer = at(astrid).post("/propose-topic/", fields)
    topic = Topic.objects.get(slug="cavitation")
    assert answer.headers["Location"] == topic.get_absolute_url()
    assert {Topic.objects.named(word) for word in ("kavitation", "Cavitation", "kav")} == {topic}
    listed = at(bjorn).get("/topics/").content.decode()
    assert "Newly proposed" in listed and "Astrid Nyman" in listed
    assert Event.objects.visible_to(bjorn).filter(verb="topic.proposed", subject_id=topic.pk).exists()


def test_what_is_there_already_is_shown_as_it_stands(at: Any, astrid: Person) -> None:
    rust()
    at(astrid).post("/propose-topic/", {"name_sv": "Rost", "name": "", "aliases": "x"})
    assert Topic.objects.count() == 1 and Topic.objects.get().aliases == ["rost"]
    assert at(astrid).post("/propose-topic/", {"name": " # ", "name_sv": ""}).status_code == 200
    assert not Topic.objects.proposed().exists()


def test_a_word_of_a_closed_circle_is_no_answer_to_a_proposal(astrid: Person, bjorn: Person) -> None:
    closed = Audience.objects.create(kind="group", is_open=False)
    closed.add(bjorn)
    Topic.objects.named("titan", seen_in=closed)
    topic, is_new = propose(by=astrid, name="Titan")
    assert is_new and topic.is_open and topic.proposed_by == astrid


def test_naming_tells_nobody_of_a_word_that_a_closed_circle_uses(albin: Person, bjorn: Person) -> None:
    closed = Audience.objects.create(kind="group", is_open=False)
    closed.add(bjorn)
    Topic.objects.named("titan", seen_in=closed)
    topic, _is_new = propose(by=albin, name="Light metals", aliases=["titan"])
    assert topic.aliases == ["titan"]
    rename(topic, by=albin, name="Titan", name_sv="", aliases=[])
    assert topic.name == "Titan"


def test_a_sensitive_word_says_nothing_of_who_proposed_it(at: Any, astrid: Person, bjorn: Person) -> None:
    topic, _is_new = propose(by=astrid, name="Trade union", name_sv="Facket")
    assert topic.is_sensitive
    for page in ("/topics/", topic.get_absolute_url()):
        assert "Astrid" not in at(bjorn).get(page).content.decode()
    assert not Event.objects.visible_to(bjorn).filter(verb="topic.proposed").exists()


def test_guests_propose_nothing(at: Any, gosta: Person) -> None:
    assert at(gosta).get("/propose-topic/").status_code == 403
    assert at(gosta).post("/propose-topic/", {"name": "Titan"}).status_code == 403
    with pytest.raises(PermissionDenied):
        propose(by=gosta, name="Titan")


def test_administrators_name_a_topic_and_give_it_other_spellings(at: Any, astrid: Person, albin: Person) -> None:
    topic, _is_new = propose(by=astrid, name="Kavitation")
    fields = {"name": "Cavitation", "name_sv": "Kavitation", "aliases": "bubbles, rost"}
    other = rust()
    assert at(albin).post(f"/topics/{topic.slug}/names/", fields).status_code == 302
    topic.refresh_from_db()
    assert (topic.name, topic.name_sv, topic.aliases) == ("Cavitation", "Kavitation", ["bubbles"]), "rost means another"
    assert topic.proposed_at is None
    with pytest.raises(ValidationError):
        rename(topic, by=albin, name=other.name, name_sv="", aliases=[])


@pytest.mark.parametrize("deed", ["names", "merge"])
def test_others_neither_name_nor_merge(at: Any, astrid: Person, gosta: Person, deed: str) -> None:
    topic, other = rust(), Topic.objects.named("oxid")
    assert at(astrid).get(f"/topics/{topic.slug}/{deed}/").status_code == 403
    assert at(astrid).post(f"/topics/{topic.slug}/{deed}/", {"name": "X", "into": "oxid"}).status_code == 403
    assert at(gosta).post(f"/topics/{topic.slug}/{deed}/", {"name": "X", "into": "oxid"}).status_code == 404
    for refused in (
        lambda: rename(topic, by=astrid, name="X", name_sv="", aliases=[]),
        lambda: merge(topic, into=other, by=astrid),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert Topic.objects.get(pk=topic.pk).name == "Corrosion"


def test_two_that_mean_the_same_become_one(at: Any, albin: Person, bjorn: Person) -> None:
    old, kept = Topic.objects.named("rostskador"), rust()
    earlier = Topic.objects.create(slug="rostig", name="rostig", merged_into=old)
    assert at(albin).post(f"/topics/{old.slug}/merge/", {"into": "korrosion"}).headers["Location"] == kept.get_absolute_url()
    kept.refresh_from_db()
    assert "rostskador" in kept.aliases
    assert at(bjorn).get("/topics/rostskador/").headers["Location"] == kept.get_absolute_url()
    earlier.refresh_from_db()
    assert earlier.merged_into == kept, "no address leads in two steps"
    assert Topic.objects.named("rostskador") == kept
    assert AuditRecord.objects.filter(verb="topic.merged").exists()
    assert Event.objects.visible_to(bjorn).filter(verb="topic.merged", subject_id=kept.pk).exists()


def test_what_cannot_become_one(albin: Person, bjorn: Person) -> None:
    closed = Audience.objects.create(kind="group", is_open=False)
    closed.add(albin)
    secret, kept = Topic.objects.named("hemligt", seen_in=closed), rust()
    with pytest.raises(ValidationError):
        merge(kept, into=secret, by=albin)
    with pytest.raises(ValidationError):
        merge(kept, into=kept, by=albin)
    merge(secret, into=kept, by=albin)
    kept.refresh_from_db()
    assert "hemligt" not in kept.aliases, "a closed circle's word is not told to others"
    assert not Event.objects.visible_to(bjorn).filter(verb="topic.merged").exists()


def test_merged_with_a_sensitive_one_it_is_sensitive(albin: Person) -> None:
    union, kept = Topic.objects.named("facket"), rust()
    merge(union, into=kept, by=albin)
    kept.refresh_from_db()
    assert kept.is_sensitive

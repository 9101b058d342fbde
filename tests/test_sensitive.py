"""What becomes sensitive afterwards: from that moment no evidence, no reason, nobody's known topic; and back again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from traff.community.groups.models import Group
from traff.community.people.models import Profile
from traff.community.people.tasks import topic_marked as people_hear
from traff.community.topics.models import Topic
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Moment, Person
from traff.ground.accounts.views import BACKEND
from traff.ground.activity.models import Event
from traff.ground.audit.models import AuditRecord
from traff.ground.search.models import Entry
from traff.ground.search.searching import search
from traff.heart.matching.reuse import panel_for
from traff.heart.matching.suggest import keep, standing_for
from traff.heart.matching.tests.told import QUESTION, case, everyday
from traff.heart.matching.who import who
from traff.sharing.content.models import Reply
from traff.sharing.content.tasks import group_marked, topic_marked

pytestmark = pytest.mark.django_db


def at(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def told(cecilia: Person) -> None:
    everyday(cecilia)


def heard(verb: str) -> int:
    return int(Event.objects.unrestricted("test").filter(verb=verb).latest("id").pk)


def titles(person: Person) -> list[str]:
    return [str(offer.post["title"]) for offer in panel_for(person, "", QUESTION).offers]


def knowers(person: Person) -> list[Person]:
    return [knower.person for knower in who(person, QUESTION)]


def test_a_topic_marked_today_silences_what_was_written_yesterday(
    told: None, astrid: Person, bjorn: Person, albin: Person
) -> None:
    topic = Topic.objects.named("ventilsjuka")
    Profile.of(bjorn).tell(topics=[topic])
    work = case(bjorn, topics=[topic])
    reply = Reply.write(by=bjorn, post=work, body="<p>The loop of glycol still keeps the valves warm.</p>")
    assert titles(astrid) == [work.title] and bjorn in knowers(astrid)

    topic.mark(is_sensitive=True, by=albin)
    assert titles(astrid) == [] and bjorn not in knowers(astrid)  # at once, before any listener ran

    event = heard("topic.marked")
    topic_marked(event_id=event)
    people_hear(event_id=event)
    thread = Entry.objects.unrestricted("test").get(kind="reply", subject_id=reply.pk).thread_id
    kept = Entry.objects.unrestricted("test").filter(thread_id=thread)
    assert list(kept.values_list("is_evidence", flat=True)) == [False, False]
    assert "ventilsjuka" not in Entry.objects.unrestricted("test").get(kind="person", subject_id=bjorn.pk).text
    assert [hit.entry.title for hit in search(astrid, "glycol valves").hits] == [work.title]  # search still finds it

    topic.mark(is_sensitive=False, by=albin)
    topic_marked(event_id=heard("topic.marked"))
    assert titles(astrid) == [work.title]
    assert AuditRecord.objects.filter(verb="topic.marked", actor_id=albin.pk).count() == 2


def test_a_group_marked_today_likewise_and_nobody_hears_who_joined(
    told: None, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    group = Group.start(by=cecilia, name="Warm pipes")
    group.join(bjorn)
    work = case(bjorn, group=group)
    assert titles(astrid) == [work.title]
    assert Event.objects.visible_to(astrid).filter(verb="group.joined").exists()

    group.describe(by=cecilia, name="Warm pipes", purpose="", is_sensitive=True)
    assert titles(astrid) == []
    assert not Event.objects.visible_to(astrid).filter(subject_kind="group").exists()
    group_marked(event_id=heard("group.marked"))
    assert titles(astrid) == []

    group.describe(by=cecilia, name="Warm pipes", purpose="", is_sensitive=False)
    group_marked(event_id=heard("group.marked"))
    assert titles(astrid) == [work.title]
    assert not Event.objects.visible_to(astrid).filter(verb="group.joined").exists()  # what was concealed stays so


def test_the_name_of_a_sensitive_matter_is_never_said_as_a_reason(
    told: None, astrid: Person, bjorn: Person, albin: Person
) -> None:
    text = "The ledgerwinter froze the valves until a loop of glycol kept them warm. Ledgerwinter, we call it."
    work = case(bjorn, "The ledgerwinter and a glycol loop", text)
    asked = "Ledgerwinter again: the valves freeze, ledgerwinter they say. Would a loop of glycol keep valves warm?"
    said = panel_for(astrid, "", asked).offers[0]
    assert "ledgerwinter" in said.reasons
    Topic.objects.named("ledgerwinter").mark(is_sensitive=True, by=albin)  # nobody tagged the work with it
    topic_marked(event_id=heard("topic.marked"))
    offer = panel_for(astrid, "", asked).offers[0]
    assert offer.post["title"] == work.title
    assert offer.reasons and "ledgerwinter" not in offer.reasons


def test_some_matters_are_sensitive_from_the_start(db: None) -> None:
    assert [Topic.objects.named(name).is_sensitive for name in ("Fackligt", "mental_health", "utbrändhet", "pumps")] == [
        True,
        True,
        True,
        False,
    ]


def test_administrators_alone_mark(astrid: Person, albin: Person) -> None:
    topic = Topic.objects.named("valves", seen_in=Audience.objects.everyone())
    assert "Mark as sensitive" not in at(astrid).get("/topics/valves/").content.decode()
    with pytest.raises(PermissionDenied):
        topic.mark(is_sensitive=True, by=astrid)
    assert at(astrid).post("/topics/valves/sensitivity/").status_code == 403
    assert "Mark as sensitive" in at(albin).get("/topics/valves/").content.decode()
    assert at(albin).post("/topics/valves/sensitivity/").status_code == 302
    topic.refresh_from_db()
    assert topic.is_sensitive
    assert at(albin).post("/topics/valves/sensitivity/end/").status_code == 302
    topic.refresh_from_db()
    assert not topic.is_sensitive


def test_what_was_offered_before_says_no_sensitive_name_afterwards(
    told: None, astrid: Person, bjorn: Person, albin: Person
) -> None:
    work = case(bjorn)
    entry = Entry.objects.unrestricted("test").get(kind="post", subject_id=work.pk)
    keep(astrid, Moment.STRANGER, entry, bjorn.pk, 1.0, ["glycol", "valves"], None)
    Topic.objects.named("glycol").mark(is_sensitive=True, by=albin)
    Entry.objects.unrestricted("its author said it was not about that").filter(pk=entry.pk).update(is_evidence=True)
    assert [card.reasons for card in standing_for(astrid)] == [["valves"]]
    Topic.objects.named("valves").mark(is_sensitive=True, by=albin)
    Entry.objects.unrestricted("likewise").filter(pk=entry.pk).update(is_evidence=True)
    assert standing_for(astrid) == []

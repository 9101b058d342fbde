"""An organisation is brought in: all of it, once, whatever else stands in the files."""

import pytest
from django.core.management import CommandError
from procrastinate.contrib.django.models import ProcrastinateJob

from traff.community.groups.models import Group
from traff.doors.registers import loading
from traff.doors.registers.models import Origin
from traff.doors.registers.tests.conftest import PEOPLE, POSTS, REPLIES, SMALL
from traff.ground.access.models import Membership
from traff.ground.accounts.models import DemoMarker, Person
from traff.ground.activity.models import Event
from traff.ground.organisation.models import Unit
from traff.sharing.content.models import Post, Reply, Revision

pytestmark = pytest.mark.django_db
EVERYTHING = "a test counts everything"


def posts():
    return Post.objects.unrestricted(EVERYTHING)


def replies():
    return Reply.objects.unrestricted(EVERYTHING)


def test_an_organisation_stands_after_its_import(organisation, bring_in):
    said = bring_in(organisation(**SMALL))
    assert said.splitlines()[-1] == "10 new, 0 changed, 0 unchanged, 0 rejected"
    astrid = Person.objects.named("astrid")
    assert (astrid.name, astrid.email, astrid.has_usable_password()) == ("Astrid Ek", "astrid@example.org", False)
    assert [unit.name for unit in Unit.objects.filter(pk__in=astrid.seat.unit.path)] == ["Kiruna", "North"]
    assert astrid.seat.place.country == "SE"
    assert [topic.name for topic in astrid.profile.topics.all()] == ["sensors"]
    assert not Person.objects.named("chloe").is_active
    question = posts().get(kind="question")
    assert question.body == "<p>How do you <em>thaw</em> them?</p>"
    assert question.published_at.isoformat() == "2026-03-01T11:00:00+00:00"  # a date alone is noon where the site is
    assert question.last_active_at == replies().get().published_at
    assert [topic.slug for topic in posts().get(kind="article").topics.all()] == ["pumps"]


def test_several_authors_keep_their_order(organisation, bring_in):
    bring_in(organisation(**SMALL))
    assert [person.handle for person in posts().get(kind="article").people()] == ["bjorn", "chloe"]


def test_a_seat_opens_the_units_above_it(organisation, bring_in):
    bring_in(organisation(**SMALL))
    joined = Membership.objects.filter(person__handle="bjorn").values_list("audience_id", flat=True)
    assert set(Unit.objects.filter(audience_id__in=joined).values_list("name", flat=True)) == {"Pumps", "North"}


def test_again_changes_nothing(organisation, bring_in, django_assert_max_num_queries):
    folder = organisation(**SMALL)
    bring_in(folder)
    before = list(Origin.objects.order_by("id").values_list()), Event.objects.unrestricted(EVERYTHING).count()
    with django_assert_max_num_queries(10) as queries:
        said = bring_in(folder)
    assert said.splitlines()[-1] == "0 new, 0 changed, 10 unchanged, 0 rejected"
    assert not [
        query for query in queries.captured_queries if query["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert (list(Origin.objects.order_by("id").values_list()), Event.objects.unrestricted(EVERYTHING).count()) == before


def test_gz_and_plain_are_the_same_thing(organisation, bring_in):
    folder = organisation(**SMALL)
    bring_in(folder)
    for file in folder.glob("*.jsonl"):
        file.unlink()
    assert "0 new, 0 changed, 10 unchanged" in bring_in(organisation(zipped=True, **SMALL))


def test_what_changed_is_taken_over_and_the_old_words_are_kept(organisation, bring_in):
    bring_in(organisation(**SMALL))
    moved = [{**PEOPLE[0], "unit": "pumps", "title": "Engineer"}, *PEOPLE[1:]]
    said = bring_in(organisation(people=moved, posts=[{**POSTS[0], "body": "Solved."}, POSTS[1]]))
    assert said.splitlines()[-1] == "0 new, 2 changed, 8 unchanged, 0 rejected"
    astrid = Person.objects.named("astrid")
    assert (astrid.seat.unit.name, astrid.profile.title) == ("Pumps", "Engineer")
    assert posts().get(kind="question").body == "<p>Solved.</p>"
    assert "thaw" in Revision.objects.unrestricted(EVERYTHING).get().body
    assert [person.handle for person in posts().get(kind="question").people()] == ["astrid"]


def test_a_leaver_in_the_register_leaves(organisation, bring_in):
    bring_in(organisation(**SMALL))
    bring_in(organisation(people=[{**PEOPLE[0], "is_active": False}, *PEOPLE[1:]]))
    assert Person.objects.named("astrid").left_at


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(organisation, bring_in):
    said = bring_in(organisation(**SMALL), dry_run=True)
    assert said.splitlines()[-1] == "10 new, 0 changed, 0 unchanged, 0 rejected (dry run: nothing was written)"
    assert not Person.objects.exists()
    assert not Origin.objects.exists()


def test_a_kill_in_the_middle_loses_nothing(organisation, bring_in, monkeypatch):
    folder = organisation(**SMALL)
    monkeypatch.setattr(loading, "SIZE", 3)
    keep, kept = loading.Known.keep, []

    def killed(self, items):
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append(keep(self, items))

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(loading.Known, "keep", killed)
        bring_in(folder)
    stood = Origin.objects.count()
    assert 0 < stood < 10
    said = bring_in(folder)
    assert said.splitlines()[-1] == f"{10 - stood} new, 0 changed, {stood} unchanged, 0 rejected"
    assert (Person.objects.count(), posts().count(), replies().count()) == (3, 2, 1)


def test_nobody_is_notified(organisation, bring_in):
    bring_in(organisation(**SMALL))
    events = Event.objects.unrestricted(EVERYTHING)
    assert events.count() == 3
    assert not events.filter(is_imported=False).exists()
    assert events.get(verb="reply.written").at == replies().get().published_at
    assert not [job for job in ProcrastinateJob.objects.all() if "event_id" in job.args]  # one a batch, never one an event


def test_an_accepted_answer_a_case_and_what_was_built_on_it(organisation, bring_in):
    case = {
        "id": "c1",
        "kind": "case",
        "authors": ["bjorn"],
        "title": "Glycol loop",
        "reuse": "The **drawing**",
        "published": "2026-01-01",
    }
    said = bring_in(
        organisation(
            **SMALL
            | {
                "posts": [{**POSTS[0], "accepted": "r1"}, POSTS[1], case],
                "reactions": [{"reply": "r1", "person": "astrid"}, {"post": "c1", "person": "chloe", "at": "2026-02-02"}],
                "reuses": [{"post": "c1", "person": "astrid", "note": "for the valves"}],
                "follows": [
                    {"person": "astrid", "kind": "person", "target": "bjorn"},
                    {"person": "astrid", "kind": "topic", "target": "pumps"},
                ],
            }
        )
    )
    assert said.splitlines()[-1] == "17 new, 0 changed, 0 unchanged, 0 rejected", said
    assert posts().select_related("question__accepted_reply").get(kind="question").question.accepted_reply == replies().get()
    assert posts().select_related("case").get(kind="case").case.reuse == "<p>The <strong>drawing</strong></p>"
    assert posts().get(kind="case").reuses.unrestricted(EVERYTHING).get().note == "for the valves"


def test_a_closed_group_stays_closed_to_those_outside(organisation, bring_in):
    groups = [{"id": "pay", "name": "Pay talks", "is_open": False, "stewards": ["astrid"]}]
    secret = {
        "id": "s1",
        "kind": "update",
        "authors": ["astrid"],
        "group": "pay",
        "body": "The secret word. #paytalk",
        "published": "2026-04-01",
    }
    answer = {"id": "s2", "post": "s1", "author": "astrid", "body": "Hush.", "published": "2026-04-02"}
    bring_in(organisation(**SMALL | {"groups": groups, "posts": [*POSTS, secret], "replies": [*REPLIES, answer]}))
    astrid, bjorn = Person.objects.named("astrid"), Person.objects.named("bjorn")
    assert Post.objects.visible_to(astrid).count() == 3
    assert Post.objects.visible_to(bjorn).count() == 2
    assert Reply.objects.visible_to(bjorn).count() == 1
    assert not Event.objects.visible_to(bjorn).filter(subject_id=posts().get(kind="update").pk, verb="post.published").exists()


def test_closed_stays_closed_also_when_the_source_says_otherwise(organisation, bring_in):
    closed = {"id": "pay", "name": "Pay talks", "is_open": False, "stewards": ["astrid"]}
    bring_in(organisation(**SMALL, groups=[closed]))
    said = bring_in(organisation(groups=[{**closed, "is_open": True}]))
    assert "groups.jsonl:1: rejected: the group is closed here" in said
    assert not Group.objects.unrestricted(EVERYTHING).get().audience.is_open


def test_a_group_that_nobody_looks_after_gets_its_first_member_for_it(organisation, bring_in):
    memberships = [{"group": "ski", "person": "bjorn", "since": "2026-01-01"}, {"group": "ski", "person": "astrid"}]
    bring_in(organisation(**SMALL, groups=[{"id": "ski", "name": "Skiing"}], memberships=memberships))
    group = Group.objects.unrestricted(EVERYTHING).get()
    assert [person.handle for person in group.stewards()] == ["bjorn"]
    assert group.members().count() == 2


def test_the_same_person_from_two_sources_is_one(organisation, bring_in):
    folder = organisation(**SMALL)
    bring_in(folder)
    bring_in(folder, source="another register")
    assert Person.objects.filter(email="astrid@example.org").count() == 1


def test_real_people_do_not_go_into_the_demo(organisation, bring_in):
    DemoMarker.objects.create(organisation="nordanvind")
    with pytest.raises(CommandError, match="Set TRAFF_DATA to a fresh folder"):
        bring_in(organisation(**SMALL))


def test_an_unknown_format_is_told_which_ones_are_known(tmp_path, bring_in):
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(CommandError, match=r"(?s)not known.\nTräff reads:.*traff.json.*streams.jsonl.*posts.jsonl"):
        bring_in(tmp_path)
    with pytest.raises(CommandError, match="nothing at"):
        bring_in(tmp_path / "nowhere")


def test_a_format_of_tomorrow_is_refused(organisation, bring_in):
    folder = organisation()
    (folder / "traff.json").write_text('{"format": "traff", "version": 2}')
    with pytest.raises(CommandError, match="this Träff reads version 1"):
        bring_in(folder)


def test_a_second_import_need_not_wait_for_the_upkeep_of_the_first(organisation, bring_in):
    bring_in(organisation(**SMALL))
    bring_in(organisation(replies=[*REPLIES, {**REPLIES[0], "id": "r2", "body": "And patience."}]))
    assert replies().count() == 2
    names = [job.task_name for job in ProcrastinateJob.objects.all()]
    assert names.count("matching.rebuild_ties") == 1

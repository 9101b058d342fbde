"""Who hears of a deed, and who does not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from traff.attention.following.models import Mute
from traff.attention.notifications import tasks
from traff.attention.notifications.models import Choice, Notice
from traff.attention.notifications.tests.told import count, notice, rung, time_passes
from traff.community.groups.models import Group
from traff.ground.accounts.models import Block, Person
from traff.ground.activity import bulk, news
from traff.ground.activity.models import Event
from traff.sharing.content.models import Post, Question, Reaction, Reply, Reuse
from traff.sharing.content.models.undoing import unsay


@pytest.fixture
def asked(astrid: Person) -> Post:
    return Post.publish(by=astrid, kind="question", title="Salt in the pipes?", body="<p>Who knows?</p>")


def answer(post: Post, by: Person, words: str = "Rinse them.") -> Reply:
    return Reply.write(by=by, post=post, body=f"<p>{words}</p>")


def mention(person: Person) -> str:
    return f'<p><a href="/people/{person.handle}/" rel="noopener noreferrer nofollow">@{person.name}</a> would know.</p>'


def test_who_asked_hears_of_the_answer_and_who_answered_does_not(asked: Post, astrid: Person, bjorn: Person) -> None:
    answer(asked, bjorn)
    time_passes()
    assert rung(astrid) == ["Björn Ståhl answered your question “Salt in the pipes?”"]
    assert (count(astrid), count(bjorn)) == (1, 0) and not Notice.objects.filter(person=bjorn).exists()


def test_who_has_written_in_the_thread_hears_of_what_is_written_next(asked: Post, bjorn: Person, cecilia: Person) -> None:
    answer(asked, bjorn)
    answer(asked, cecilia)
    time_passes()
    assert rung(bjorn) == ["Cecilia Öberg also wrote in “Salt in the pipes?”"]


def test_who_is_mentioned_hears_of_it_in_a_post_and_in_a_reply(
    asked: Post, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    Post.publish(by=astrid, kind="update", body=mention(bjorn))
    Reply.write(by=astrid, post=asked, body=mention(cecilia))
    time_passes()
    assert rung(bjorn) == ["Astrid Nyman mentioned you in “@Björn Ståhl would know.”"]
    assert rung(cecilia) == ["Astrid Nyman mentioned you in “Salt in the pipes?”"]


def test_a_new_post_rings_for_nobody_it_does_not_name(asked: Post, astrid: Person, bjorn: Person) -> None:
    time_passes()
    assert not Notice.objects.exists()


def test_thanks_reuse_and_a_helping_answer_reach_whose_work_it_is(asked: Post, astrid: Person, bjorn: Person) -> None:
    case = Post.publish(by=bjorn, kind="case", title="Rinsed pipes", case={"reuse": "<p>The drawing</p>"})
    reply = answer(asked, bjorn)
    Question.objects.unrestricted("test").get(post=asked).accept(reply, by=astrid)
    Reaction.give(by=astrid, to=reply)
    Reuse.tell(by=astrid, post=case, note="In Kiruna")
    time_passes()
    assert rung(bjorn) == [
        "Astrid Nyman reuses your work “Rinsed pipes”",
        "Astrid Nyman thanked you for your reply in “Salt in the pipes?”",
    ], "one line a thread, its latest deed first"
    Reaction.take_back(by=astrid, to=reply)
    assert rung(bjorn)[1] == "Astrid Nyman says that your answer helped: “Salt in the pipes?”"


def test_an_answer_and_thanks_for_one_post_are_one_line(asked: Post, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    answer(asked, bjorn)
    Reaction.give(by=cecilia, to=asked)
    time_passes()
    assert rung(astrid) == ["Cecilia Öberg thanked you for “Salt in the pipes?”"]
    assert (notice(astrid).count, count(astrid)) == (2, 1)
    Reaction.take_back(by=cecilia, to=asked)
    assert rung(astrid) == ["Björn Ståhl answered your question “Salt in the pipes?”"]


def test_thanks_taken_back_are_told_no_more(asked: Post, astrid: Person, bjorn: Person) -> None:
    Reaction.give(by=bjorn, to=asked)
    time_passes()
    assert count(astrid) == 1
    Reaction.take_back(by=bjorn, to=asked)
    assert rung(astrid) == [] and count(astrid) == 0


@pytest.mark.parametrize("what", ["thread", "author", "group"])
def test_whoever_has_muted_it_hears_nothing(astrid: Person, bjorn: Person, what: str) -> None:
    group = Group.start(by=bjorn, name="Pipes")
    group.join(astrid)
    post = Post.publish(by=astrid, kind="question", title="Salt?", group=group)
    Mute.set(astrid, {"thread": post, "author": bjorn, "group": group}[what])
    answer(post, bjorn)
    time_passes()
    assert rung(astrid) == [] and count(astrid) == 0


def test_muting_afterwards_takes_what_was_told_away(asked: Post, astrid: Person, bjorn: Person) -> None:
    answer(asked, bjorn)
    time_passes()
    Mute.set(astrid, bjorn)
    assert rung(astrid) == [] and count(astrid) == 0


@pytest.mark.parametrize("turned", [False, True])
def test_a_block_is_silent_both_ways_before_and_afterwards(asked: Post, astrid: Person, bjorn: Person, turned: bool) -> None:
    answer(asked, bjorn)
    time_passes()
    Block.objects.create(blocker=bjorn if turned else astrid, blocked=astrid if turned else bjorn)
    assert rung(astrid) == [] and count(astrid) == 0
    answer(asked, bjorn, "And again")
    time_passes()
    assert notice(astrid).count == 1


def test_who_left_a_closed_group_sees_and_counts_nothing_of_it(astrid: Person, bjorn: Person) -> None:
    group = Group.start(by=bjorn, name="Evening rowers", is_open=False)
    group.audience.add(astrid)
    post = Post.publish(by=astrid, kind="question", title="Whose oars?", group=group)
    answer(post, bjorn)
    time_passes()
    assert count(astrid) == 1
    group.leave(astrid)
    assert rung(astrid) == [] and count(astrid) == 0
    answer(post, bjorn, "Mine")
    time_passes()
    assert notice(astrid).count == 1


def test_what_was_taken_back_in_time_was_never_told(asked: Post, astrid: Person, bjorn: Person) -> None:
    reply = answer(asked, bjorn)
    told = Event.objects.unrestricted("test").get(verb="reply.written").pk
    unsay(reply)
    tasks.ring(event_id=told)
    assert not Notice.objects.exists()


def test_the_job_waits_until_nothing_can_be_taken_back(asked: Post, bjorn: Person) -> None:
    before = timezone.now()
    answer(asked, bjorn)
    job = ProcrastinateJob.objects.filter(task_name="notifications.ring").latest("pk")
    assert job.scheduled_at is not None and job.scheduled_at >= before + timedelta(seconds=34)


def test_what_was_withdrawn_later_is_counted_nowhere(asked: Post, astrid: Person, bjorn: Person) -> None:
    reply = answer(asked, bjorn)
    time_passes()
    reply.withdraw(by=bjorn)
    time_passes()
    assert count(astrid) == 0 and rung(astrid) == []


def test_of_two_replies_one_withdrawn_the_other_is_still_told(
    asked: Post, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    answer(asked, bjorn)
    later = answer(asked, cecilia)
    time_passes()
    later.withdraw(by=cecilia)
    time_passes()
    assert rung(astrid) == ["Björn Ståhl answered your question “Salt in the pipes?”"] and count(astrid) == 1


def test_what_was_imported_rings_for_nobody(asked: Post, bjorn: Person) -> None:
    reply = answer(asked, bjorn)
    Event.objects.unrestricted("test").all().delete()
    bulk.record_many("reply.written", [bulk.Past(bjorn.pk, "reply", reply.pk, asked.audience, timezone.now())])
    time_passes()
    assert not Notice.objects.exists()


def test_who_wants_no_word_of_a_sort_gets_none(asked: Post, astrid: Person, bjorn: Person) -> None:
    Choice.objects.create(person=astrid, sort="thanks", bell=False)
    Reaction.give(by=bjorn, to=asked)
    answer(asked, bjorn)
    time_passes()
    assert rung(astrid) == ["Björn Ståhl answered your question “Salt in the pipes?”"]


def test_who_is_invited_hears_while_the_invitation_stands(astrid: Person, bjorn: Person) -> None:
    group = Group.start(by=bjorn, name="Rowers", is_open=False)
    group.invite(astrid, by=bjorn)
    time_passes()
    assert rung(astrid) == ["Björn Ståhl invites you to the group “Rowers”"]
    group.decline(astrid)
    assert rung(astrid) == []


def test_those_who_look_after_a_group_hear_who_joins_but_not_of_a_sensitive_one(
    astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    rowers, sober = Group.start(by=bjorn, name="Rowers"), Group.start(by=bjorn, name="Sober", is_sensitive=True)
    for person in (astrid, cecilia):
        rowers.join(person)
        sober.join(person)
    time_passes()
    assert rung(bjorn) == ["Cecilia Öberg joined your group “Rowers”"] and notice(bjorn).count == 2


def test_whoever_has_left_the_organisation_gets_no_notice(asked: Post, astrid: Person, bjorn: Person) -> None:
    answer(asked, bjorn)
    astrid.leave()
    time_passes()
    assert not Notice.objects.exists()


def test_deeds_registered_after_the_bell_ring_too(asked: Post, bjorn: Person) -> None:
    """The bell's room opens before those beneath it: what they register later is delivered all the same."""
    assert {"reply.written", "group.invited"} <= set(news.verbs())
    queued = ProcrastinateJob.objects.filter(task_name="notifications.ring").count()
    answer(asked, bjorn)
    assert ProcrastinateJob.objects.filter(task_name="notifications.ring").count() == queued + 1


def test_in_the_demo_the_bell_has_rung_and_what_is_old_was_read(asked: Post, astrid: Person, bjorn: Person) -> None:
    Reaction.give(by=bjorn, to=asked)
    answer(asked, bjorn)
    events = Event.objects.unrestricted("test")
    events.update(is_imported=True)
    events.filter(verb="reply.written").update(at=timezone.now() - timedelta(days=3))
    tasks.ring_for_the_demo()
    assert rung(astrid) == ["Björn Ståhl thanked you for “Salt in the pipes?”"], "the latest, whatever was imported first"
    assert (notice(astrid).count, count(astrid)) == (1, 1), "the reply was read"

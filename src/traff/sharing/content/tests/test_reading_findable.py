"""What search is given of posts and replies."""

from typing import Any

from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Seat
from traff.ground.search import findable
from traff.ground.search.models import Entry
from traff.sharing.content.models import Post, Reply


def test_a_case_is_found_by_all_its_words(bjorn: Person, cecilia: Person, house: dict[str, Any]) -> None:
    post = Post.publish(
        by=bjorn, kind="case", title="Corrosion", body="<p>lead</p>", with_authors=[cecilia],
        case={"situation": "<p>leak</p>", "reuse": "<p>drawing #titan</p>"},
    )  # fmt: skip
    draft = findable.draft_of("post", post)
    assert (draft.title, draft.text) == ("Corrosion", "lead\nleak\ndrawing #titan")
    assert draft.author_ids == [bjorn.pk, cecilia.pk]
    assert (draft.unit_id, draft.place_id) == (house["paper"].pk, house["Tampere"].pk)
    assert draft.concepts == [("topic", Topic.objects.get(slug="titan").pk)]
    assert (draft.thread, draft.detail, draft.is_evidence) == (None, "case", True)


def test_an_edited_case_is_found_by_its_new_words(bjorn: Person) -> None:
    post = Post.publish(by=bjorn, kind="case", title="Corrosion", case={"reuse": "<p>drawing</p>"})
    assert post.case.reuse == "<p>drawing</p>"
    post.edit(by=bjorn, title="Corrosion", body="", case={"reuse": "<p>table</p>"})
    assert findable.draft_of("post", post).text == "table"


def test_a_reply_hangs_on_its_thread(astrid: Person, bjorn: Person, house: dict[str, Any]) -> None:
    post = Post.publish(by=astrid, kind="question", title="Why?")
    draft = findable.draft_of("reply", Reply.write(by=bjorn, post=post, body="<p>the gasket</p>"))
    assert (draft.title, draft.text, draft.thread, draft.detail) == ("", "the gasket", ("post", post.pk), "question")
    assert draft.author_ids == [bjorn.pk]
    assert draft.place_id == house["Tampere"].pk


def test_protected_people_are_placed_nowhere(preben: Person, house: dict[str, Any]) -> None:
    Seat.give(preben, unit=house["paper"], place=house["Tampere"])
    draft = findable.draft_of("post", Post.publish(by=preben, kind="update", body="<p>x</p>"))
    assert (draft.unit_id, draft.place_id) == (None, None)


def test_what_is_sensitive_or_withheld_is_never_evidence(cecilia: Person, bjorn: Person) -> None:
    faith = Group.start(by=cecilia, name="Faith", is_sensitive=True)
    in_group = Post.publish(by=cecilia, kind="update", body="<p>x</p>", group=faith)
    illness = Topic.objects.create(slug="illness", name="illness", is_sensitive=True)
    on_topic = Post.publish(by=bjorn, kind="update", body="<p>x</p>", topics=[illness])
    withheld = Post.publish(by=bjorn, kind="update", body="<p>x</p>")
    withheld.keep_from_evidence(by=bjorn, is_evidence=False)
    for post in (in_group, on_topic, withheld):
        assert not findable.draft_of("post", post).is_evidence
        assert not findable.draft_of("reply", Reply.write(by=cecilia, post=post, body="<p>y</p>")).is_evidence


def test_what_was_withdrawn_stays_away_when_the_thread_is_kept_from_evidence(astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=astrid, kind="question", title="Why does it leak?")
    taken_back = Reply.write(by=bjorn, post=post, body="<p>The kryolit, between us.</p>")
    Reply.write(by=bjorn, post=post, body="<p>The gasket.</p>")
    taken_back.withdraw(by=bjorn)
    for is_evidence in (False, True):
        post.keep_from_evidence(by=astrid, is_evidence=is_evidence)
        assert {entry.text for entry in Entry.objects.visible_to(astrid).filter(kind="reply")} == {"The gasket."}

"""An idea: written, voted for, taken on, followed to its result. Every deed has its twin: somebody who may not."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.search.models import Entry
from traff.sharing.content.ideas import standing_of
from traff.sharing.content.models import Draft, Idea, IdeaStep, Post, Stage, Vote


@pytest.fixture
def idea(bjorn: Person) -> Post:
    return Post.publish(by=bjorn, kind="idea", title="Lend each other's thermal cameras")


@pytest.fixture
def secret(bjorn: Person) -> Post:
    circle = Group.start(by=bjorn, name="Closed circle", is_open=False)
    return Post.publish(by=bjorn, kind="idea", title="Between us", group=circle)


def told(verb: str) -> dict[str, str]:
    """Whom the last deed of this verb concerns, and what each is told."""
    event = Event.objects.unrestricted("test").filter(verb=verb).latest("pk")
    people = Person.objects.filter(pk__in=news.concerned(event))
    translation.activate("en")
    return {person.handle: said.text for person in people if (said := news.said(event, person))}


def standing(post: Post, reader: Person) -> Any:
    return standing_of(Post.objects.visible_to(reader).with_people().get(pk=post.pk), reader)


def test_a_sentence_is_enough(astrid: Person) -> None:
    post = Post.publish(by=astrid, kind="idea", title="A shared drawer of seals")
    assert post.idea.stage == Stage.NEW
    with pytest.raises(ValidationError):
        Post.publish(by=astrid, kind="idea", body="<p>without a title</p>")


def test_a_vote_is_private_counted_once_and_can_be_taken_back(
    client: Client, idea: Post, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    before = Event.objects.unrestricted("test").count()
    for person in (astrid, astrid, cecilia):
        client.force_login(person)
        client.post(reverse("idea_vote", args=[idea.pk]))
    assert standing(idea, bjorn).votes.count == 2
    assert standing(idea, astrid).votes.is_mine and not standing(idea, bjorn).votes.is_mine
    assert list(Vote.objects.visible_to(bjorn)) == [], "nobody reads another's vote"
    assert Event.objects.unrestricted("test").count() == before
    client.post(reverse("idea_vote_end", args=[idea.pk]))
    assert standing(idea, bjorn).votes.count == 1
    assert '1<span class="sr"> vote<' in client.get(idea.get_absolute_url()).content.decode(), "heard as one"


def test_it_is_taken_on_tried_and_has_a_result_and_those_it_concerns_hear(
    client: Client, idea: Post, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    Vote.give(by=cecilia, idea=idea.idea)
    client.force_login(astrid)
    client.post(reverse("idea_taking", args=[idea.pk]))
    assert told("idea.taken_on") == {
        "bjorn": "Astrid Nyman takes on the idea “Lend each other's thermal cameras”",
        "cecilia": "Astrid Nyman takes on the idea “Lend each other's thermal cameras”",
    }
    client.post(reverse("idea_stage", args=[idea.pk]), {"stage": "tried", "note": "Two cameras on the shelf"})
    assert standing(idea, cecilia).events[0]["text"].endswith("Two cameras on the shelf")
    silent = client.post(reverse("idea_stage", args=[idea.pk]), {"stage": "result", "result": ""})
    assert silent.status_code == 422 and Idea.objects.visible_to(astrid).get(pk=idea.pk).stage == Stage.TRIED
    client.post(reverse("idea_stage", args=[idea.pk]), {"stage": "result", "result": "Lent **eleven** times in zwölfwochen"})
    assert set(told("idea.moved")) == {"bjorn", "cecilia"}
    assert "has a result" in told("idea.moved")["cecilia"]
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "<strong>eleven</strong>" in page
    assert "zwölfwochen" in Entry.objects.visible_to(bjorn).get(kind="post", subject_id=idea.pk).text, "and search finds it"


def test_one_takes_it_on_at_a_time_and_may_let_go(idea: Post, astrid: Person, cecilia: Person) -> None:
    idea.idea.take_on(by=astrid)
    with pytest.raises(PermissionDenied):
        Idea.objects.visible_to(cecilia).get(pk=idea.pk).take_on(by=cecilia)
    held = Idea.objects.visible_to(astrid).get(pk=idea.pk)
    held.move("new", by=astrid)
    Idea.objects.visible_to(cecilia).get(pk=idea.pk).take_on(by=cecilia)
    stages = IdeaStep.objects.visible_to(astrid).filter(idea=held).values_list("stage", flat=True)
    assert list(stages) == ["taken", "new", "taken"]


@pytest.mark.parametrize("deed", ["idea_vote", "idea_taking", "idea_stage", "idea_twin", "idea_twin_end"])
def test_who_may_not_read_it_meets_nothing(client: Client, secret: Post, astrid: Person, deed: str) -> None:
    client.force_login(astrid)
    assert client.post(reverse(deed, args=[secret.pk]), {"stage": "parked"}).status_code == 404
    assert Idea.objects.unrestricted("test").get(pk=secret.pk).stage == Stage.NEW


def test_who_neither_wrote_nor_took_it_on_does_not_move_it(client: Client, idea: Post, cecilia: Person) -> None:
    client.force_login(cecilia)
    assert client.post(reverse("idea_stage", args=[idea.pk]), {"stage": "parked"}).status_code == 404
    with pytest.raises(PermissionDenied):
        idea.idea.move("parked", by=cecilia)


def test_a_guest_votes_where_let_in_but_takes_nothing_on(gosta: Person, bjorn: Person) -> None:
    open_group = Group.start(by=bjorn, name="Open workshop")
    open_group.audience.add(gosta)
    post = Post.publish(by=bjorn, kind="idea", title="A bench for everybody", group=open_group)
    Vote.give(by=gosta, idea=post.idea)
    with pytest.raises(PermissionDenied):
        post.idea.take_on(by=gosta)


def test_a_twin_leads_to_the_original_where_votes_count_once(idea: Post, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    twin = Post.publish(by=astrid, kind="idea", title="A pool of cameras")
    for person in (astrid, cecilia):
        Vote.give(by=person, idea=twin.idea)
    Vote.give(by=cecilia, idea=idea.idea)
    twin.idea.mark_duplicate(idea.idea, by=astrid)
    assert standing(idea, bjorn).votes.count == 2
    assert standing(idea, bjorn).duplicates[0].name == "A pool of cameras"
    assert standing(twin, bjorn).original.name == str(idea)
    third = Post.publish(by=cecilia, kind="idea", title="Cameras again")
    third.idea.mark_duplicate(Idea.objects.visible_to(cecilia).get(pk=twin.pk), by=cecilia)
    assert third.idea.duplicate_of_id == idea.pk, "a twin of a twin is a twin of the original"
    with pytest.raises(PermissionDenied):
        idea.idea.mark_duplicate(twin.idea, by=cecilia)


def test_votes_and_name_of_a_closed_twin_stay_in_its_circle(idea: Post, secret: Post, astrid: Person, bjorn: Person) -> None:
    Vote.give(by=bjorn, idea=secret.idea)
    secret.idea.mark_duplicate(idea.idea, by=bjorn)
    assert standing(idea, astrid).votes.count == 0 and standing(idea, astrid).duplicates == []
    assert standing(idea, bjorn).votes.count == 1
    secret.idea.unmark_duplicate(by=bjorn)
    idea.idea.mark_duplicate(secret.idea, by=bjorn)
    assert standing(idea, astrid).original is None and standing(idea, bjorn).original.name == "Between us"


def test_the_list_has_a_tab_a_stage_and_leaves_twins_to_their_original(client: Client, idea: Post, astrid: Person) -> None:
    other = Post.publish(by=astrid, kind="idea", title="Wash the windows of the control room")
    other.idea.take_on(by=astrid)
    client.force_login(astrid)
    everything = client.get("/ideas/").content.decode()
    assert "thermal cameras" in everything and "Wash the windows" in everything
    taken = client.get("/ideas/?stage=taken").content.decode()
    assert "Wash the windows" in taken and "thermal cameras" not in taken
    other.idea.mark_duplicate(idea.idea, by=astrid)
    assert "Wash the windows" not in client.get("/ideas/").content.decode()


def test_what_was_voted_for_is_no_longer_taken_back_as_unsent(client: Client, astrid: Person, cecilia: Person) -> None:
    client.force_login(astrid)
    key = "5b0c1ba0-0000-4000-8000-000000000001"
    client.post("/write/", {"draft": key, "kind": "idea", "title": "Coffee at the crusher", "audience": ""})
    post = Post.objects.visible_to(astrid).get(pk=Draft.objects.get(key=key).became_post_id)
    Vote.give(by=cecilia, idea=post.idea)
    client.post(reverse("post_sending_end", args=[post.pk]))
    assert Post.objects.visible_to(cecilia).filter(pk=post.pk).exists()

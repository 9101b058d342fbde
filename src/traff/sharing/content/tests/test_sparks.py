"""This gave me an idea: from somebody's post to one's own. The author hears, the trail stands on both, where both may be read."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.sharing.content.models import Draft, Post, Spark
from traff.sharing.content.trail import trail_of

KEY = "5b0c1ba0-0000-4000-8000-00000000000a"


@pytest.fixture
def source(bjorn: Person) -> Post:
    return Post.publish(by=bjorn, kind="article", title="Listening to ice", body="<p>Ring it and hear how thick it is.</p>")


@pytest.fixture
def circle(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Closed circle", is_open=False)


def told(person: Person) -> list[str]:
    """What this person hears of sparks."""
    events = Event.objects.unrestricted("test").filter(verb="spark.lit")
    translation.activate("en")
    concerned = [event for event in events if person.pk in news.concerned(event)]
    return [said.text for event in concerned if (said := news.said(event, person))]


def test_from_the_post_to_the_composer_to_the_trail(client: Client, source: Post, astrid: Person, bjorn: Person) -> None:
    client.force_login(astrid)
    assert f"/write/?spark={source.pk}" in client.get(source.get_absolute_url()).content.decode()
    sheet = client.get(f"/write/?spark={source.pk}").content.decode()
    assert "Listening to ice" in sheet and f'name="sparked_by" value="{source.pk}"' in sheet
    fields = {"draft": KEY, "kind": "idea", "title": "Ring the pipes", "audience": "", "sparked_by": source.pk}
    client.post("/write/", {**fields, "step": "keep"})
    draft = Draft.objects.get(key=KEY)
    assert draft.sparked_by_id == source.pk
    assert "Listening to ice" in client.get(draft.get_absolute_url()).content.decode(), "kept with the draft"
    client.post("/write/", fields)
    idea = Post.objects.visible_to(bjorn).get(title="Ring the pipes")
    assert told(bjorn) == ["Your “Listening to ice” gave Astrid Nyman an idea: “Ring the pipes”"]
    assert [line.link.name for line in trail_of(source, bjorn).sparked] == ["Ring the pipes"]
    assert [line.link.name for line in trail_of(idea, astrid).sparked_by] == ["Listening to ice"]
    client.force_login(bjorn)
    assert "Ring the pipes" in client.get(source.get_absolute_url()).content.decode()
    assert "Listening to ice" in client.get(idea.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", ["update", "article"])
def test_a_note_may_come_of_it_as_well(source: Post, astrid: Person, bjorn: Person, kind: str) -> None:
    Post.publish(by=astrid, kind=kind, title="A note", body="<p>Tried it on the lake.</p>", sparked_by=source)
    assert len(told(bjorn)) == 1


def test_an_idea_in_a_circle_that_the_author_does_not_read_tells_them_nothing(
    source: Post, circle: Group, bjorn: Person, cecilia: Person
) -> None:
    idea = Post.publish(by=cecilia, kind="idea", title="Kryolit", group=circle, sparked_by=source)
    event = Event.objects.unrestricted("test").get(verb="spark.lit")
    assert event.audience == circle.audience
    assert told(bjorn) == []
    assert trail_of(source, bjorn).sparked == []
    assert [line.link.name for line in trail_of(source, cecilia).sparked] == ["Kryolit"]
    assert [line.link.name for line in trail_of(idea, cecilia).sparked_by] == ["Listening to ice"]


def test_an_open_idea_says_nothing_of_the_closed_post_that_gave_it(
    client: Client, circle: Group, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    circle.audience.add(bjorn)
    closed = Post.publish(by=bjorn, kind="update", body="<p>Kryolit in the cellar</p>", group=circle)
    idea = Post.publish(by=cecilia, kind="idea", title="Label the cellar", sparked_by=closed)
    assert Event.objects.unrestricted("test").get(verb="spark.lit").audience == circle.audience
    assert len(told(bjorn)) == 1
    assert trail_of(idea, astrid).sparked_by == []
    client.force_login(astrid)
    assert "Kryolit" not in client.get(idea.get_absolute_url()).content.decode()
    circle.leave(bjorn)
    assert told(bjorn) == [], "told with the eyes one has then"


def test_between_two_closed_circles_nobody_but_the_writer_hears(circle: Group, bjorn: Person, cecilia: Person) -> None:
    other = Group.start(by=bjorn, name="Another closed one", is_open=False)
    other.audience.add(cecilia)
    closed = Post.publish(by=bjorn, kind="update", body="<p>Only here</p>", group=other)
    Post.publish(by=cecilia, kind="idea", title="Only there", group=circle, sparked_by=closed)
    event = Event.objects.unrestricted("test").get(verb="spark.lit")
    assert [person.pk for person in event.audience.readers()] == [cecilia.pk]
    assert told(bjorn) == []


def test_what_one_may_not_read_gives_no_idea(client: Client, circle: Group, astrid: Person, cecilia: Person) -> None:
    closed = Post.publish(by=cecilia, kind="update", body="<p>Kryolit</p>", group=circle)
    client.force_login(astrid)
    assert client.get(f"/write/?spark={closed.pk}").status_code == 404
    client.post("/write/", {"draft": KEY, "kind": "idea", "title": "Mine", "audience": "", "sparked_by": closed.pk})
    assert Post.objects.visible_to(astrid).filter(title="Mine").exists()
    assert not Spark.objects.unrestricted("test").exists()
    with pytest.raises(PermissionDenied):
        Spark.light(by=astrid, source=closed, post=Post.objects.visible_to(astrid).get(title="Mine"))


def test_withdrawn_at_either_end_the_trail_is_gone(source: Post, astrid: Person, bjorn: Person) -> None:
    idea = Post.publish(by=astrid, kind="idea", title="Ring the pipes", sparked_by=source)
    idea.withdraw(by=astrid)
    assert trail_of(source, bjorn).sparked == [] and told(bjorn) == []
    again = Post.publish(by=astrid, kind="idea", title="Ring the pipes, once more", sparked_by=source)
    source.withdraw(by=bjorn)
    assert trail_of(again, astrid).sparked_by == []


def test_sending_taken_back_takes_the_news_back(client: Client, source: Post, astrid: Person, bjorn: Person) -> None:
    client.force_login(astrid)
    fields = {"draft": KEY, "kind": "idea", "title": "Ring the pipes", "audience": "", "sparked_by": source.pk}
    client.post("/write/", fields)
    client.post(f"/posts/{Post.objects.visible_to(astrid).get(title='Ring the pipes').pk}/sending/end/")
    assert told(bjorn) == [] and not Event.objects.unrestricted("test").filter(verb="spark.lit").exists()
    assert Draft.objects.get(key=KEY).fields["sparked_by"] == str(source.pk)

"""A merged topic takes everything along; who says so on the profile comes last; what others build on is known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from traff.attention.following.models import Follow, Mute
from traff.community.people import tasks as people_tasks
from traff.community.people.models import Profile
from traff.community.topics.models import Topic
from traff.community.topics.tending import merge, rename
from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.activity.models import Event
from traff.ground.organisation.models import Seat
from traff.ground.search.searching import search
from traff.heart.matching.tests.test_listening import at
from traff.heart.matching.tests.told import GLYCOL, article, case, circle, colleague, everyday
from traff.sharing.content import tasks as content_tasks
from traff.sharing.content.models import Post, Reuse


@pytest.fixture(autouse=True)
def a_house_where_people_write(cecilia: Person) -> None:
    everyday(cecilia)


def reindexed(verb: str) -> None:
    event = Event.objects.unrestricted("test").filter(verb=verb).latest("pk")
    content_tasks.topic_renamed(event_id=event.pk)
    people_tasks.topic_marked(event_id=event.pk)


def test_posts_follows_and_profiles_move_with_a_merged_topic(
    astrid: Person, bjorn: Person, cecilia: Person, albin: Person
) -> None:
    old, kept = Topic.objects.named("rostskador"), Topic.objects.create(slug="corrosion", name="Corrosion", name_sv="Korrosion")
    both = Post.publish(by=bjorn, kind="update", body="<p>Piren.</p>", topics=[old, kept])
    one = Post.publish(by=bjorn, kind="update", body="<p>Kajen.</p>", topics=[old])
    Profile.of(bjorn).tell(topics=[old, kept])
    Profile.of(cecilia).tell(topics=[old])
    for person in (astrid, cecilia):
        Follow.set(person, old)
    Follow.set(astrid, kept)
    Mute.set(bjorn, old)
    merge(old, into=kept, by=albin)
    reindexed("topic.merged")
    posts = Post.objects.visible_to(astrid)
    assert set(posts.filter(topics=kept)) == {both, one} and not posts.filter(topics=old).exists()
    assert {profile.person for profile in kept.profiles.all()} == {bjorn, cecilia}
    assert Follow.objects.of(astrid).ids("topic") == [kept.pk] == Follow.objects.of(cecilia).ids("topic")
    assert Mute.objects.of(bjorn).ids("topic") == [kept.pk]
    found = [hit.entry.subject_id for hit in search(astrid, "corrosion").hits if hit.entry.kind == "post"]
    assert set(found) == {both.pk, one.pk}, "found by the name of what it became"


def test_a_new_spelling_links_what_was_written_with_it(astrid: Person, bjorn: Person, albin: Person) -> None:
    topic = Topic.objects.named("Cavitation")
    said = article(bjorn, "Ångblåsor", "Pumphjulet äts upp av ångblåsor när trycket faller.")
    assert said.pk not in [hit.entry.subject_id for hit in search(astrid, "cavitation").hits]
    rename(topic, by=albin, name="Cavitation", name_sv="Kavitation", aliases=["ångblåsor"])
    reindexed("topic.named")
    assert said.pk in [hit.entry.subject_id for hit in search(astrid, "cavitation").hits]


def test_who_says_so_on_the_profile_comes_last(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    topic = Topic.objects.named("glycol")
    article(bjorn, "A glycol loop for frozen valves", GLYCOL)
    Profile.of(cecilia).tell(topics=[topic])
    page = at(astrid).get("/search/knowers/", {"q": "glycol"}).content.decode()
    assert (
        page.index("A glycol loop")
        < page.index("Björn Ståhl")
        < page.index("Säger det på sin profil")
        < page.index("Cecilia Öberg")
    )
    Objection.objects.create(person=cecilia, moment=Moment.WHO)
    assert "Cecilia" not in at(astrid).get("/search/knowers/", {"q": "glycol"}).content.decode()
    Objection.objects.all().delete()
    Block.objects.create(blocker=cecilia, blocked=astrid)
    assert "Cecilia" not in at(astrid).get("/search/knowers/", {"q": "glycol"}).content.decode()


def test_a_sensitive_topic_names_nobody(astrid: Person, cecilia: Person, preben: Person) -> None:
    Profile.of(cecilia).tell(topics=[Topic.objects.named("facket")])
    Profile.of(preben).tell(topics=[Topic.objects.named("glycol")])
    for words in ("facket", "glycol"):
        page = at(astrid).get("/search/knowers/", {"q": words}).content.decode()
        assert "Cecilia" not in page and "Preben" not in page


def test_ones_own_unit_is_folded_away_and_who_is_away_says_so(astrid: Person, bjorn: Person) -> None:
    near = colleague("disa", unit=Seat.objects.get(person=astrid).unit)
    for person in (bjorn, near):
        article(person, f"A glycol loop by {person.name}", GLYCOL)
    Profile.objects.update_or_create(person=bjorn, defaults={"away_until": timezone.localdate() + timedelta(days=9)})
    page = at(astrid).get("/search/knowers/", {"q": "glycol"}).content.decode()
    (_before, _class, rest) = page.partition('<details class="who-near"')
    folded = rest.partition("</details>")[0]
    assert "Disa" in folded and "Björn" not in folded
    assert "borta till och med" in page


def test_at_most_ten_are_named(astrid: Person) -> None:
    topic = Topic.objects.named("glycol")
    for number in range(9):
        article(colleague(f"writer{number}"), f"Glycol loop {number}", GLYCOL)
    for number in range(6):
        Profile.of(colleague(f"declared{number}")).tell(topics=[topic])
    page = at(astrid).get("/search/knowers/", {"q": "glycol"}).content.decode()
    named = (
        sum(f'href="/people/writer{n}/"' in page for n in range(9)),
        sum(f'href="/people/declared{n}/"' in page for n in range(6)),
    )
    assert named == (9, 1)


def test_what_others_build_on_is_what_one_is_known_for(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    loop, rack = case(bjorn), case(bjorn, "A bicycle rack", "Racks for the yard.")
    hidden = case(bjorn, "Hidden work", "Only for the circle.", group=circle(bjorn, cecilia))
    withheld = case(bjorn, "Withheld work", "Not as evidence.")
    for post in (loop, rack, hidden, withheld):
        Reuse.tell(by=cecilia, post=post)
    Reuse.tell(by=astrid, post=loop)
    withheld.keep_from_evidence(by=bjorn, is_evidence=False)
    page = at(astrid).get("/people/bjorn/").content.decode()
    known = page[page.index('id="known-title"') : page.index('id="writing-title"')]
    assert known.index("A glycol loop") < known.index("A bicycle rack")
    assert "2 kollegor återanvänder det" in known
    assert "Hidden work" not in known and "Withheld work" not in known
    assert "Hidden work" in at(cecilia).get("/people/bjorn/").content.decode()
    loop.withdraw(by=bjorn)
    page = at(astrid).get("/people/bjorn/").content.decode()
    assert "A glycol loop" not in page[page.index('id="known-title"') : page.index('id="writing-title"')]

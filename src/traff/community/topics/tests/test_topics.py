"""Words people share, and words that stay in a closed circle."""

from typing import Any

import pytest
from django.test import Client

from traff.community.topics.findable import topic_concept
from traff.community.topics.models import Topic
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person


@pytest.fixture
def circle(bjorn: Person) -> Audience:
    closed = Audience.objects.create(kind="group", is_open=False)
    closed.add(bjorn)
    return closed


def test_one_topic_has_many_spellings(db: None) -> None:
    rust = Topic.objects.create(slug="corrosion", name="Corrosion", name_sv="Korrosion", aliases=["rost"])
    assert {Topic.objects.named(word) for word in ("corrosion", "Korrosion", "ROST", "korrosion")} == {rust}
    assert Topic.objects.tagged("About #rost and #Värme_växlare, not a#b or http://x/#y") == [
        rust,
        Topic.objects.get(slug="värme-växlare"),
    ]


def test_a_merged_topic_answers_as_what_it_became(at: Any, astrid: Person) -> None:
    rust = Topic.objects.named("korrosion")
    Topic.objects.create(slug="rost", name="rost", merged_into=rust)
    assert Topic.objects.named("rost") == rust
    assert at(astrid).get("/topics/rost/").headers["Location"] == rust.get_absolute_url()
    assert ">rost<" not in at(astrid).get("/topics/").content.decode()


def test_a_word_of_a_closed_circle_stays_there(at: Any, astrid: Person, bjorn: Person, circle: Audience) -> None:
    Topic.objects.tagged("#hemlighet", seen_in=circle)
    assert b"hemlighet" in at(bjorn).get("/topics/").content
    assert at(bjorn).get("/topics/hemlighet/").status_code == 200
    assert b"#</span>hemlighet" not in at(astrid).get("/topics/?q=hemlig").content
    hidden, unknown = at(astrid).get("/topics/hemlighet/"), at(astrid).get("/topics/finns-inte/")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content == unknown.content


def test_said_openly_it_belongs_to_everyone(astrid: Person, gosta: Person, circle: Audience) -> None:
    topic = Topic.objects.named("titan", seen_in=circle)
    assert not Topic.objects.visible_to(astrid).exists()
    assert Topic.objects.named("titan", seen_in=Audience.objects.everyone()) == topic
    assert Topic.objects.visible_to(astrid).get() == topic


def test_a_guest_meets_the_words_of_own_circles(at: Any, gosta: Person, circle: Audience) -> None:
    Topic.objects.named("titan")
    Topic.objects.named("rost", seen_in=circle)
    assert not Topic.objects.visible_to(gosta).exists()
    circle.add(gosta)
    assert [topic.slug for topic in Topic.objects.visible_to(gosta)] == ["rost"]
    assert at(gosta).get("/topics/titan/").status_code == 404
    assert at(gosta).get("/topics/rost/").status_code == 200


def test_pages_follow_on_each_other(at: Any, astrid: Person) -> None:
    Topic.objects.bulk_create([Topic(slug=f"t{n:03}", name=f"T{n:03}") for n in range(160)])
    first, second = at(astrid).get("/topics/").content, at(astrid).get("/topics/?q=&from=150").content
    assert (b"T149" in first, b"T150" in first, b"T150" in second) == (True, False, True)
    assert at(astrid).get("/topics/?from=x").status_code == 200
    assert at(astrid).get("/topics/?q=%00").status_code == 400


def test_a_sensitive_topic_says_so_and_names_nobody(at: Any, astrid: Person, bjorn: Person) -> None:
    topic = Topic.objects.create(slug="fackligt", name="Union matters", is_sensitive=True)
    text = at(astrid).get(topic.get_absolute_url()).content.decode()
    assert "Sensitive" in text
    assert "Who knows about it" not in text


def test_others_are_asked_to_sign_in(client: Client, at: Any, inga: Person) -> None:
    Topic.objects.named("titan")
    for visitor in (client, at(inga)):
        for path in ("/topics/", "/topics/titan/"):
            assert visitor.get(path).status_code == 302


def test_search_links_open_topics_by_name(circle: Audience) -> None:
    rust = Topic.objects.create(slug="corrosion", name="Corrosion", name_sv="Korrosion", aliases=["rost"])
    secret = Topic.objects.named("hemligt", seen_in=circle)
    draft, kept = topic_concept(rust), topic_concept(secret)
    assert draft
    assert (draft.label, draft.label_sv, "rost" in draft.aliases, draft.is_linking) == ("Corrosion", "Korrosion", True, True)
    assert kept
    assert not kept.is_linking
    assert topic_concept(Topic.objects.create(slug="rost", name="rost", merged_into=rust)) is None

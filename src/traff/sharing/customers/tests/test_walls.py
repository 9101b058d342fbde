"""A walled customer: its name, alias, concept, completion, facet, address and count are for those inside alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.search.completion import complete
from traff.ground.search.concepts import held
from traff.ground.search.models import Concept
from traff.ground.search.searching import search
from traff.sharing.content.models import Post
from traff.sharing.customers.mentions import named_in, named_while_writing, posts_naming
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Project
from traff.sharing.customers.registering import take_over
from traff.sharing.customers.tests.conftest import lived
from traff.sharing.customers.walling import ask_authors, posts_to_ask_about, wall
from traff.sharing.customers.whom import surroundings, whom


def test_texts_are_linked_by_name_and_alias_in_any_inflection(astrid: Person, bjorn: Person, mill: Customer) -> None:
    post = Post.publish(by=bjorn, kind="question", title="Lillåbrukets panna?", body="<p>Den läcker.</p>")
    other = Post.publish(by=bjorn, kind="update", body="<p>Var hos Lillå igår.</p>")
    Post.publish(by=bjorn, kind="update", body="<p>Den lilla åns bruk.</p>")
    assert {card.id for card in posts_naming(mill, astrid)} == {post.pk, other.pk}
    assert named_in(post, astrid) == [mill] and named_while_writing("Jag ska till Lillåbruket", astrid) == [mill]


def test_an_administrator_walls_and_the_outsider_meets_nothing(
    client: Client, astrid: Person, bjorn: Person, albin: Person, mill: Customer
) -> None:
    post = Post.publish(by=bjorn, kind="update", body="<p>Lillåbrukets panna läcker.</p>")
    project = Project(name="Pannbytet", customer=mill, audience=mill.audience)
    take_over([project])
    lived(bjorn, mill)
    client.force_login(albin)
    page = client.get(f"/customers/{mill.pk}/wall/")
    assert page.context["posts"] == [post]
    client.post(f"/customers/{mill.pk}/wall/", {"people": "@cecilia", "sure": "on"})
    assert not Customer.objects.unrestricted("it is told").get().is_walled, "nobody is called so here: it is said"
    client.post(f"/customers/{mill.pk}/wall/", {"people": "@bjorn", "sure": "on", "asks_authors": "on"})
    mill.refresh_from_db()
    project.refresh_from_db()
    assert mill.is_walled and project.is_walled
    assert not Concept.objects.filter(kind__in=["customer", "project"]).exists()
    assert not any("#customer" in name[2] for name in held().linking.items)
    for reader, sees in ((astrid, False), (bjorn, True)):
        client.force_login(reader)
        assert (client.get(mill.get_absolute_url()).status_code == 200) == sees
        assert (client.get(project.get_absolute_url()).status_code == 200) == sees
        assert ("Lillåbruket" in client.get("/customers/").content.decode()) == sees
        kinds = {hit.entry.kind for hit in search(reader, "Lillåbruket").hits}
        assert ("customer" in kinds) == sees
        assert any(hit.entry.kind == "customer" for hit in complete(reader, "Lillåbr").hits) == sees
        assert Acquaintance.objects.visible_to(reader).exists() == sees
        assert named_in(post, reader) == [] and named_while_writing("Lillåbruket", reader) == []
    assert {card.id for card in posts_naming(mill, bjorn)} == {post.pk}, "inside, the words are still found"


def test_authors_are_asked_without_its_name_and_nothing_is_forced(
    astrid: Person, bjorn: Person, albin: Person, mill: Customer
) -> None:
    post = Post.publish(by=bjorn, kind="question", title="Pannan?", body="<p>Lillåbruket läcker.</p>")
    posts = posts_to_ask_about(mill, albin)
    wall(mill, by=albin, people=[])
    ask_authors(posts, by=albin)
    event = Event.objects.unrestricted("what happened").get(verb="wall.asked")
    said = news.said(event, bjorn)
    assert news.concerned(event) == {bjorn.pk}
    assert said and "Pannan?" in said.text and "Lillå" not in said.text and said.url == post.get_absolute_url()
    assert post.seen_by(astrid)


def test_who_takes_the_name_out_as_asked_has_taken_it_from_all(
    client: Client, astrid: Person, bjorn: Person, albin: Person, mill: Customer
) -> None:
    post = Post.publish(by=bjorn, kind="question", title="Pannan?", body="<p>Lillåbruket läcker.</p>")
    wall(mill, by=albin, people=[])
    post.edit(by=bjorn, title="Pannan?", body="<p>Den läcker.</p>")
    addresses = [post.get_absolute_url(), f"/posts/{post.pk}/revisions/", "/customers/", "/search/?q=Lillåbruket+läcker", "/"]
    for reader, reads in ((astrid, False), (bjorn, True)):
        client.force_login(reader)
        pages = [client.get(address).content.decode() for address in addresses]
        assert ("Lillåbruket läcker" in pages[1]) == reads
        assert not any("<p>Lillåbruket" in page or "Lillåbruket</del>" in page for page in [pages[0], *pages[2:]])
    assert "Lillå" not in client.get(post.get_absolute_url()).content.decode()


def test_nobody_else_walls(client: Client, astrid: Person, mill: Customer) -> None:
    client.force_login(astrid)
    assert client.get(f"/customers/{mill.pk}/wall/").status_code == 404
    assert client.post(f"/customers/{mill.pk}/wall/", {"sure": "on"}).status_code == 404
    with pytest.raises(PermissionDenied):
        wall(mill, by=astrid, people=[])


def test_whom_and_approaches_stay_inside(
    astrid: Person, bjorn: Person, cecilia: Person, mill: Customer, everyone: object
) -> None:
    for who in (astrid, bjorn, cecilia):
        lived(who, mill)
    approach = Approach.begin(by=bjorn, customer=mill, text="Tyst", audience=everyone)  # type: ignore[arg-type]
    wall(mill, by=None, people=[bjorn, cecilia])
    assert [known.person for known in whom(bjorn, surroundings(bjorn, mill)).named] == [cecilia], "Astrid stands outside now"
    assert not approach.seen_by(astrid) and approach.seen_by(cecilia)
    assert set(approach.readers()) == {bjorn, cecilia}


def test_ones_own_words_stay_ones_own_without_the_name(client: Client, astrid: Person, bjorn: Person, mill: Customer) -> None:
    row = lived(astrid, mill, text="Mitt eget")
    wall(mill, by=None, people=[bjorn])
    client.force_login(astrid)
    page = client.get("/acquaintances/").content.decode()
    assert "Mitt eget" in page and "Lillå" not in page
    assert client.get(f"/acquaintances/{row.pk}/").status_code == 404
    client.post(f"/acquaintances/{row.pk}/removal/")
    assert not Acquaintance.objects.unrestricted("gone").exists()


def test_a_topic_of_the_same_name_is_another_thing(astrid: Person, bjorn: Person, mill: Customer) -> None:
    Topic.objects.named("Lillåbruket")
    wall(mill, by=None, people=[bjorn])
    assert [concept.kind for concept in Concept.objects.all()] == ["topic"]
    assert not any(hit.entry.kind == "customer" for hit in search(astrid, "Lillåbruket").hits)

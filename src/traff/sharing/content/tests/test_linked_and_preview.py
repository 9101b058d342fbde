"""Links to the house's own posts are cards for those who may read them; the preview shows what every reader will see."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.sharing.content.linked import links_in, post_of, with_cards
from traff.sharing.content.models import Draft, Post, Reply

pytestmark = pytest.mark.django_db
KEY = "e3a1b2de-0f4d-4b57-9f0f-1c6a3a1b2c3d"


@pytest.fixture
def rowers(cecilia: Person, bjorn: Person) -> Group:
    group = Group.start(by=cecilia, name="Rodd", is_open=False)
    group.audience.add(bjorn)
    return group


@pytest.fixture
def secret(cecilia: Person, rowers: Group) -> Post:
    return Post.publish(by=cecilia, kind="question", title="Var ligger båten?", group=rowers)


def pasted(post: Post, host: str = "http://testserver") -> str:
    return f'<p><a href="{host}/posts/{post.pk}/">{host}/posts/{post.pk}/</a></p>'


def test_a_card_for_who_may_read_it_and_a_link_for_everybody_else(
    client: Client, astrid: Person, bjorn: Person, secret: Post
) -> None:
    telling = Post.publish(by=bjorn, kind="update", body=pasted(secret))
    Reply.write(by=bjorn, post=telling, body=pasted(secret))
    pages = {}
    for who in (bjorn, astrid):
        client.force_login(who)
        pages[who] = client.get(telling.get_absolute_url()).content.decode()
    assert pages[bjorn].count("linked-post") == 2 and "Var ligger båten?" in pages[bjorn]
    assert "linked-post" not in pages[astrid] and "Var ligger båten?" not in pages[astrid]
    assert f"/posts/{secret.pk}/" in pages[astrid] and "Cecilia" not in pages[astrid]
    assert "linked-post" not in Post.objects.visible_to(bjorn).get(pk=telling.pk).body


def test_the_card_goes_with_the_post(client: Client, bjorn: Person, cecilia: Person, secret: Post) -> None:
    telling = Post.publish(by=bjorn, kind="update", body=pasted(secret))
    secret.withdraw(by=cecilia)
    client.force_login(bjorn)
    assert "Var ligger båten?" not in client.get(telling.get_absolute_url()).content.decode()


def test_beside_other_words_the_link_stays_and_the_card_stands_beneath(astrid: Person) -> None:
    post = Post.publish(by=astrid, kind="article", title='Om <b>"tätning"</b>', body="<p>x</p>")
    address = f"/posts/{post.pk}/"
    html = f'<p>Se <a href="{address}">{address}</a> först</p><p><a href="{address}">den här</a></p>'
    shown = with_cards(html, links_in([html], astrid))
    assert shown.startswith(f'<p>Se <a href="{address}">{address}</a> först</p><a class="linked-post"')
    assert shown.count("linked-post") == 1 and "Om &lt;b&gt;&quot;tätning&quot;&lt;/b&gt;" in shown


def test_addresses_elsewhere_are_not_ours() -> None:
    ours, theirs = (
        ("/posts/7/", "http://localhost/posts/7", "http://testserver/posts/7/#reply-3"),
        ("https://evil.example/posts/7/", "/posts/7/edit/", "//evil.example/posts/7/", "http://[/posts/7/"),
    )
    assert [post_of(address) for address in ours] == [7, 7, 7]
    assert [post_of(address) for address in theirs] == [None] * 4


def test_cards_cost_the_same_however_many(astrid: Person, bjorn: Person) -> None:
    posts = [Post.publish(by=bjorn, kind="question", title=f"Fråga {n}") for n in range(6)]
    costs = []
    for some in (posts[:1], posts):
        texts = [pasted(post) for post in some]
        with CaptureQueriesContext(connection) as caught:
            assert len(links_in(texts, astrid)) == len(some)
        costs.append(len(caught))
    assert costs[0] == costs[1]
    with CaptureQueriesContext(connection) as none:
        links_in(["<p>Inga länkar</p>"], astrid)
    assert len(none) == 0


def preview(client: Client, who: Person, **fields: Any) -> Any:
    client.force_login(who)
    client.post("/write/", {"draft": KEY, "step": "preview", **fields})
    return client.get(f"/drafts/{KEY}/preview/")


def test_the_preview_is_what_will_stand_there(client: Client, bjorn: Person, cecilia: Person, rowers: Group) -> None:
    answer = preview(
        client, bjorn, kind="case", title="Tätt", situation="Det **läckte** <script>alert(1)</script>", reuse="Byt @cecilia",
        topics="packning", coauthors="@cecilia", audience=rowers.slug,
    )  # fmt: skip
    page = answer.content.decode()
    for part in (
        "de 2 medlemmarna i Rodd",
        "Det <strong>läckte</strong>",
        "@Cecilia Öberg</a>",
        "packning",
        "Återanvänd",
        "Cecilia Öberg",
    ):
        assert part in page
    assert "alert(1)" not in page and not Post.objects.visible_to(bjorn).exists()
    words = client.get(f"/drafts/{KEY}/preview/", headers={"X-Keeping": "1"}).content.decode()
    assert "Det <strong>läckte</strong>" in words and "<html" not in words


def test_the_preview_shows_no_card_that_not_every_reader_may_open(
    client: Client, bjorn: Person, secret: Post, rowers: Group
) -> None:
    html = {"kind": "update", "body": pasted(secret), "body_format": "html"}
    assert "Var ligger båten?" not in preview(client, bjorn, **html).content.decode()
    assert "Var ligger båten?" in preview(client, bjorn, **html, audience=rowers.slug).content.decode()


def test_the_preview_of_something_unfinished_shows_what_there_is(client: Client, astrid: Person) -> None:
    assert "Bara text" in preview(client, astrid, kind="article", body="Bara text").content.decode()


def test_nobody_else_previews_it(client: Client, astrid: Person, bjorn: Person) -> None:
    Draft.objects.create(key=KEY, author=astrid, fields={"body": "Hemligt"})
    client.force_login(bjorn)
    assert client.get(f"/drafts/{KEY}/preview/").status_code == 404

"""A thread as people read it: what each kind shows, who reads it, and that nobody else learns that it exists."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from traff.community.groups.models import Group
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reply, Revision
from traff.sharing.content.thread import SIZE

NOBODY = 10**9


@pytest.fixture
def circle(cecilia: Person) -> Group:
    return Group.start(by=cecilia, name="Closed circle", is_open=False)


@pytest.fixture
def case(bjorn: Person) -> Post:
    return Post.publish(
        by=bjorn,
        kind="case",
        title="Corrosion in a heat exchanger",
        case={
            "situation": "<p>It leaked.</p>",
            "approach": "<p>Titanium.</p>",
            "outcome": "<p>Dry.</p>",
            "reuse": "<p>The drawing.</p>",
        },
    )


@pytest.fixture
def question(astrid: Person) -> Post:
    return Post.publish(by=astrid, kind="question", title="Why does the exchanger leak?", body="<p>Since May.</p>")


def page(client: Client, who: Person, post: Post, **query: Any) -> Any:
    client.force_login(who)
    return client.get(post.get_absolute_url(), query)


def test_a_case_is_read_in_its_order(client: Client, astrid: Person, case: Post) -> None:
    html = page(client, astrid, case).content.decode()
    parts = ["It leaked.", "Titanium.", "Dry.", "The drawing."]
    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)
    assert "Björn Ståhl" in html and "Tampere" in html
    assert reverse("post_reuse", args=[case.pk]) in html


def test_of_protected_people_the_page_tells_the_name_alone(client: Client, astrid: Person, preben: Person, house: Any) -> None:
    from traff.ground.organisation.models import Seat

    Seat.give(preben, unit=house["paper"], place=house["Tampere"])
    post = Post.publish(by=preben, kind="article", title="Words", body="<p>text</p>")
    html = page(client, astrid, post).content.decode()
    assert "Preben Skyddad" in html
    assert "Tampere" not in html


def test_who_has_left_is_marked(client: Client, astrid: Person, bjorn: Person, case: Post) -> None:
    bjorn.leave()
    assert "mark-guest" in page(client, astrid, case).content.decode()


@pytest.mark.parametrize("reader", ["astrid", "gosta", "albin"])
def test_what_one_may_not_read_looks_as_if_it_were_not_there(
    client: Client, cecilia: Person, circle: Group, reader: str, request: pytest.FixtureRequest
) -> None:
    secret = Post.publish(by=cecilia, kind="article", title="Kryolit", body="<p>between us</p>", group=circle)
    client.force_login(request.getfixturevalue(reader))
    for name in ("post", "post_revisions", "post_reuse"):
        hidden, missing = (client.get(reverse(name, args=[pk])) for pk in (secret.pk, NOBODY))
        assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_members_read_what_is_said_in_their_circle(client: Client, astrid: Person, cecilia: Person, circle: Group) -> None:
    secret = Post.publish(by=cecilia, kind="article", title="Kryolit", body="<p>between us</p>", group=circle)
    circle.audience.add(astrid)
    assert "Kryolit" in page(client, astrid, secret).content.decode()


def test_a_guest_reads_nothing_open(client: Client, gosta: Person, case: Post) -> None:
    assert page(client, gosta, case).status_code == 404


def test_anonymous_and_inactive_people_are_asked_to_sign_in(client: Client, astrid: Person, case: Post) -> None:
    assert client.get(case.get_absolute_url()).status_code == 302
    client.force_login(astrid)
    astrid.leave()
    assert client.get(case.get_absolute_url()).status_code == 302


def test_what_was_withdrawn_is_gone_for_its_author_too(client: Client, bjorn: Person, case: Post) -> None:
    case.withdraw(by=bjorn)
    gone = page(client, bjorn, case)
    assert (gone.status_code, gone.content) == (404, client.get(reverse("post", args=[NOBODY])).content)


def test_the_accepted_answer_stands_first_and_once(client: Client, astrid: Person, bjorn: Person, question: Post) -> None:
    Reply.write(by=bjorn, post=question, body="<p>perhaps the gasket</p>")
    solving = Reply.write(by=bjorn, post=question, body="<p>the tube sheet</p>")
    question.question.accept(solving, by=astrid)
    html = page(client, astrid, question).content.decode()
    assert html.index("the tube sheet") < html.index("perhaps the gasket")
    assert html.count(f'id="reply-{solving.pk}"') == 1
    solving.withdraw(by=bjorn)
    again = page(client, astrid, question)
    assert not again.context["is_answered"]
    assert "the tube sheet" not in again.content.decode()


def test_only_who_asked_is_offered_to_say_what_helped(client: Client, astrid: Person, cecilia: Person, question: Post) -> None:
    reply = Reply.write(by=cecilia, post=question, body="<p>the tube sheet</p>")
    offer = reverse("reply_acceptance", args=[reply.pk])
    assert offer in page(client, astrid, question).content.decode()
    assert offer not in page(client, cecilia, question).content.decode()


def test_in_a_long_thread_every_reply_can_be_reached(client: Client, astrid: Person, question: Post) -> None:
    replies = [Reply(post=question, author=astrid, body=f"<p>number {n}</p>") for n in range(2 * SIZE + 5)]
    made = Reply.objects.unrestricted("many at once").bulk_create(replies)
    first = page(client, astrid, question)
    assert [line.id for line in first.context["thread"].replies] == [reply.pk for reply in made[:SIZE]]
    assert "?page=2" in first.content.decode()
    assert "number 204" in page(client, astrid, question, page="last").content.decode()
    in_the_middle = client.get(made[150].get_absolute_url())
    assert in_the_middle.context["thread"].page == 2
    assert f'id="reply-{made[150].pk}"' in in_the_middle.content.decode()


def test_nonsense_in_the_address_leads_to_the_first_page(client: Client, astrid: Person, question: Post) -> None:
    for nonsense in ("-1", "0", "9999999999999", "²", "x"):
        assert page(client, astrid, question, page=nonsense, reply=nonsense).context["thread"].page == 1


def test_with_htmx_the_next_replies_come_alone(client: Client, astrid: Person, question: Post) -> None:
    client.force_login(astrid)
    html = client.get(question.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    whole = client.get(question.get_absolute_url(), headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert "<html" in whole.content.decode()


def test_what_was_taken_out_is_read_by_its_authors_alone(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, case: Post
) -> None:
    case.attribute([cecilia])
    words = {"situation": "<p>It leaked badly.</p>", "approach": "", "outcome": "", "reuse": "<p>The drawing.</p>"}
    case.edit(by=bjorn, title="Corrosion in an exchanger", body="", case=words)
    address = reverse("post_revisions", args=[case.pk])
    for author in case.people():
        client.force_login(author)
        html = client.get(address).content.decode()
        assert "<del>" in html and "Titanium." in html and "badly." in html
    assert address in page(client, astrid, case).content.decode(), "that it was edited, and when"
    html = client.get(address).content.decode()
    assert "Björn Ståhl" in html and html.count("<time") >= 2, "by whom"
    assert "Titanium." not in html and "<del>" not in html and "<ins>" not in html


def test_earlier_words_are_read_through_the_rule(astrid: Person, bjorn: Person, cecilia: Person, circle: Group) -> None:
    circle.audience.add(bjorn)
    circle.audience.add(astrid)
    post = Post.publish(by=bjorn, kind="update", body="<p>Kryolit costs 40 crowns.</p>", group=circle)
    post.edit(by=bjorn, title="", body="<p>Kryolit costs something.</p>")
    earlier = Revision.objects.visible_to
    assert [row.body for row in earlier(bjorn)] == ["<p>Kryolit costs 40 crowns.</p>"]
    assert may(bjorn, Right.READ, earlier(bjorn).get())
    for reader in (astrid, cecilia):  # a member; the group's steward
        assert post.seen_by(reader) and not earlier(reader).exists()
        assert not may(reader, Right.READ, earlier(bjorn).get())
    circle.audience.remove(bjorn)
    assert not earlier(bjorn).exists(), "whoever no longer reads the post reads nothing of what it was"
    circle.audience.add(bjorn)
    post.withdraw(by=bjorn)
    assert not earlier(bjorn).exists()


def test_the_trail_shows_only_what_the_reader_reads(
    client: Client, astrid: Person, cecilia: Person, circle: Group, question: Post
) -> None:
    hidden = Post.publish(by=cecilia, kind="case", title="Kryolit", group=circle, made_from=question, case={"reuse": "<p>x</p>"})
    open_case = Post.publish(by=cecilia, kind="case", title="Gaskets that hold", made_from=question, case={"reuse": "<p>x</p>"})
    html = page(client, astrid, question).content.decode()
    assert "Gaskets that hold" in html
    assert "Kryolit" not in html
    assert "Kryolit" in page(client, cecilia, question).content.decode()
    assert question.title in page(client, astrid, open_case).content.decode()
    assert hidden.pk != open_case.pk


@pytest.mark.parametrize("name", ["cases", "questions"])
def test_lists_hold_what_the_reader_may_read(
    client: Client, astrid: Person, gosta: Person, cecilia: Person, circle: Group, case: Post, question: Post, name: str
) -> None:
    kind = name.removesuffix("s")
    Post.publish(by=cecilia, kind=kind, title="Kryolit", group=circle, case={"reuse": "<p>x</p>"})
    client.force_login(astrid)
    html = client.get(reverse(name)).content.decode()
    assert (case if kind == "case" else question).title in html
    assert "Kryolit" not in html
    client.force_login(gosta)
    assert client.get(reverse(name)).context["cards"] == []


def test_questions_are_parted_by_their_answers(client: Client, astrid: Person, bjorn: Person, question: Post) -> None:
    client.force_login(astrid)
    assert [card.id for card in client.get("/questions/").context["cards"]] == [question.pk]
    question.question.accept(Reply.write(by=bjorn, post=question, body="<p>the gasket</p>"), by=astrid)
    assert client.get("/questions/").context["cards"] == []
    assert [card.id for card in client.get("/questions/?state=answered").context["cards"]] == [question.pk]


def test_older_pages_follow_without_gap_or_double(client: Client, astrid: Person, bjorn: Person) -> None:
    made = [Post.publish(by=bjorn, kind="case", title=f"Case {n}", case={"reuse": "<p>x</p>"}).pk for n in range(45)]
    client.force_login(astrid)
    seen, address = [], "/cases/"
    for _ in range(3):
        context = client.get(address).context
        seen += [card.id for card in context["cards"]]
        address = f"/cases/?before={context['older']}".replace("+", "%2B")
    assert seen == made[::-1]
    assert not context["older"]


@pytest.mark.parametrize("cursor", ["x", "2026-01-01~1", "2026-01-01T00:00:00+00:00~x", "~", "9~99999999999999"])
def test_a_broken_cursor_begins_anew(client: Client, astrid: Person, case: Post, cursor: str) -> None:
    client.force_login(astrid)
    assert [card.id for card in client.get("/cases/", {"before": cursor}).context["cards"]] == [case.pk]

"""The bell at the top and its page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from traff.attention.notifications.models import Notice
from traff.attention.notifications.tests.told import count, notice, time_passes
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reaction, Reply
from traff.sharing.conversations.models import Conversation


@pytest.fixture
def asked(astrid: Person) -> Post:
    return Post.publish(by=astrid, kind="question", title="Salt in the pipes?", body="<p>Who knows?</p>")


@pytest.fixture
def page(client: Client, astrid: Person) -> Client:
    Person.objects.filter(pk=astrid.pk).update(language="en")
    client.force_login(astrid)
    return client


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_a_thread_is_one_notice_however_much_is_written(asked: Post, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    for by in (bjorn, cecilia, bjorn):
        Reply.write(by=by, post=asked, body="<p>Rinse them.</p>")
    time_passes()
    time_passes()  # a job that runs twice tells nothing twice
    assert notice(astrid).count == 3 and count(astrid) == 1


def test_after_it_was_read_the_count_begins_anew(asked: Post, astrid: Person, bjorn: Person) -> None:
    Reply.write(by=bjorn, post=asked, body="<p>One</p>")
    Reply.write(by=bjorn, post=asked, body="<p>Two</p>")
    time_passes()
    Notice.objects.of(astrid).read()
    assert count(astrid) == 0
    assert timezone.localtime(notice(astrid).read_at).hour == 0, "the day alone is kept"
    later = Reply.write(by=bjorn, post=asked, body="<p>Three</p>")
    time_passes()
    assert notice(astrid).count == 1 and count(astrid) == 1
    assert notice(astrid).first_event.subject_id == later.pk


def test_the_bell_says_its_count_in_words_and_opening_the_thing_reads_it(
    page: Client, asked: Post, astrid: Person, bjorn: Person
) -> None:
    Reply.write(by=bjorn, post=asked, body="<p>Rinse them.</p>")
    Reaction.give(by=bjorn, to=asked)
    Reaction.give(by=bjorn, to=Post.publish(by=astrid, kind="update", body="<p>Here</p>"))
    time_passes()
    assert "Notifications, 2 unread" in said(page.get("/people/"))
    assert "Notifications, 1 unread" in said(page.get(asked.get_absolute_url())).split("</header>")[0]
    assert count(astrid) == 1


def test_a_hundred_threads_are_said_to_be_more_than_ninety_nine(page: Client, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=astrid, kind="update", body="<p>Here</p>")
    Reaction.give(by=bjorn, to=post)
    time_passes()
    one = notice(astrid)
    Notice.objects.bulk_create(
        [Notice(person=astrid, thread=f"x/{n}", event=one.event, path="/x/", at=one.at) for n in range(99)]
    )
    top = said(page.get("/people/"))
    assert "more than 99 unread" in top and ">99+<" in top


def test_one_and_all_are_marked_as_read_by_post_alone(page: Client, asked: Post, astrid: Person, bjorn: Person) -> None:
    Reply.write(by=bjorn, post=asked, body="<p>Rinse them.</p>")
    Reaction.give(by=bjorn, to=Post.publish(by=astrid, kind="update", body="<p>Here</p>"))
    time_passes()
    one = Notice.objects.of(astrid).first()
    assert one is not None and page.get(f"/bell/{one.pk}/read/").status_code == 405
    page.post(f"/bell/{one.pk}/read/")
    assert count(astrid) == 1
    page.post("/bell/read/")
    assert count(astrid) == 0
    assert "Mark all as read" not in said(page.get("/bell/"))


def test_nobody_reads_the_notice_of_another(client: Client, asked: Post, astrid: Person, bjorn: Person) -> None:
    Reply.write(by=bjorn, post=asked, body="<p>Rinse them.</p>")
    time_passes()
    client.force_login(bjorn)
    assert client.post(f"/bell/{notice(astrid).pk}/read/").status_code == 404
    assert count(astrid) == 1


def test_an_empty_bell_says_what_to_do_next(page: Client) -> None:
    assert "No notifications yet" in said(page.get("/bell/"))


def test_who_is_signed_in_for_another_neither_sees_the_bell_nor_reads_in_their_name(
    page: Client, asked: Post, astrid: Person, bjorn: Person
) -> None:
    Reply.write(by=bjorn, post=asked, body="<p>Rinse them.</p>")
    time_passes()
    session = page.session
    session["impersonated"] = "Astrid Nyman"
    session.save()
    assert "/bell/" not in said(page.get(asked.get_absolute_url())) and count(astrid) == 1
    assert {page.get(path).status_code for path in ("/bell/", "/me/hearing/")} == {404}
    assert page.post("/bell/read/").status_code == 404 and count(astrid) == 1


def test_older_notices_stand_on_further_pages(page: Client, astrid: Person, bjorn: Person) -> None:
    for number in range(31):
        Reaction.give(by=bjorn, to=Post.publish(by=astrid, kind="update", body=f"<p>Number {number} of all</p>"))
    time_passes()
    first = said(page.get("/bell/"))
    assert "Number 30 of" in first and "Number 0 of" not in first
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "Number 0 of" in said(page.get(f"/bell/{older}"))
    assert page.get("/bell/?before=nonsense~1").status_code == 200


def asked_for(page: Client, address: str) -> int:
    page.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert page.get(address).status_code == 200
    return len(caught)


def test_the_page_asks_as_much_for_three_notices_as_for_thirty(
    page: Client, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    def more(number: int) -> None:
        for n in range(number):
            post = Post.publish(by=astrid, kind="question", title=f"Question {number} {n}?")
            reply = Reply.write(by=bjorn, post=post, body="<p>Rinse them.</p>")
            Reply.write(by=astrid, post=post, body="<p>With what?</p>")
            Reaction.give(by=cecilia, to=post)
            Reaction.give(by=bjorn, to=reply)
        time_passes()

    more(1)
    few = asked_for(page, "/bell/")
    more(12)
    assert asked_for(page, "/bell/") == few <= 24


def test_the_bell_and_what_is_new_in_conversations_cost_a_page_one_query_together(
    page: Client, asked: Post, astrid: Person, bjorn: Person
) -> None:
    Reply.write(by=bjorn, post=asked, body="<p>Rinse them.</p>")
    Conversation.between(bjorn, [astrid]).say(bjorn, "<p>Come by.</p>")
    time_passes()
    with CaptureQueriesContext(connection) as caught:
        shown = said(page.get("/people/"))
    assert "Notifications, 2 unread" in shown and 'class="count-new">1' in shown
    assert [query["sql"].count("conversations_part") > 0 for query in caught if "notifications_" in query["sql"]] == [True]
    assert len([query for query in caught if "conversations_" in query["sql"]]) == 1

"""The bell, from an answer to its being read: by mouse, by keyboard, and without JavaScript."""

import pytest

from tests.browser.conftest import Visit
from traff.attention.notifications import tasks
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.sharing.content.models import Post, Reaction, Reply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_answer_rings_and_is_read(visit: Visit, astrid: Person, bjorn: Person) -> None:
    asked = Post.publish(by=astrid, kind="question", title="Salt i rören?", body="<p>Vem vet?</p>")
    told = Post.publish(by=astrid, kind="update", body="<p>Ny pump på plats</p>")
    Reply.write(by=bjorn, post=asked, body="<p>Spola dem.</p>")
    Reaction.give(by=bjorn, to=told)
    for event in Event.objects.unrestricted("the worker").values_list("pk", flat=True):
        tasks.ring(event_id=event)
    page = visit.page(astrid)
    page.goto("/people/")
    page.get_by_role("link", name="Notiser, 2 olästa").wait_for()
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.get_by_role("heading", name="Notiser", level=1).wait_for()
    page.get_by_role("button", name="Markera som läst: Björn Ståhl tackade dig").click()
    page.get_by_role("link", name="Notiser, 1 oläst").wait_for()
    page.get_by_role("link", name="Björn Ståhl svarade på din fråga ”Salt i rören?”").click()
    page.get_by_text("Spola dem.").wait_for()
    page.goto("/bell/")
    assert page.get_by_role("button", name="Markera allt som läst").count() == 0
    assert visit.complaints == []


def test_it_works_without_javascript(visit: Visit, astrid: Person, bjorn: Person) -> None:
    Reaction.give(by=bjorn, to=Post.publish(by=astrid, kind="update", body="<p>Ny pump på plats</p>"))
    for event in Event.objects.unrestricted("the worker").values_list("pk", flat=True):
        tasks.ring(event_id=event)
    page = visit.page(astrid, width=390, java_script_enabled=False)
    page.goto("/bell/")
    page.get_by_role("button", name="Markera allt som läst").click()
    page.get_by_role("link", name="Välj vad du får höra om").click()
    page.get_by_role("checkbox", name="Med mejl direkt: Tack").check()
    page.get_by_role("button", name="Spara").click()
    assert page.get_by_role("checkbox", name="Med mejl direkt: Tack").is_checked()

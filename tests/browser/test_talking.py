"""Astrid writes to a colleague and asks for fifteen minutes; he chooses a time, and both have it for their calendars."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from traff.ground.accounts.models import Person
from traff.sharing.conversations.models import Conversation, Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFLINE = re.compile("ERR_INTERNET_DISCONNECTED")


def signed_in(visit: Visit, person: Person, language: str, width: int) -> Page:
    Person.objects.filter(pk=person.pk).update(language=language)
    return visit.page(person, width=width, service_workers="block")


def entry(page: Page) -> str:
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("Put it in your calendar|Lägg in i kalendern")).first.click()
    return coming.value.path().read_text()


def test_two_colleagues_find_fifteen_minutes(visit: Visit, astrid: Person, bjorn: Person) -> None:
    hers, his = signed_in(visit, astrid, "sv", 390), signed_in(visit, bjorn, "en", 1280)
    hers.goto("/people/bjorn/")
    hers.get_by_role("link", name="Skriv till Björn").click()
    hers.wait_for_url("**/conversations/new/**")
    hers.get_by_label("Meddelande").fill("Hej Björn, du kan det här med lager?")
    hers.wait_for_load_state()
    hers.keyboard.press("Control+Enter")
    hers.wait_for_url(re.compile(r"/conversations/\d+/"))
    expect(hers.get_by_role("log")).to_contain_text("du kan det här med lager?")

    his.goto("/")
    expect(his.get_by_role("navigation").get_by_text("1", exact=False).first).to_be_visible()
    his.get_by_role("link", name=re.compile("Conversations")).first.click()
    his.get_by_role("link", name="Astrid Nyman").click()
    his.get_by_label("Message", exact=True).fill("I do. **Ask** away")
    his.get_by_role("button", name="Send").click()
    expect(his.get_by_role("log").locator("strong")).to_have_text("Ask")
    expect(his.get_by_label("Message", exact=True)).to_have_value("")
    expect(hers.get_by_role("log")).to_contain_text("Ask away", timeout=15_000)  # it comes by itself

    hers.get_by_role("link", name="En kvart?").click()
    hers.get_by_label("Vad det gäller").fill("Lagren i Tampere")
    hers.get_by_label("Plats").fill("Kaffeautomaten")
    hers.get_by_role("button", name="Fråga").click()
    expect(hers.get_by_role("log")).to_contain_text("Väljer Björn en tid får du veta det.")

    his.reload()
    his.get_by_role("log").locator("button[name=time]").nth(1).click()
    expect(his.get_by_role("log")).to_contain_text("You chose a time:")
    hers.reload()
    expect(hers.get_by_role("log")).to_contain_text("Björn valde en tid:")
    for page in (hers, his):
        assert "LOCATION:Kaffeautomaten" in entry(page)
    assert visit.complaints == []


def test_without_contact_nothing_written_is_lost_and_nothing_is_said_twice(visit: Visit, astrid: Person, bjorn: Person) -> None:
    talk = Conversation.between(bjorn, [astrid])
    talk.say(bjorn, "<p>Hej</p>")
    page = signed_in(visit, astrid, "sv", 1280)
    page.goto(talk.get_absolute_url())
    page.get_by_label("Meddelande", exact=True).fill("Halvvägs")
    page.reload()
    expect(page.get_by_label("Meddelande", exact=True)).to_have_value("Halvvägs")
    page.context.set_offline(True)
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("Ingen kontakt. Det du skrev finns kvar här")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("log")).to_contain_text("Halvvägs", timeout=15_000)
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_label("Meddelande", exact=True)).to_have_value("Halvvägs")
    assert not Message.objects.visible_to(bjorn).filter(author=astrid).exists()
    assert [said for said in visit.complaints if not OFFLINE.search(said)] == []

"""M4: somebody tired of her work sees, through a group, exciting work elsewhere; saves it, asks without her name, steps forward.

Her head of unit, HR and the administrator look at the same pages meanwhile, and see nothing of it. In Swedish and in English.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.nordanvind import be, look_at
from traff.ground.accounts.models import Person
from traff.sharing.openings.tasks import tell_of_asks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Två timmar i veckan: samla bilder på trasiga packningar"
ASKED = "Hur gör man om man aldrig har sett en packning?"
WORDS = {
    "sv": {
        "join": "Gå med", "save": "Spara", "only": "Bara du ser att du har sparat den här.", "ask": "Fråga utan mitt namn",
        "send": "Fråga", "waits": "väntar på dig", "answer": "Skicka svaret",
        "forward": "Träd fram", "stepped": "Har trätt fram:",
    },
    "en": {
        "join": "Join", "save": "Save", "only": "Only you see that you saved this.",
        "ask": "Ask without my name",         "send": "Ask", "waits": "waits for you", "answer": "Send the answer",
        "forward": "Step forward", "stepped": "Has stepped forward:",
    },
}  # fmt: skip


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_greener_grass(demo: Visit, language: str) -> None:
    words, found = WORDS[language], []
    Person.objects.filter(handle="petra").update(is_administrator=True)  # HR, and the administrator in one
    astrid = be(demo, "astrid", language)

    # A group she joins brings it to her home page, and says so
    astrid.goto("/groups/varmevaxlare/")
    astrid.get_by_role("button", name=words["join"]).first.click()
    expect(astrid.locator("aside, .aside").get_by_role("link", name=TITLE)).to_be_visible()
    astrid.goto("/openings/?tab=reaching")
    card = astrid.locator("article", has_text=TITLE)
    expect(card).to_contain_text("Värmeväxlare")
    found += look_at(astrid, "reaching")

    # Saved, for her eyes alone
    card.get_by_role("link", name=TITLE).click()
    address = path_of(astrid)
    astrid.get_by_role("button", name=words["save"], exact=True).click()
    expect(astrid.get_by_text(words["only"])).to_be_visible()
    found += look_at(astrid, "opening")
    astrid.goto("/openings/mine/")
    expect(astrid.get_by_role("link", name=TITLE)).to_be_visible()
    found += look_at(astrid, "mine")

    # Asked without her name: the link is shown once
    astrid.goto(address)
    astrid.get_by_role("link", name=words["ask"]).click()
    astrid.locator("textarea[name=text]").fill(ASKED)
    found += look_at(astrid, "ask")
    astrid.get_by_role("button", name=words["send"], exact=True).click()
    link = astrid.locator(".asked-key").inner_text()
    found += look_at(astrid, "key")

    # Her head of unit and the administrator see the opening, and nothing of her
    for watcher in ("jussi", "petra"):
        page = be(demo, watcher, language)
        for where in (address, "/openings/", "/people/astrid/", "/groups/varmevaxlare/", "/openings/mine/", "/"):
            page.goto(where)
            expect(page.locator("main")).not_to_contain_text(ASKED)
            expect(page.locator("main")).not_to_contain_text(words["only"])
        page.goto(address)
        expect(page.locator("main")).not_to_contain_text("Astrid")
    page.goto("/openings/handed-over/")
    expect(page.locator("main")).not_to_contain_text(ASKED)
    found += look_at(page, "handed over")

    # The owner reads the question and answers; he does not learn who asks
    tell_of_asks(timestamp=0)
    owner = be(demo, "oskar", language)
    owner.goto(address)
    expect(owner.get_by_text(ASKED)).to_be_visible()
    expect(owner.get_by_text(words["waits"])).to_be_visible()
    expect(owner.locator("main")).not_to_contain_text("Astrid")
    owner.locator("textarea[name=text]").fill("Då är du precis den jag letar efter.")
    owner.get_by_role("button", name=words["answer"]).click()
    found += look_at(owner, "the owner's questions")

    # She reads it by the link, whose key the server's address never held, and steps forward
    asked: list[str] = []
    astrid.on("request", lambda request: asked.append(request.url))
    astrid.goto(link)
    expect(astrid.get_by_text("precis den jag letar efter")).to_be_visible()
    assert not any(link.rpartition("key=")[2] in url for url in asked)
    found += look_at(astrid, "asked")
    astrid.get_by_role("button", name=words["forward"]).click()
    expect(astrid.locator("main")).to_contain_text("Oskar Nyberg")
    owner.goto(address)
    expect(owner.get_by_text(words["stepped"])).to_be_visible()
    expect(owner.locator("main")).to_contain_text("Astrid Wiklund")
    page.goto(address)
    expect(page.locator("main")).not_to_contain_text("Astrid")
    assert found == []
    assert demo.complaints == []

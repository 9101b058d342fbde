"""M3: a stranger's post gives an idea, its author hears, somebody takes it on, and how it went stands with it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.heart.matching.suggest import look_for
from traff.heart.matching.tests.told import ICE, ICE_TOO, article, everyday
from traff.sharing.content.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "sv": {
        "idea": "Det här gav mig en idé",
        "title": "Idén i en mening",
        "send": "Publicera",
        "take": "Jag tar mig an den",
        "tell": "Berätta hur det går",
        "result": "Resultat",
        "how": "Hur det gick",
        "done": "Berätta",
        "gave": "Gav en idé åt",
        "more": "Mer",
    },
    "en": {
        "idea": "This gave me an idea",
        "title": "The idea in a sentence",
        "send": "Publish",
        "take": "I’ll take this on",
        "tell": "Say how it goes",
        "result": "Result",
        "how": "How it went",
        "done": "Tell it",
        "gave": "Gave an idea to",
        "more": "More",
    },
}
LOCALE = {"sv": "sv-SE", "en": "en-GB"}


def told(verb: str, person: Person) -> str:
    """What this person hears of the last deed of a kind; "" when it does not concern them."""
    event = Event.objects.unrestricted("test").filter(verb=verb).latest("pk")
    said = news.said(event, person) if person.pk in news.concerned(event) else None
    return said.text if said else ""


@pytest.fixture
def listener(house: dict[str, Any], astrid: Person, bjorn: Person, cecilia: Person) -> Post:
    """Astrid has written of ice, and Björn, whom she does not know, of the same, elsewhere."""
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)
    return article(bjorn, "Listening to the lake", ICE_TOO)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_from_a_strangers_post_to_a_result(
    visit: Visit, astrid: Person, bjorn: Person, cecilia: Person, listener: Post, language: str
) -> None:
    Person.objects.update(language=language)
    words = WORDS[language]
    look_for(astrid)

    hers = visit.page(astrid, language=LOCALE[language])
    hers.goto("/")
    card = hers.locator(".suggestion").filter(has_text="Listening to the lake")
    expect(card.locator(".reason")).to_contain_text(re.compile("accelerometer|thickness|ice"))
    card.locator(".menu summary").first.click()  # reusing it stands first on an article
    card.get_by_role("link", name=words["idea"]).click()
    hers.wait_for_url("**/write/?spark=*")
    expect(hers.locator(".write-source")).to_contain_text("Listening to the lake")
    hers.get_by_label(words["title"]).fill("Ring the pipes and hear how thick they are")
    _idle(hers)
    hers.get_by_role("button", name=words["send"], exact=True).last.click()
    hers.wait_for_url("**/posts/*/")
    expect(hers.locator("article").first).to_contain_text("Listening to the lake")
    idea = hers.url

    bjorn.refresh_from_db()
    assert "Listening to the lake" in told("spark.lit", bjorn) and "Ring the pipes" in told("spark.lit", bjorn)
    his = visit.page(bjorn, language=LOCALE[language])
    his.goto(listener.get_absolute_url())
    expect(his.locator("#sparks")).to_contain_text(words["gave"])
    his.locator("#sparks").get_by_role("link", name="Ring the pipes").click()
    his.locator(".like button[aria-pressed=false]").first.click()
    expect(his.locator(".like button[aria-pressed=true]").first).to_contain_text("1")

    theirs = visit.page(cecilia, language=LOCALE[language], width=390)
    theirs.goto(idea)
    theirs.get_by_role("button", name=words["take"]).click()
    theirs.wait_for_url(idea)
    assert "Cecilia" in told("idea.taken_on", astrid) and "Cecilia" in told("idea.taken_on", bjorn), "who wrote it, who voted"
    theirs.get_by_role("link", name=words["tell"]).click()
    theirs.get_by_label(words["result"], exact=True).check()
    theirs.get_by_label(words["how"]).fill("Three pipes of forty were **thin**.")
    theirs.get_by_role("button", name=words["done"], exact=True).click()
    theirs.wait_for_url(idea)
    expect(theirs.locator("#result strong")).to_have_text("thin")
    assert "Ring the pipes" in told("idea.moved", astrid)

    hers.goto("/me/interests/")
    line = hers.locator(".interests li").filter(has_text="Thickness by ringing")
    line.get_by_role("button", name=words["more"], exact=True).click()
    expect(hers.locator(".interests [aria-pressed=true]")).to_have_count(1)
    assert visit.complaints == []


def _idle(page: Page) -> None:
    """What was typed has been kept and nothing is on its way."""
    expect(page.locator(".htmx-request")).to_have_count(0)

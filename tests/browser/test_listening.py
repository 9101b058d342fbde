"""Two stories in a browser: what found nothing is heard later, and what nobody answered reaches who knows."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from traff.ground.accounts.models import Person
from traff.heart.matching.tests.told import GLYCOL, aged, article, case, colleague, everyday, heard, question
from traff.heart.matching.unanswered import show_unanswered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "sv": ("Lyssna efter det", "Träff lyssnar från och med nu", "Skicka vidare", "tror att du kan veta"),
    "en": ("Listen for it", "Träff listens from now on", "Pass", "thinks you may know"),
}


def speaking(language: str, *people: Person) -> None:
    for person in people:
        person.language = language
        person.save(update_fields=["language"])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_search_that_found_nothing_is_heard_later(
    visit: Visit, astrid: Person, bjorn: Person, cecilia: Person, language: str
) -> None:
    keep, now, *_rest = WORDS[language]
    speaking(language, astrid)
    everyday(cecilia)
    page = visit.page(astrid)
    page.goto("/search/?q=glycol+loop+valves")
    page.get_by_role("button", name=keep).click()
    expect(page.get_by_role("status").filter(has_text=now)).to_be_visible()
    heard(case(bjorn))
    page.goto("/")
    card = page.locator(".suggestion", has_text="A glycol loop for frozen valves")
    expect(card).to_contain_text("glycol loop valves")
    page.goto("/listening/")
    expect(page.locator(".listens")).to_contain_text("A glycol loop for frozen valves")
    page.locator(".listens form[action$='/end/'] button").first.click()
    expect(page.locator(".listens")).to_have_count(0)
    page.goto("/")
    expect(card).to_have_count(0)
    assert visit.complaints == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_question_nobody_answered_reaches_its_expert_who_passes_it_on(
    visit: Visit, astrid: Person, bjorn: Person, cecilia: Person, language: str
) -> None:
    *_rest, passing, thinks = WORDS[language]
    speaking(language, astrid, bjorn, cecilia)
    everyday(cecilia)
    article(bjorn, "A glycol loop for frozen valves", GLYCOL)
    asked = aged(question(astrid), 2)
    show_unanswered()
    article(colleague("disa"), "Valves kept warm by glycol", GLYCOL)
    page = visit.page(bjorn)
    page.goto("/")
    page.locator(".asked").get_by_role("link", name=passing).click()
    expect(page.locator("main")).to_contain_text("Valves kept warm by glycol")
    page.locator("#pass-name").fill("Cecilia Öberg")
    page.locator("#pass-name").press("Enter")
    page.wait_for_url("**/")
    expect(page.locator(".asked")).to_have_count(0)
    other = visit.page(cecilia, width=390)
    other.goto("/")
    expect(other.locator(".asked")).to_contain_text(thinks)
    mine = visit.page(astrid)
    mine.goto(asked.get_absolute_url())
    expect(mine.locator(".shown-quietly")).to_be_visible()
    expect(mine.locator("main")).not_to_contain_text("Cecilia")
    assert visit.complaints == []

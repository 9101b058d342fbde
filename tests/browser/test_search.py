"""Searching in a real browser: completion by keyboard, clean by axe, nothing cut off, and all of it without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.browser.conftest import Visit
from traff.community.people.models import Profile
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(autouse=True)
def known(bjorn: Person, cecilia: Person) -> Post:
    for person in (bjorn, cecilia):
        Profile.of(person)
    text = "<p>Ventilerna frös varje vinter. En slinga med glykol höll dem varma.</p>"
    return Post.publish(by=bjorn, kind="case", title="Glykolslinga för ventiler", body=text, case={"reuse": "<p>Ritningen.</p>"})


def test_arrows_and_enter_lead_to_what_was_found_while_typing(visit: Visit, astrid: Person, known: Post) -> None:
    page = visit.page(astrid)
    page.goto("/")
    page.keyboard.press("/")
    box = page.locator("#find")
    box.press_sequentially("glyko", delay=20)
    page.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert "Glykolslinga" in chosen.inner_text()
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and box.input_value() == "glyko"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{known.get_absolute_url()}")
    assert visit.complaints == []


def test_enter_without_choosing_searches_for_what_was_typed(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid, width=390)
    page.goto(reverse("search"))
    page.locator("#find-here").press_sequentially("ventil", delay=20)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=ventil")
    assert page.locator(".hit mark").count() > 0
    assert visit.complaints == []


@pytest.mark.parametrize(
    ("language", "width", "theme"), [("sv-SE", 1280, "light"), ("en-GB", 390, "dark"), ("sv-SE", 320, "dark")]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(
    visit: Visit, astrid: Person, language: str, width: int, theme: str
) -> None:
    page = visit.page(astrid, language=language, width=width, color_scheme=theme, bypass_csp=True)
    for query in ("", "?q=glykol", "?q=glykol&kind=case", "?q=Bjorn", "?q=Stohl", "?q=zeppelinarverkstadsföreståndare"):
        page.goto(f"/search/{query}")
        assert [v["id"] for v in Axe().run(page, options=TAGS).response["violations"]] == [], query
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), query
    box = page.locator("[data-search]:visible").first
    box.fill("")
    box.press_sequentially("glyk", delay=20)
    page.get_by_role("option").first.wait_for()
    assert [v["id"] for v in Axe().run(page, options=TAGS).response["violations"]] == []


def test_without_javascript_the_box_is_a_form_and_choices_are_links(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid, java_script_enabled=False)
    page.goto("/")
    page.locator("#find").fill("glykol")
    page.locator("#find").press("Enter")
    page.wait_for_url("**/search/?q=glykol")
    page.locator(".hit a[data-open]").first.click()
    assert page.locator("h1").inner_text() == "Glykolslinga för ventiler"

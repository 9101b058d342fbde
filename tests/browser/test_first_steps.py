"""The first steps in a real browser: by keyboard, without JavaScript, clean and whole on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.nordanvind import look_at
from traff.ground.accounts.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_left_by_keyboard_without_javascript_and_brought_back(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid, width=390, java_script_enabled=False)
    page.goto("/")
    card = page.get_by_role("region", name="Dina första steg")
    expect(card.get_by_role("listitem")).to_have_count(4)
    card.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    expect(card).to_have_count(0)
    expect(page.get_by_text("De är borta från din startsida")).to_be_visible()
    page.goto("/me/")
    page.get_by_role("button", name="Visa dem igen").press("Enter")
    page.wait_for_url("**/")
    card.get_by_role("link", name="Säg vad du kan").press("Enter")
    page.get_by_label("Ämnen jag kan").fill("pumpar, is")
    page.get_by_label("Vad har du gjort som andra kan ha nytta av?").fill("Ett kalkylblad för rörlutning.")
    page.get_by_role("button", name="Spara").press("Enter")
    page.wait_for_url("**/")
    expect(card.get_by_role("listitem").first).to_contain_text("klart")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("language", "width"), [("sv-SE", 390), ("en-GB", 1280)])
def test_their_pages_are_clean_and_whole(visit: Visit, astrid: Person, language: str, width: int, theme: str) -> None:
    Person.objects.filter(pk=astrid.pk).update(language=language[:2])
    page = visit.page(astrid, language=language, width=width, color_scheme=theme, bypass_csp=True)
    broken = []
    for address in ("/", "/me/knowing/", "/me/"):
        page.goto(address)
        broken += look_at(page, address)
    assert broken == []
    assert visit.complaints == []

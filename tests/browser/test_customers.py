"""M2 from both sides, in the demo: somebody approaches a customer, and who knows it, where nobody would look, raises the odds."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.nordanvind import be, look_at
from traff.sharing.customers.models import Customer, Introduction, Tip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Told(NamedTuple):
    """One story in one language: who approaches whom, who gives, whom one asks first."""

    language: str
    customer: str
    asker: str
    giver: str
    reason: str
    first: str
    words: dict[str, str]


SWEDISH = Told(
    "sv", "Gråtjärn Koppar", "nils", "anita", "för att du har arbetat där, 2009–20", "roger",
    {"tip": "Ge ett tips", "send": "Skicka", "talk": "Erbjud ett samtal",
     "ask": "Fråga Roger", "asks": "Fråga", "yes": "Ja, gärna"},
)  # fmt: skip
ENGLISH = Told(
    "en", "Wydma Bulk", "pawel", "marek", "because you have worked there, 2011–19", "piotr",
    {"tip": "Give a tip", "send": "Send", "talk": "Offer a talk", "ask": "Ask Piotr", "asks": "Ask", "yes": "Yes, gladly"},
)  # fmt: skip


@pytest.mark.parametrize(("told", "width"), [(SWEDISH, 1280), (ENGLISH, 390)], ids=["sv", "en"])
def test_who_knows_the_customer_raises_the_odds(demo: Visit, told: Told, width: int) -> None:
    customer = Customer.objects.unrestricted("test").get(name=told.customer)
    giver = be(demo, told.giver, told.language, width=width, bypass_csp=True)
    card = giver.locator("article.met").filter(has_text=told.customer)
    expect(card).to_contain_text(told.reason)
    broken = look_at(giver, "home")
    card.locator("summary").filter(has_text=told.words["tip"]).click()
    card.locator("textarea").fill("Gå dit efter skiftbytet, inte före.")
    card.get_by_role("button", name=told.words["send"]).click()
    expect(giver.locator("h1")).to_contain_text(told.customer)
    broken += look_at(giver, "approach")
    giver.get_by_role("button", name=told.words["talk"]).click()
    giver.wait_for_load_state()
    assert Tip.objects.unrestricted("test").filter(by__handle=told.giver).count() == 2

    asker = be(demo, told.asker, told.language, width=width, bypass_csp=True)
    asker.goto("/approaches/")
    asker.get_by_role("link", name=told.customer).click()
    expect(asker.locator("main")).to_contain_text("Gå dit efter skiftbytet, inte före.")
    asker.goto(customer.get_absolute_url())
    broken += look_at(asker, "customer")
    asker.get_by_role("link", name=told.words["ask"]).click()
    asker.locator("textarea[name=reason]").fill("Vem bestämmer?")
    broken += look_at(asker, "ask")
    asker.locator("main form").get_by_role("button", name=told.words["asks"], exact=True).click()
    expect(asker.locator("h1")).to_be_visible()
    assert Introduction.objects.unrestricted("test").get().accepted_at is None

    broken += says_yes(be(demo, told.first, told.language, width=width, bypass_csp=True), told)
    asked = Introduction.objects.unrestricted("test").get()
    assert asked.accepted_at and asked.receiver.handle == told.first
    assert not broken and not demo.complaints


def says_yes(first: Page, told: Told) -> list[tuple[str, str, str]]:
    """Home says that somebody asks; one click answers."""
    first.locator(".notice a", has_text=told.customer).click()
    expect(first.locator("main")).to_contain_text("Vem bestämmer?")
    broken = look_at(first, "introductions")
    first.get_by_role("button", name=told.words["yes"]).click()
    first.wait_for_load_state()
    return broken

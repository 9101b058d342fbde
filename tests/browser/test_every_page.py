"""Every page there is, in both languages, both themes, on a desk and a phone: clean by axe, whole, and silent in the console.

TRAFF_SCREENSHOTS=folder keeps a picture of each page in each of the eight states, to be looked at.
"""

import os
import re
from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.every_page import BESIDE, PASSWORD, furnish, pages
from traff.ground.accounts.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STATES = list(product(("sv", "en"), ("light", "dark"), (1280, 390)))
ERRORS = ("400", "403", "403_csrf", "413", "429", "500")
PICTURES = os.environ.get("TRAFF_SCREENSHOTS", "")
EXPECTED = re.compile(r"the server responded with a status of 4\d\d")  # a refusal that was asked for
TEXTS = "a, button, p, h1, h2, h3, h4, label, legend, summary, li, dt, dd, span, time, td, th, option, code"
APART = ".sr, .skip, pre, .prose table, .tabs"  # heard only, or meant to scroll
HOLDS = ".sr, .skip, pre, table, .tabs, .menu-list, input, select"
WHOLE = """([texts, apart, holds]) => {
  const isLow = (element, style) => style.overflowY === "hidden" && !element.matches(".deck, .avatar")
    && element.scrollHeight > element.clientHeight + 2;
  const isCut = (element, style) => element.scrollWidth > element.clientWidth + 1 || isLow(element, style);
  const cut = [...document.querySelectorAll(texts)]
    .filter((element) => element.checkVisibility() && element.clientWidth > 1)
    .filter((element) => !element.closest(apart) && !element.querySelector(holds))
    .filter((element) => ((style) => style.display !== "inline" && isCut(element, style))(getComputedStyle(element)))
    .map((element) => `cut off: ${element.textContent.trim().slice(0, 60)}`);
  const wide = document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px wide`] : [];
  const heads = document.querySelectorAll("h1").length;
  const isNameless = /^.openings.(asked|\\d+.question)./.test(location.pathname); // what is asked there is kept for nobody
  const unnamed = isNameless ? [] : [...document.querySelectorAll("form[method=post]:has(textarea):not(:has([name=writer]))")];
  const lost = unnamed.map((form) => `words sent to ${form.action} could be lost: {% writer %} is missing`);
  return [...cut, ...wide, ...lost, ...(heads === 1 ? [] : [`${heads} h1`])];
}"""


@pytest.fixture
def demo(visit: Visit) -> Visit:
    furnish()
    return visit


def places() -> Iterator[tuple[str | None, str]]:
    """Each once, in the order in which they are walked: everybody's own after one another."""
    every = dict.fromkeys([*pages(Person.objects.get(handle="sofia")), *BESIDE])
    yield from sorted(every, key=lambda place: place[0] or "")


@pytest.mark.parametrize(("language", "theme", "width"), STATES, ids=str)
def test_every_page_is_clean_and_whole(demo: Visit, language: str, theme: str, width: int) -> None:
    Person.objects.update(language=language)
    faults: list[str] = []
    who: str | None = "nobody yet"
    page: Page | None = None
    for handle, address in places():
        if page is None or handle != who:
            page, who = _opened_by(demo, handle, language, theme, width), handle
        page.goto(address)
        expect(page.locator(".htmx-request")).to_have_count(0)
        faults += [f"{address} ({handle}): {fault}" for fault in _look_at(page, language, demo)]
        _keep(page, f"{handle or 'nobody'}{address}", f"{language}-{theme}-{width}")
    page = _opened_by(demo, None, language, theme, width)
    for name in ERRORS:
        with translation.override(language):
            page.route(f"**/error/{name}/", partial(_answer, render_to_string(f"{name}.html")))
        page.goto(f"/error/{name}/")
        faults += [f"error {name}: {fault}" for fault in _look_at(page, language, demo)]
        _keep(page, f"error-{name}", f"{language}-{theme}-{width}")
    assert not faults, "\n".join(faults)


def _answer(html: str, route: Route) -> None:
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


def _opened_by(demo: Visit, handle: str | None, language: str, theme: str, width: int) -> Page:
    person = Person.objects.get(handle=handle) if handle else None
    locale = {"sv": "sv-SE", "en": "en-GB"}[language]
    more: dict[str, Any] = {"color_scheme": theme, "service_workers": "block", "reduced_motion": "reduce"}
    page = demo.page(person, language=locale, width=width, **more)
    if handle == "bjorn":  # what protects an account is shown to somebody who has just said once more who they are
        page.goto("/accounts/reauthenticate/?next=/me/")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form button").click()
        page.wait_for_url("**/me/")
    return page


def _look_at(page: Page, language: str, demo: Visit) -> list[str]:
    broken = Axe().run(page).response["violations"]
    found = [f"{wrong['id']}: {wrong['nodes'][0]['html'][:160]}" for wrong in broken]
    found += page.evaluate(WHOLE, [TEXTS, APART, HOLDS])
    spoken = page.locator("html").get_attribute("lang")
    said = [complaint for complaint in demo.complaints if not EXPECTED.search(complaint)]
    demo.complaints.clear()
    return found + said + ([f"in {spoken}"] if spoken != language else [])


def _keep(page: Page, name: str, state: str) -> None:
    if PICTURES:
        file = re.sub(r"[^\w.-]+", "_", name).strip("_")
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{file}-{state}.png")

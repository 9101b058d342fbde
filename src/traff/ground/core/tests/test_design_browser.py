"""The look in a real Chromium: clean by axe, nothing cut off, and the keyboard gets everywhere."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from traff.config.chromium import find_chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CUT_OFF = """[...document.querySelectorAll("a, button, p, h1, h2, h3, label, summary")].filter(element =>
    element.clientWidth && element.scrollWidth > element.clientWidth + 1
    && getComputedStyle(element).display !== "inline" && !element.closest(".sr, .skip, .tabs") && !element.querySelector(".sr")
).map(element => element.textContent.trim().slice(0, 60))"""


def at(width: int, language: str, theme: str, address: str) -> Iterator[Page]:
    """A page of its own in a browser that is gone before the database is emptied."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        # axe is injected as a script, which the site's own policy rightly refuses
        page = browser.new_page(viewport={"width": width, "height": 850}, locale=language, color_scheme=theme, bypass_csp=True)
        page.goto(address)
        yield page
        browser.close()


@pytest.fixture
def design(request: pytest.FixtureRequest, live_server: LiveServer) -> Iterator[Page]:
    width, language, theme = request.param
    yield from at(width, language, theme, f"{live_server.url}/design/")


def everywhere() -> list[tuple[int, str, str]]:
    return [(width, language, theme) for width in (390, 1280) for language in ("sv-SE", "en-GB") for theme in ("light", "dark")]


@pytest.mark.parametrize("design", everywhere(), indirect=True, ids=lambda view: "-".join(map(str, view)))
def test_the_look_is_clean_and_whole(design: Page) -> None:
    found = Axe().run(design)
    assert [(broken["id"], broken["nodes"][0]["html"]) for broken in found.response["violations"]] == []
    assert design.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert design.evaluate(CUT_OFF) == []


def test_the_sites_own_policy_refuses_nothing_of_ours(live_server: LiveServer) -> None:
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page(locale="sv-SE")
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{live_server.url}/design/", wait_until="networkidle")
        browser.close()
    assert said == []


@pytest.mark.parametrize("design", [(320, "sv-SE", "light")], indirect=True)
def test_the_narrowest_phone_scrolls_one_way_only(design: Page) -> None:
    assert design.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("design", [(1280, "en-GB", "light")], indirect=True)
def test_the_keyboard_walks_opens_and_keeps_the_theme(design: Page) -> None:
    focused = "document.activeElement.textContent"
    design.keyboard.press("j")
    first = design.evaluate(focused)
    design.keyboard.press("j")
    assert design.evaluate(focused) != first
    design.keyboard.press("k")
    assert design.evaluate(focused) == first
    design.keyboard.press("?")
    assert design.evaluate("document.getElementById('keys').open")
    design.keyboard.press("Escape")
    assert not design.evaluate("document.getElementById('keys').open")
    design.get_by_role("button", name="Dark").click()
    design.reload()
    assert design.evaluate("document.documentElement.dataset.theme") == "dark"

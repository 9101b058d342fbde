"""The demo in a browser: being one of its people, finding its posts, looking at its pages."""

import json
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from traff.doors.registers.models import Origin
from traff.sharing.content.models import Post

MEETINGS = json.loads((Path(__file__).parents[2] / "demo" / "meetings.json").read_text(encoding="utf-8"))
LEAK = MEETINGS["writing"][0]  # Astrid half-writes it, Björn has been there
LOCALES = {"sv": "sv-SE", "en": "en-GB"}


def post_of(name: str) -> Post:
    return Post.objects.unrestricted("test").get(pk=Origin.objects.get(kind="post", external_id=name).object_id)


def be(visit: Visit, handle: str, language: str = "sv", **more: Any) -> Page:
    """Choose whom to be, as everybody does in the demo; and the language of the pages."""
    page = visit.page(language=LOCALES[language], **more)
    page.goto("/demo/")
    page.locator(f"form:has(input[value='{handle}']) button").click()
    page.wait_for_url("**/")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]").last.click()
        page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return page


def look_at(page: Page, name: str) -> list[tuple[str, str, str]]:
    """What axe finds, and whether the page is wider than the window."""
    found = [(name, wrong["id"], wrong["nodes"][0]["html"][:200]) for wrong in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + ([(name, "wide", str(wide))] if wide > 0 else [])

"""The story Träff is for, by the hands of the demo's people: in both languages, with and without JavaScript."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from traff.doors.registers.models import Origin
from traff.ground.accounts.models import Person
from traff.heart.matching import ties
from traff.sharing.content.models import Draft, Post, Reply, Reuse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MEETINGS = json.loads((Path(__file__).parents[2] / "demo" / "meetings.json").read_text(encoding="utf-8"))
LEAK = MEETINGS["writing"][0]  # Astrid half-writes it, Björn has been there
LOCALES = {"sv": "sv-SE", "en": "en-GB"}


@pytest.fixture
def demo(visit: Visit) -> Iterator[Visit]:
    """The demo, as the launcher loads it and the worker finishes it; signed in to as anybody."""
    call_command("loaddemo", verbosity=0, stdout=sys.stderr)
    ties.rebuild()
    return visit


def post_of(name: str) -> Post:
    return Post.objects.unrestricted("test").get(pk=Origin.objects.get(kind="post", external_id=name).object_id)


def be(visit: Visit, handle: str, language: str = "sv", **more: Any) -> Page:
    """Choose whom to be, as everybody does in the demo; and the language of the pages."""
    page = visit.page(language=LOCALES[language], **more)
    page.goto("/demo/")
    page.locator(f"form:has(input[value='{handle}']) button").click()
    page.wait_for_url("**/")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]").first.click()
        page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_astrid_finds_what_she_did_not_know_of_and_bjorn_sees_that_it_helped(demo: Visit, language: str) -> None:
    case = post_of(LEAK["post"])
    page = be(demo, "astrid", language)
    expect(page.locator(".traffar")).to_contain_text("Att lyssna på isen")  # a stranger's post, unasked
    expect(page.locator(".traffar")).to_contain_text("Sofia Hägg")

    page.goto("/groups/varmevaxlare/")
    page.locator("form[action$='/varmevaxlare/membership/'] button").first.click()
    expect(page.locator("form[action$='/membership/end/']")).to_have_count(1)

    page.goto("/write/?kind=question&group=varmevaxlare")
    page.locator("#id_title").fill("?")
    page.locator("#id_body").focus()
    page.locator(".write-text").first.wait_for()
    page.keyboard.type(LEAK[language])
    card = page.locator("#panel .suggestion").first
    expect(card).to_contain_text(case.title)
    expect(card).to_contain_text("Björn Sandell")
    expect(card).to_contain_text("Sundsvall")
    assert card.locator(".reason .term").count() >= 3
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"\d\d[:.]\d\d"))

    card.locator("[data-open]").click()
    expect(page.locator("h1")).to_have_text(case.title)
    page.locator(f"a[href='/posts/{case.pk}/reuse/']").first.click()
    page.locator("textarea[name=note]").fill("Gruvvattnet i Malmåsen" if language == "sv" else "The mine water at Malmåsen")
    page.locator("form[action$='/reuse/'] button").click()
    expect(page.locator("#reuses")).to_contain_text("Astrid Wiklund")
    assert Reuse.objects.unrestricted("test").filter(post=case, person__handle="astrid").get().note.endswith("Malmåsen")
    assert Draft.objects.filter(author__handle="astrid").waiting().count() == 1  # what she had begun waits for her

    giver = be(demo, "bjorn", language)
    led_to = {"sv": "Vad ditt arbete ledde till", "en": "What your work led to"}[language]
    expect(giver.locator("section, div", has_text=led_to).last).to_contain_text("Astrid Wiklund")
    giver.goto("/people/bjorn/")
    expect(giver.locator("main")).to_contain_text({"sv": "1 kollega bygger vidare", "en": "1 colleague builds on"}[language])
    giver.locator(f"main a[href='/posts/{case.pk}/']").first.click()
    expect(giver.locator("#reuses")).to_contain_text("Astrid Wiklund")
    expect(giver.locator("#reuses")).to_contain_text("Malmåsen")
    assert demo.complaints == []


def test_who_leaves_a_closed_group_meets_nothing_of_it_any_more(demo: Visit) -> None:
    inside = post_of("thank-you-notes")
    words = "My oldest fitter told me today that he has never been thanked in writing, and I wrote him a card in the van"
    page = be(demo, "oskar")
    page.goto(inside.get_absolute_url())
    expect(page.locator("main")).to_contain_text("toolbox")
    page.goto("/groups/platsledarna/")
    expect(page.locator("main")).to_contain_text("toolbox")
    page.locator("details:has(form[action$='/membership/end/']) summary").click()
    page.locator("form[action$='/platsledarna/membership/end/'] button").click()
    page.wait_for_load_state()
    places = [
        "/",
        "/?tab=groups",
        "/?tab=everyone",
        "/groups/platsledarna/",
        "/people/joost/",
        "/people/joost/?kind=update",
        "/traffar/",
    ]
    for address in [*places, *(["/search/?q=toolbox"] if stands("/search/") else [])]:
        page.goto(address)
        expect(page.locator("main")).not_to_contain_text("in the good drawer")
        assert inside.get_absolute_url() not in page.content()
    assert page.goto(inside.get_absolute_url()).status == 404  # type: ignore[union-attr]
    page.goto("/write/?kind=question")
    page.locator("#id_title").fill(words)
    with page.expect_response("**/panel/") as answered:
        page.locator("#id_title").press("End")
        page.keyboard.type("?")
    assert inside.get_absolute_url() not in answered.value.text()


def test_reading_and_writing_without_javascript(demo: Visit) -> None:
    case = post_of(LEAK["post"])
    page = be(demo, "astrid", java_script_enabled=False)
    page.get_by_role("link", name="Leta upp dagens träffar").click()
    expect(page.locator("main")).to_contain_text("Att lyssna på isen")
    page.locator(".suggestion button[value=useful]").first.click()
    page.wait_for_url("**/")

    page.goto("/write/?kind=question")
    page.locator("#id_title").fill("Varför läcker den igen?")
    page.locator("#id_body").fill(LEAK["sv"])
    page.locator("button[name=step][value=look]").click()
    page.wait_for_url("**/write/?draft=*")
    expect(page.locator("#panel .suggestion").first).to_contain_text(case.title)
    expect(page.locator("#id_body")).to_have_value(re.compile("Plattvärmeväxlaren på gruvvattnet"))
    page.locator("form.composer-form [data-send]").click()
    expect(page.locator("h1")).to_have_text("Varför läcker den igen?")
    asked = Post.objects.unrestricted("test").get(title="Varför läcker den igen?")
    expect(page.locator("aside.aside")).to_contain_text(case.title)

    other = be(demo, "bjorn", java_script_enabled=False)
    other.goto(asked.get_absolute_url())
    other.locator("#reply textarea").fill("Mät *kloriden* under packningen.")
    other.locator("#reply [data-send]").click()
    expect(other.locator(".reply .prose em")).to_have_text("kloriden")

    page.reload()
    page.locator(".reply form[action*='/thanks/'] button").first.click()
    assert Reply.objects.unrestricted("test").get(post=asked).reactions.unrestricted("test").count() == 1
    page.goto(case.get_absolute_url())
    page.locator(f"a[href='/posts/{case.pk}/reuse/']").first.click()
    page.locator("textarea[name=note]").fill("Gruvvattnet")
    page.locator("form[action$='/reuse/'] button").click()
    expect(page.locator("#reuses")).to_contain_text("Gruvvattnet")
    assert Reuse.objects.unrestricted("test").filter(post=case, person=Person.objects.get(handle="astrid")).exists()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("language", "width"), [("sv", 1280), ("en", 390)])
def test_its_pages_are_clean_and_whole(demo: Visit, theme: str, language: str, width: int) -> None:
    page = be(demo, "astrid", language, width=width, color_scheme=theme, bypass_csp=True)  # axe is injected
    expect(page.locator(".traffar")).to_be_visible()
    broken = look_at(page, "home")
    case = post_of(LEAK["post"])
    places = [case.get_absolute_url(), "/groups/nya-i-huset/", "/people/bjorn/", "/traffar/"]
    for address in [*places, *(["/search/?q=titan"] if stands("/search/") else [])]:
        page.goto(address)
        broken += look_at(page, address)
    page.goto("/write/?kind=question")
    page.locator("#id_title").fill(LEAK["sv"])
    page.locator("#id_title").press("End")
    page.keyboard.type(" ")
    expect(page.locator("#panel .suggestion").first).to_contain_text(case.title)
    assert broken + look_at(page, "write") == []


def look_at(page: Page, name: str) -> list[tuple[str, str, str]]:
    """What axe finds, and whether the page is wider than the window."""
    found = [(name, wrong["id"], wrong["nodes"][0]["html"][:200]) for wrong in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found + ([(name, "wide", str(wide))] if wide > 0 else [])


def stands(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True

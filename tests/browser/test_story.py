"""The demo in a browser without JavaScript, and its pages looked at; the story itself is test_tour.py."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.nordanvind import LEAK, be, look_at, post_of
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reply, Reuse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    page.locator(f"aside.aside a[href='/posts/{asked.pk}/beside/']").click()
    expect(page.locator("main")).to_contain_text(case.title)
    page.goto(asked.get_absolute_url())

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
    expect(page.locator(".traffar")).to_be_visible(timeout=20_000)  # looked for beside the page, among all there is
    broken = look_at(page, "home")
    case = post_of(LEAK["post"])
    places = [case.get_absolute_url(), "/groups/nya-i-huset/", "/people/bjorn/", "/traffar/", "/search/?q=titan", "/me/knowing/"]
    for address in places:
        page.goto(address)
        broken += look_at(page, address)
    page.goto("/write/?kind=question")
    page.locator("#id_title").fill(LEAK["sv"])
    page.locator("#id_title").press("End")
    page.keyboard.type(" ")
    expect(page.locator("#panel .suggestion").first).to_contain_text(case.title)
    assert broken + look_at(page, "write") == []

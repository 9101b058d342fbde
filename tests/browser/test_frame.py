"""What stands around every page, in a real browser: keys, sending, passing on, paper, and no contact."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Visit
from traff.community.people.models import Profile
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reaction, Reuse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article(bjorn: Person) -> Post:
    table = "<table><tbody><tr><th>Vecka</th><th>mm</th></tr><tr><td>7</td><td>3,2</td></tr></tbody></table>"
    return Post.publish(by=bjorn, kind="article", title="Isen bär", body=f"<p>Vi mätte varje dag.</p>{table}")


@pytest.fixture
def reading(visit: Visit, astrid: Person, article: Post) -> Iterator[Page]:
    page = visit.page(astrid, service_workers="block", permissions=["clipboard-read", "clipboard-write"])
    page.goto(article.get_absolute_url())
    yield page
    assert visit.complaints == []


def test_keys_lead_and_can_be_switched_off_for_good(reading: Page) -> None:
    reading.keyboard.press("g")
    reading.keyboard.press("p")
    reading.wait_for_url("**/people/")
    reading.keyboard.press("?")
    keys = reading.get_by_role("dialog", name="Kortkommandon")
    expect(keys).to_be_visible()
    keys.get_by_label("Kortkommandon är på i den här webbläsaren").uncheck()
    reading.keyboard.press("Escape")
    reading.reload()
    reading.keyboard.press("?")
    reading.keyboard.press("n")
    expect(keys).to_be_hidden()
    assert reading.url.endswith("/people/")
    reading.get_by_role("button", name="Kortkommandon").click()
    keys.get_by_label("Kortkommandon är på i den här webbläsaren").check()
    reading.keyboard.press("Escape")
    reading.keyboard.press("n")
    reading.wait_for_url("**/write/**")


def test_keys_say_nothing_while_one_types(reading: Page) -> None:
    reading.keyboard.press("/")
    reading.keyboard.type("gnu? jk")
    assert reading.locator("#find").input_value() == "gnu? jk"


def test_the_address_goes_to_the_clipboard_and_nowhere_else(reading: Page, article: Post) -> None:
    asked: list[str] = []
    reading.on("request", lambda request: asked.append(request.url))
    reading.get_by_label("Mer om inlägget").click()
    reading.get_by_role("button", name="Kopiera länken").click()
    expect(reading.get_by_text("Länken är kopierad.")).to_be_visible()
    assert reading.evaluate("navigator.clipboard.readText()").endswith(article.get_absolute_url())
    assert [url for url in asked if "/static/" not in url] == []


def test_two_clicks_are_one_deed_and_slowness_is_said(reading: Page, astrid: Person) -> None:
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)  # the answer waits until it is let go

    reading.route("**/thanks/", hold)
    like = reading.locator("article.read .like button")
    like.dblclick()
    expect(reading.locator("html[data-busy]")).to_be_attached()
    expect(reading.locator("#said")).to_have_text("Skickar …")
    assert len(held) == 1
    held[0].continue_()
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(reading.locator("html[data-busy]")).to_have_count(0)
    assert Reaction.objects.visible_to(astrid).count() == 1


def test_a_photo_too_large_is_refused_before_it_is_sent(reading: Page) -> None:
    reading.goto("/me/profile/")
    photo = reading.get_by_label("Foto", exact=False).first
    photo.evaluate("field => field.dataset.largest = 10")
    photo.set_input_files({"name": "jag.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 11})
    assert "större än 20 MB" in photo.evaluate("field => field.validationMessage")


def test_paper_has_the_words_who_wrote_them_when_and_where_alone(reading: Page, article: Post) -> None:
    reading.emulate_media(media="print", color_scheme="dark")
    for away in (".top", ".nav", ".aside", ".foot", ".card-actions", ".reply-box"):
        expect(reading.locator(away).first).to_be_hidden()
    expect(reading.get_by_text("Björn Ståhl").first).to_be_visible()
    expect(reading.get_by_text("Papper").first).to_be_visible()
    expect(reading.locator("main > .on-paper:last-child")).to_contain_text(article.get_absolute_url())
    expect(reading.locator("main > .on-paper:last-child")).to_be_visible()
    when = reading.locator(".read time").first
    assert str(article.published_at.year) in when.evaluate("time => getComputedStyle(time, '::after').content")
    assert when.evaluate("time => getComputedStyle(time).fontSize") == "0px", "once, and not as long ago it was"
    assert reading.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_what_is_for_oneself_is_met_before_the_stream_and_on_a_desk_beside_it(
    visit: Visit, astrid: Person, bjorn: Person, article: Post
) -> None:
    Reuse.tell(by=astrid, post=article, note="I Kiruna")
    Post.publish(by=astrid, kind="update", body="<p>Mätt i dag igen.</p>")

    both = """([led, card]) => [led, card].map((what) => document.querySelector(what).getBoundingClientRect().toJSON())"""

    def boxes(width: int) -> tuple[dict[str, float], dict[str, float]]:
        page = visit.page(bjorn, width=width)
        page.goto("/?tab=everyone")
        expect(page.get_by_role("heading", name="Vad ditt arbete ledde till")).to_have_count(1)
        led, card = page.evaluate(both, [".home-beside .aside-box", ".home-stream [data-card]"])
        return led, card

    led, first_card = boxes(390)
    assert led["bottom"] < first_card["top"]
    led, first_card = boxes(1280)
    assert led["left"] > first_card["right"]
    assert led["top"] < first_card["top"]
    assert visit.complaints == []


def test_a_face_that_does_not_come_is_initials(visit: Visit, astrid: Person, bjorn: Person, article: Post) -> None:
    photo = BytesIO()
    Image.new("RGB", (96, 96), "red").save(photo, "JPEG")
    for person in (astrid, bjorn):
        Profile.objects.update_or_create(person=person)[0].photo.save("face.jpg", ContentFile(photo.getvalue()))
    page = visit.page(astrid)
    page.route("**/people/bjorn/photo/**", lambda route: route.fulfill(status=404))
    page.goto(article.get_absolute_url())
    expect(page.locator("article.read .avatar").first).to_have_text("BS")
    expect(page.locator(".avatar img[src*='/people/bjorn/']")).to_have_count(0)
    expect(page.locator(".avatar img[src*='/people/astrid/']").first).to_be_visible()
    visit.complaints.clear()  # the browser says 404


def test_messages_on_a_phone_come_one_at_a_time_and_not_over_ones_writing(visit: Visit, astrid: Person, article: Post) -> None:
    page = visit.page(astrid, width=390)
    page.goto(article.get_absolute_url())
    page.evaluate(
        """() => ["success", "info", "error"].forEach((level, at) => {
          const toast = document.getElementById("copied").content.firstElementChild.cloneNode(true);
          toast.className = `toast toast-${level}`;
          toast.querySelector("[data-dismiss]").hidden = false;
          document.getElementById("toasts").append(toast);
        })"""
    )
    first, second, wrong = (page.locator(f".toast-{level}") for level in ("success", "info", "error"))
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    expect(wrong).to_be_visible()
    first.locator("[data-dismiss]").click()
    expect(second).to_be_visible()
    page.locator("#reply textarea, #reply [contenteditable=true]").locator("visible=true").first.focus()
    expect(second).to_be_hidden()
    expect(wrong).to_be_visible()
    assert visit.complaints == []


def workers(context: BrowserContext) -> bool:
    return bool(context.pages[0].evaluate("navigator.serviceWorker.ready.then(() => true)"))


def test_without_contact_the_page_says_so_in_the_language_of_the_last_one(visit: Visit, astrid: Person, article: Post) -> None:
    page = visit.page(astrid, language="en-GB")  # the browser is English, Astrid reads Swedish
    page.goto("/groups/")
    assert workers(page.context)
    page.goto("/people/")
    page.context.set_offline(True)
    page.goto(article.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingen kontakt med Träff")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).backgroundColor") == "rgb(43, 52, 112)"
    kept = page.evaluate(
        "caches.keys().then((names) => caches.open(names[0])).then((cache) => cache.keys())"
        ".then((all) => all.map((one) => new URL(one.url).pathname))"
    )
    assert all(path.startswith(("/static/core/", "/offline/")) for path in kept), "nothing of anybody's is kept"
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Isen bär")

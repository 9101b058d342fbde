"""Colleagues and topics proposed, pictures that say what they show, a look ahead, ten seconds to think again."""

import base64
import re
from io import BytesIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.files.models import File
from traff.sharing.content.models import Draft, Post, Reply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = ".write-text"
CARRY = """([selector, kind, bytes]) => {
  const file = new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], "packning.png", { type: "image/png" });
  const carried = new DataTransfer();
  carried.items.add(file);
  const target = document.querySelector(selector);
  const { left, top } = target.getBoundingClientRect();
  const how = { bubbles: true, cancelable: true, clientX: left + 20, clientY: top + 20 };
  const paste = new ClipboardEvent("paste", { ...how, clipboardData: carried });
  target.dispatchEvent(kind === "paste" ? paste : new DragEvent(kind, { ...how, dataTransfer: carried }));
}"""


@pytest.fixture
def rowers(cecilia: Person, bjorn: Person) -> Group:
    group = Group.start(by=cecilia, name="Rodd", is_open=False)
    group.audience.add(bjorn)
    return group


def types(page: Page, words: str) -> None:
    page.keyboard.type(words, delay=25)


def begins(page: Page, path: str = "/write/?kind=update") -> None:
    page.goto(path)
    page.locator("textarea[data-rich]").first.focus()
    expect(page.locator(TEXT).first).to_be_focused()


def offered(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def picture() -> str:
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def faults(page: Page) -> list[str]:
    return [f"{one['id']}: {node['html'][:120]}" for one in Axe().run(page).response["violations"] for node in one["nodes"]]


def test_a_colleague_is_proposed_chosen_and_linked(visit: Visit, bjorn: Person, cecilia: Person, astrid: Person) -> None:
    page = visit.page(bjorn)
    begins(page)
    types(page, "Fråga @cec")
    box, option = page.get_by_role("combobox", name="Vad håller du på med"), offered(page).filter(has_text="Cecilia Öberg")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    expect(page.get_by_role("status").filter(has_text="1 förslag")).to_have_count(1)
    assert faults(page) == []
    page.keyboard.press("Enter")
    expect(offered(page)).to_have_count(0)
    expect(page.get_by_role("textbox", name="Vad håller du på med")).to_be_focused()
    types(page, "om det")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/posts/*/")
    body = Post.objects.visible_to(astrid).get().body
    assert body == '<p>Fråga <a href="/people/cecilia/" rel="noopener noreferrer nofollow">@Cecilia Öberg</a> om det</p>'
    assert visit.complaints == []


def test_escape_puts_the_proposals_away_and_the_arrows_choose(
    visit: Visit, bjorn: Person, cecilia: Person, astrid: Person
) -> None:
    Topic.objects.named("Vattenkraft")
    Topic.objects.named("Vattenprov")
    page = visit.page(bjorn)
    begins(page)
    types(page, "Om #vatt")
    expect(offered(page)).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(TEXT)).to_have_text("Om #Vattenprov ")
    types(page, "och #vattenk")
    expect(offered(page)).to_have_count(1)
    page.keyboard.press("Tab")  # what begins as typed is chosen already
    expect(page.locator(TEXT)).to_have_text("Om #Vattenprov och #Vattenkraft ")
    types(page, "@as")
    expect(offered(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(offered(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(f"{TEXT} p")).to_have_count(2)


def test_the_audience_decides_who_is_proposed_and_who_cannot_read_is_said(
    visit: Visit, bjorn: Person, astrid: Person, cecilia: Person, rowers: Group
) -> None:
    page = visit.page(bjorn)
    begins(page)
    types(page, "Hej @ast")
    expect(offered(page).filter(has_text="Astrid Nyman")).to_be_visible()
    page.keyboard.press("Enter")
    said = page.locator("[data-unread-said]")
    expect(said).to_have_text("")
    page.get_by_label("Kan läsas av").select_option(rowers.slug)
    expect(said).to_contain_text("Astrid Nyman kan inte läsa det här")
    page.locator(TEXT).click()
    page.keyboard.press("Control+End")
    types(page, "och @ast")
    page.wait_for_timeout(600)
    expect(offered(page)).to_have_count(0)
    page.get_by_label("Kan läsas av").select_option("")
    expect(said).to_have_text("")
    page.get_by_label("Kan läsas av").select_option(rowers.slug)
    expect(said).to_contain_text("Astrid Nyman")
    page.locator("[data-send]").click()  # it has been said: it is sent
    page.wait_for_url("**/posts/*/")
    assert not Post.objects.visible_to(astrid).exists()


def test_in_a_reply_the_threads_readers_are_proposed(
    visit: Visit, bjorn: Person, cecilia: Person, astrid: Person, rowers: Group
) -> None:
    post = Post.publish(by=cecilia, kind="question", title="Hur?", group=rowers)
    page = visit.page(bjorn, width=390)
    begins(page, f"/posts/{post.pk}/")
    expect(page.locator("#reply")).to_contain_text("Kan läsas av medlemmarna i Rodd")
    types(page, "@ast")
    page.wait_for_timeout(600)
    expect(offered(page)).to_have_count(0)
    types(page, " @cec")
    offered(page).filter(has_text="Cecilia Öberg").click()
    types(page, "vet")
    page.locator("#reply [data-send]").click()
    expect(page.get_by_role("status").filter(has_text="Svaret är publicerat")).to_be_visible()
    assert "/people/cecilia/" in Reply.objects.visible_to(bjorn).get().body


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_stands_where_it_was_put_and_says_what_it_shows(
    visit: Visit, bjorn: Person, astrid: Person, rowers: Group, kind: str
) -> None:
    page = visit.page(bjorn)
    begins(page)
    types(page, "Så här: ")
    page.evaluate(CARRY, [TEXT, kind, picture()])
    dialog = page.get_by_role("dialog", name="Vad visar bilden?")
    expect(dialog).to_be_visible()
    assert faults(page) == []
    types(page, "En sliten packning")
    dialog.get_by_role("button", name="Klart").click()
    expect(page.locator(f"{TEXT} img[alt='En sliten packning']")).to_have_count(1)
    page.get_by_label("Kan läsas av").select_option(rowers.slug)
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    expect(page.get_by_role("img", name="En sliten packning")).to_be_visible()
    file = File.objects.visible_to(bjorn).get()
    assert (file.alt, file.audience_id) == ("En sliten packning", rowers.audience_id)
    assert not File.objects.visible_to(astrid).exists() and visit.complaints == []


def test_a_picture_without_words_is_asked_for_before_it_is_sent(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    begins(page)
    types(page, "Se")
    page.evaluate(CARRY, [TEXT, "paste", picture()])
    dialog = page.get_by_role("dialog", name="Vad visar bilden?")
    dialog.get_by_role("button", name="Senare").click()
    page.locator("[data-send]").click()
    dialog.get_by_role("button", name="Den är bara utsmyckning").click()
    page.wait_for_url("**/posts/*/")
    assert File.objects.visible_to(astrid).get().alt == ""


def test_the_preview_is_drawn_by_the_server(visit: Visit, astrid: Person, bjorn: Person) -> None:
    linked = Post.publish(by=bjorn, kind="question", title="Vilken packning?")
    page = visit.page(astrid)
    begins(page)
    types(page, f"{page.url.split('/write')[0]}/posts/{linked.pk}/ ")
    page.get_by_role("button", name="Förhandsgranska").click()
    dialog = page.get_by_role("dialog", name="Förhandsgranska")
    expect(dialog).to_contain_text("alla på Bolaget")
    expect(dialog.get_by_role("link", name="Vilken packning?")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    expect(page.locator(".linked-post")).to_contain_text("Vilken packning?")
    assert faults(page) == [] and visit.complaints == []


@pytest.mark.parametrize("has_script", [True, False])
def test_sending_is_undone_within_ten_seconds(visit: Visit, astrid: Person, bjorn: Person, has_script: bool) -> None:
    page = visit.page(astrid, java_script_enabled=has_script)
    if has_script:
        begins(page)
        types(page, "Det här skulle inte ut")
    else:
        page.goto("/write/?kind=update")
        page.locator("#id_body").fill("Det här skulle inte ut")
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    assert Post.objects.visible_to(bjorn).exists()
    page.get_by_role("button", name="Ångra").click()
    page.wait_for_url("**/write/?draft=*")
    expect(page.locator(TEXT if has_script else "#id_body")).to_contain_text("Det här skulle inte ut")
    assert not Post.objects.unrestricted("test").exists() and Draft.objects.of(astrid).waiting().count() == 1


def test_the_undo_button_leaves_when_its_time_is_over(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.clock.install()
    page.goto("/write/?kind=update")
    page.locator("#id_body").evaluate("area => { area.value = 'Hej'; area.dispatchEvent(new Event('input', {bubbles: true})); }")
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    expect(page.get_by_role("button", name="Ångra")).to_be_visible()
    expect(page.locator(".undo button")).to_have_text(re.compile(r"Ångra\s*\((10|[789])\)"))
    page.clock.fast_forward(11_000)
    expect(page.get_by_role("button", name="Ångra")).to_have_count(0)


def test_undoing_is_within_reach_of_the_keyboard(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    begins(page)
    types(page, "Det här skulle inte ut")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/posts/*/")
    expect(page.locator(".undo p")).to_be_focused()
    expect(page.locator(".undo p")).to_contain_text("Du kan ångra i tio sekunder, med Ctrl+Z")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Kortkommandon")).to_contain_text("Ångra det du nyss publicerade")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    page.wait_for_url("**/write/?draft=*")
    expect(page.locator(TEXT)).to_have_text("Det här skulle inte ut")
    assert not Post.objects.unrestricted("test").exists() and visit.complaints == []


def test_the_clock_of_undoing_waits_while_one_stands_on_the_button(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.clock.install()
    page.goto("/write/?kind=update")
    page.locator("#id_body").evaluate("area => { area.value = 'Hej'; area.dispatchEvent(new Event('input', {bubbles: true})); }")
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    undo = page.get_by_role("button", name="Ångra")
    expect(page.locator(".undo p")).to_be_focused()
    page.keyboard.press("Tab")
    expect(undo).to_be_focused()
    page.clock.fast_forward(12_000)
    expect(undo).to_be_focused()
    page.clock.fast_forward(20_000)  # the server waits no longer either
    expect(undo).to_have_count(0)
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
def test_menus_stay_within_their_column_and_undo_covers_no_button(
    visit: Visit, astrid: Person, bjorn: Person, width: int
) -> None:
    post = Post.publish(by=bjorn, kind="question", title="Vilken packning?")
    page = visit.page(astrid, width=width)
    page.goto(f"/posts/{post.pk}/")
    page.locator("#reply textarea").focus()
    expect(page.locator("#reply .write-text")).to_be_focused()
    types(page, "Den blå.")
    page.locator("#reply [data-send]").click()
    expect(page.locator(".undo")).to_be_visible()
    send, undo, column = (box(page, what) for what in ("#reply [data-send]", ".undo", "main"))
    across = send["x"] + send["width"] <= undo["x"] or undo["x"] + undo["width"] <= send["x"]
    assert across or send["y"] + send["height"] <= undo["y"] or undo["y"] + undo["height"] <= send["y"]
    for menu in (".reply .menu", ".read-foot .menu"):
        page.locator(f"{menu} summary").click()
        opened = box(page, f"{menu} .menu-list")
        assert opened["x"] >= column["x"] and opened["x"] + opened["width"] <= column["x"] + column["width"]


def box(page: Page, what: str) -> Any:
    return page.locator(what).first.bounding_box()


def test_the_keys_are_told_and_do_what_they_say(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    begins(page)
    bold = page.get_by_role("button", name="Fet")
    expect(bold).to_have_attribute("title", "Fet (Ctrl+B)")
    expect(bold).to_have_attribute("aria-keyshortcuts", "Control+B")
    for keys, word in (("Control+b", "fet"), ("Control+i", "kursiv"), ("Control+e", "kod"), ("Control+Shift+s", "struken")):
        page.keyboard.press(keys)
        types(page, word)
        page.keyboard.press(keys)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Shift+b")
    types(page, "citat")
    page.keyboard.press("Alt+F10")
    expect(bold).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Kursiv")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/posts/*/")
    body = Post.objects.visible_to(astrid).get().body
    for part in (
        "<strong>fet</strong>",
        "<em>kursiv</em>",
        "<code>kod</code>",
        "<s>struken</s>",
        "<blockquote><p>citat</p></blockquote>",
    ):
        assert part in body


@pytest.mark.parametrize("width", [1280, 390])
def test_the_toolbar_stays_at_hand_however_long_the_text(visit: Visit, astrid: Person, width: int) -> None:
    page = visit.page(astrid, width=width)
    begins(page, "/write/?kind=article")
    for _ in range(40):
        page.keyboard.press("Enter")
    types(page, "nere")
    tools, header, text = (box(page, what) for what in (".write-tools", ".top", ".write-text > p:last-child"))
    assert tools["y"] == pytest.approx(header["y"] + header["height"], abs=1) and tools["y"] < text["y"] < 850
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Adress")).to_be_focused()
    expect(page.get_by_label("Adress")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Ta bort länken")).to_be_hidden()  # there is none
    page.keyboard.press("Escape")
    for _ in range(25):
        page.keyboard.press("ArrowUp")
    cursor = page.evaluate("getSelection().anchorNode.getBoundingClientRect().top")
    tools = box(page, ".write-tools")
    assert cursor >= tools["y"] + tools["height"]  # what one writes is never beneath it


def test_numbers_become_a_list_and_a_name_is_followed_by_its_comma(visit: Visit, bjorn: Person, cecilia: Person) -> None:
    page = visit.page(bjorn)
    begins(page)
    types(page, "Fråga @cec")
    expect(offered(page)).to_have_count(1)
    page.keyboard.press("Enter")
    types(page, ", eller @cec")
    expect(offered(page)).to_have_count(1)
    page.keyboard.press("Enter")
    types(page, " själv.")
    expect(page.locator(TEXT)).to_have_text("Fråga @Cecilia Öberg, eller @Cecilia Öberg själv.")
    page.keyboard.press("Enter")
    types(page, "1. Läs")
    page.keyboard.press("Enter")
    types(page, "Mät")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/posts/*/", wait_until="commit")
    body = Post.objects.visible_to(bjorn).get().body
    assert "</a>, eller <a" in body and "<ol><li><p>Läs</p></li><li><p>Mät</p></li></ol>" in body
    assert visit.complaints == []


def test_home_carries_little_javascript_until_writing_starts(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    fetched: list[str] = []
    page.on("response", lambda answer: answer.request.resource_type == "script" and fetched.append(answer.url))
    page.goto("/", wait_until="networkidle")
    assert not [url for url in fetched if "prose" in url or "/content/write/" in url]
    begins(page, "/write/?kind=update")
    assert [url for url in fetched if "prose" in url]

"""Writing in a real browser: nothing is lost, and everything works without JavaScript too."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.files.models import File
from traff.sharing.content.models import Draft, Post, Reply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = "[data-saved]"


def types(page: Page, words: str) -> None:
    """As fast as a person can."""
    page.keyboard.type(words, delay=25)


def saved(page: Page) -> None:
    expect(page.locator(SAVED)).to_contain_text("Sparat ")


def test_astrid_writes_with_the_editor_and_reloading_loses_nothing(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/write/?kind=question")
    assert not [url for url in fetched if "prose_editor" in url]
    page.get_by_label("Din fråga").fill("Vilken packning?")
    page.locator("#id_body").focus()
    expect(page.locator(".write-text")).to_be_focused()
    types(page, "Vi har ")
    page.keyboard.press("Control+b")
    types(page, "tre")
    page.keyboard.press("Control+b")
    types(page, " sorter.")
    saved(page)
    page.reload()
    expect(page.get_by_label("Din fråga")).to_have_value("Vilken packning?")
    expect(page.get_by_role("textbox", name="Mer om den")).to_have_text("Vi har tre sorter.")
    page.get_by_role("button", name="Fråga", exact=True).last.click()
    page.wait_for_url("**/posts/*/")
    assert Post.objects.visible_to(astrid).get().body == "<p>Vi har <strong>tre</strong> sorter.</p>"
    assert not Draft.objects.of(astrid).waiting().exists()
    assert visit.complaints == []


def test_typing_before_the_editor_has_come_loses_no_letter(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    page.locator("#id_body").focus()
    types(page, "Den som inte väntar")
    expect(page.locator(".write-text")).to_be_focused()
    types(page, " får också med allt")
    expect(page.locator(".write-text")).to_have_text("Den som inte väntar får också med allt")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_question_grows_with_its_words_and_enter_sends_nothing(visit: Visit, astrid: Person, width: int) -> None:
    page = visit.page(astrid, width=width)
    page.goto("/write/?kind=question")
    question = page.get_by_label("Din fråga")
    height = question.bounding_box()["height"]  # type: ignore[index]
    assert height < 60  # a line
    question.click()
    types(page, "Plattvärmeväxlaren läcker igen. Små mörka gropar, och kloriden har gått upp. Vem har sett det förut?")
    assert question.bounding_box()["height"] > height  # type: ignore[index]
    assert question.evaluate("field => field.scrollHeight <= field.clientHeight + 1")  # all of it is seen
    page.keyboard.press("Enter")
    expect(page.locator(".write-text, textarea[data-rich]").locator("visible=true").first).to_be_focused()
    topics = page.get_by_label("Ämnen")
    topics.fill("värmeväxlare")
    topics.press("Enter")
    expect(page.get_by_label("Kan läsas av")).to_be_focused()
    question.press("Control+End")
    page.keyboard.insert_text("\n\nFinns det\nen lista?")  # as when one pastes
    expect(question).to_have_value(re.compile("förut\\? Finns det en lista\\?$"))
    assert page.url.split("?")[0].endswith("/write/") and not Post.objects.visible_to(astrid).exists()
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    assert Post.objects.visible_to(astrid).get().title.endswith("Vem har sett det förut? Finns det en lista?")


def test_the_toolbar_makes_what_it_says(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    page.get_by_label("Rubrik").first.fill("Allt på en gång")
    page.locator("#id_body").focus()
    expect(page.locator(".write-text")).to_be_focused()
    for name in ("Rubrik", "Punktlista", "Numrerad lista", "Citat", "Kodblock"):
        page.get_by_role("button", name=name, exact=True).click()
        types(page, name)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Länk", exact=True).click()
    page.get_by_label("Adress").fill("exempel.se")
    page.get_by_label("Adress").press("Enter")
    page.get_by_role("button", name="Tabell", exact=True).click()
    types(page, "Cell")
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    body = Post.objects.visible_to(astrid).get().body
    for part in ("<h2>", "<ul>", "<ol>", "<blockquote>", "<pre><code>", '<a href="https://exempel.se"', "<table>", "Cell"):
        assert part in body
    assert visit.complaints == []


def test_a_lost_session_loses_nothing(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    page.get_by_label("Rubrik").first.fill("Om ventiler")
    page.locator("#id_body").focus()
    expect(page.locator(".write-text")).to_be_focused()
    types(page, "En lång text")
    saved(page)
    page.context.clear_cookies(name="sessionid")
    types(page, " som växer")
    expect(page.locator(SAVED)).to_contain_text("utloggad")
    page.locator("[data-send]").click()
    page.wait_for_url("**/accounts/login/**")
    astrid.set_password("tillräckligt-lång-fras")
    astrid.save()
    page.locator("[name=login]").fill("astrid@example.org")
    page.locator("[name=password]").fill("tillräckligt-lång-fras")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/write/?draft=*")
    expect(page.get_by_label("Rubrik").first).to_have_value("Om ventiler")
    expect(page.get_by_role("textbox", name="Text")).to_have_text("En lång text som växer")
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    assert Post.objects.visible_to(astrid).get().body == "<p>En lång text som växer</p>"


def test_without_contact_it_stays_in_the_browser(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=question")
    page.context.set_offline(True)
    page.get_by_label("Din fråga").fill("Skriven i en tunnel")
    expect(page.locator(SAVED)).to_contain_text("ingen kontakt")
    page.locator("[data-send]").click()
    page.wait_for_timeout(300)
    expect(page.get_by_label("Din fråga")).to_have_value("Skriven i en tunnel")
    page.close()
    page = visit.contexts[-1].new_page()
    page.context.set_offline(False)
    page.goto("/write/?kind=question")
    page.locator(".notice a").click()
    page.wait_for_url("**/write/?draft=*")
    expect(page.get_by_label("Din fråga")).to_have_value("Skriven i en tunnel")


def test_writing_and_answering_without_javascript(visit: Visit, astrid: Person, bjorn: Person, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("steg ett")
    page = visit.page(astrid, java_script_enabled=False)
    page.goto("/write/?kind=question")
    page.get_by_label("Mer om den").fill("Vi har **tre** sorter.")
    page.locator("#uploads").set_input_files(plan)
    page.locator("[data-send]").click()
    expect(page.get_by_text("Ge det en rubrik")).to_be_visible()
    expect(page.get_by_label("Mer om den")).to_have_value("Vi har **tre** sorter.")
    page.get_by_label("Din fråga").fill("Vilken packning?")
    page.locator("[data-send]").click()
    expect(page.get_by_role("heading", name="Vilken packning?")).to_be_visible()
    expect(page.locator(".prose strong")).to_have_text("tre")
    post = Post.objects.visible_to(bjorn).get()
    assert File.objects.visible_to(bjorn).attached_to("post", [post.pk]).exists()
    other = visit.page(bjorn, java_script_enabled=False)
    other.goto(f"/posts/{post.pk}/")
    other.locator("#reply textarea").fill("Ta *grafit*.")
    other.locator("#reply [data-send]").click()
    expect(other.locator(".reply .prose em")).to_have_text("grafit")
    assert Reply.objects.visible_to(astrid).get().author == bjorn


def test_a_half_answer_waits_in_its_thread(visit: Visit, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=astrid, kind="question", title="Hur?")
    page = visit.page(bjorn)
    page.goto(f"/posts/{post.pk}/")
    page.locator("#reply textarea").focus()
    expect(page.locator("#reply .write-text")).to_be_focused()
    types(page, "Kanske så")
    saved(page)
    page.goto("/me/drafts/")
    page.get_by_role("link", name="Skriv vidare").click()
    expect(page.locator("#reply .write-text")).to_have_text("Kanske så")
    assert visit.complaints == []


def test_who_can_read_it_is_always_in_sight(visit: Visit, astrid: Person, bjorn: Person) -> None:
    group = Group.start(by=astrid, name="Rodd", is_open=False)
    group.audience.add(bjorn)
    page = visit.page(astrid, width=390)
    page.goto("/write/")
    seen_by = page.get_by_label("Kan läsas av")
    expect(seen_by).to_be_visible()
    seen_by.select_option(group.slug)
    expect(seen_by.locator("option:checked")).to_contain_text("de 2 medlemmarna i Rodd")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_composer_opens_on_home(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/")
    page.locator(".prompt-line").click()
    expect(page.locator("#composer .write-text")).to_be_focused()
    types(page, "Hej huset")
    page.locator("#composer [data-send]").click()
    page.wait_for_url("**/posts/*/")
    assert Post.objects.visible_to(astrid).get().body == "<p>Hej huset</p>"
    assert visit.complaints == []


def test_pictures_are_taken_in_at_once_with_words_for_who_cannot_see(
    visit: Visit, astrid: Person, bjorn: Person, tmp_path: Path
) -> None:
    path = tmp_path / "packning.png"
    Image.new("RGB", (40, 30), "teal").save(path)
    page = visit.page(astrid)
    page.goto("/write/?kind=update")
    page.locator("#uploads").set_input_files(path)
    expect(page.get_by_role("dialog", name="Vad visar bilden?")).to_be_visible()
    types(page, "En packning")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Vad bilden visar")).to_have_value("En packning")
    page.locator(".write-text").click()
    types(page, "Se bilden")
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    assert File.objects.visible_to(bjorn).get().alt == "En packning"
    assert visit.complaints == []

"""Whatever way one comes back to what one wrote, the editor holds it; and nothing leads away from it unasked."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.heart.matching.tests.told import QUESTION, case, everyday
from traff.sharing.content.models import Draft, Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = ".write-text"


def types(page: Page, words: str) -> None:
    page.keyboard.type(words, delay=25)


def begins(page: Page) -> None:
    page.goto("/write/?kind=update")
    page.locator("#id_body").focus()
    expect(page.locator(TEXT)).to_be_focused()


def box(page: Page, what: str) -> Any:
    return page.locator(what).bounding_box()


def stands_with_its_mention(page: Page) -> None:
    expect(page.locator(f"{TEXT} a")).to_have_text("@Cecilia Öberg")
    expect(page.locator(TEXT)).to_contain_text("Rost vid flänsen")
    expect(page.locator("#id_body")).to_be_hidden()
    expect(page.locator(".write-tools").first).to_be_visible()


def test_back_to_the_draft_by_the_browsers_own_button(visit: Visit, astrid: Person, cecilia: Person) -> None:
    page = visit.page(astrid)
    begins(page)
    types(page, "Rost vid flänsen, fråga @cec")
    expect(page.locator(".write-proposals li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Sparat ")
    page.goto("/cases/")
    page.go_back()
    stands_with_its_mention(page)
    page.locator(TEXT).click()
    page.keyboard.press("Control+End")
    types(page, "snart")
    expect(page.locator("[data-saved]")).to_contain_text("Sparat ")
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    assert Post.objects.visible_to(astrid).get().body.endswith("@Cecilia Öberg</a> snart</p>")


def test_back_and_forward_through_the_composer_that_opened_in_home(visit: Visit, astrid: Person, cecilia: Person) -> None:
    page = visit.page(astrid)
    page.goto("/")
    page.locator(".prompt-line").click()
    page.locator(f"{TEXT}, #id_body:focus").first.wait_for()
    types(page, "Rost vid flänsen, fråga @cec")
    expect(page.locator(".write-proposals li")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/write/?draft=*")
    expect(page.locator("[data-saved]")).to_contain_text("Sparat ")
    page.locator(".nav a[href='/cases/']").click()
    page.wait_for_url("**/cases/")
    page.go_back()
    stands_with_its_mention(page)
    page.go_back()
    expect(page.locator(".prompt-line")).to_be_visible()
    page.go_forward()
    stands_with_its_mention(page)


def test_back_from_an_edit_that_broke(visit: Visit, astrid: Person, cecilia: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post.publish(by=astrid, kind="update", body='<p>Fråga <a href="/people/cecilia/">@Cecilia Öberg</a></p>')
    page = visit.page(astrid)
    page.goto(f"/posts/{post.pk}/edit/")
    page.locator(TEXT).click()
    page.keyboard.press("Control+End")
    types(page, " Rost vid flänsen")

    def breaks(self: Post, **said: object) -> None:
        raise RuntimeError("broken on purpose")

    with monkeypatch.context() as patched:
        patched.setattr(Post, "edit", breaks)
        page.locator("[data-send]").click()
        expect(page.get_by_role("heading")).to_contain_text("Något gick sönder")
    page.go_back()
    stands_with_its_mention(page)
    page.goto("/me/drafts/")
    page.get_by_role("link", name="Skriv vidare").click()
    stands_with_its_mention(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_offered_opens_beside_what_one_writes(
    visit: Visit, astrid: Person, bjorn: Person, cecilia: Person, width: int
) -> None:
    everyday(cecilia)
    post = case(bjorn)
    page = visit.page(astrid, width=width)
    begins(page)
    types(page, QUESTION)
    offer = page.locator(".panel-one")
    expect(offer).to_have_count(1)
    if width == 390:
        expect(offer.get_by_role("link", name="Läs")).to_be_hidden()
        assert box(page, ".panel-one")["height"] <= 60
        offer.locator("summary").click()
    with page.context.expect_page() as beside:
        offer.get_by_role("link", name="Läs").click()
    expect(beside.value).to_have_url(re.compile(f"/posts/{post.pk}/"))
    beside.value.close()
    expect(page.locator(TEXT)).to_have_text(QUESTION)
    panel, foot, send = (box(page, what) for what in (".composer-panel", ".foot", "[data-send]"))
    assert panel["y"] + panel["height"] <= foot["y"]
    assert width == 1280 or send["y"] < panel["y"]  # what one came for stands before what is offered


def test_answering_begins_with_the_next_key(visit: Visit, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=bjorn, kind="update", body="<p>Harts på bromsarna</p>")
    page = visit.page(astrid)
    page.goto(f"/posts/{post.pk}/")
    page.locator(".read-foot a[href='#reply']").click()
    page.keyboard.type("nu ner / g h j k i texten")
    expect(page.locator(f"#reply {TEXT}")).to_have_text("nu ner / g h j k i texten")
    expect(page).to_have_url(re.compile(f"/posts/{post.pk}/#reply$"))
    page.locator("body").click(position={"x": 5, "y": 400})
    page.locator(".read-foot a[href='#reply']").click()
    expect(page.locator(f"#reply {TEXT}")).to_be_focused()
    page.goto("/")
    page.goto(f"/posts/{post.pk}/#reply")
    expect(page.locator(f"#reply :is({TEXT}, textarea):focus")).to_have_count(1)
    assert not Draft.objects.of(astrid).waiting().filter(reply_to=None).exists()


def test_one_topic_alone_is_chosen_as_a_colleague_is(visit: Visit, astrid: Person) -> None:
    Topic.objects.named("Korrosion")
    page = visit.page(astrid)
    begins(page)
    types(page, "Om #korr")
    expect(page.locator(".write-proposals [aria-selected=true]")).to_have_text("#Korrosion")
    page.keyboard.press("Enter")
    expect(page.locator(TEXT)).to_have_text("Om #Korrosion ")


def test_on_a_phone_a_message_stands_above_the_bar_and_leaves(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid, width=390, has_touch=True, is_mobile=True)
    page.clock.install()
    page.goto("/write/?kind=update")
    page.locator("#id_body").evaluate("area => { area.value = 'Hej'; area.dispatchEvent(new Event('input', {bubbles: true})); }")
    page.get_by_role("button", name="Spara som utkast").click()
    page.wait_for_url("**/me/drafts/")
    toast, bar, top = (box(page, what) for what in (".toast", ".bar", ".top"))
    assert top["y"] + top["height"] < toast["y"] and toast["y"] + toast["height"] <= bar["y"]
    page.locator(".toast p").tap()
    page.clock.fast_forward(11_000)
    expect(page.locator(".toast")).to_have_count(0)

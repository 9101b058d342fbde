"""The README's tour, step by step: in both languages, on a desk and on a phone, on the screens of giver and taker."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.nordanvind import LEAK, LOCALES, MEETINGS, be, post_of
from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.heart.matching.suggest import suggest_for
from traff.sharing.content.models import Draft, Post, Reuse

README = Path(__file__).parents[2] / "README.md"
HEARD = next(row for row in MEETINGS["home"] if row["person"] == "astrid")
BOTH = pytest.mark.slow  # every language in every width; without --all each of them once


@dataclass
class Tour:
    """One walk through it: Astrid's screen stays open, the others' come when they are needed."""

    demo: Visit
    language: str
    width: int
    page: Page

    def screen_of(self, handle: str) -> Page:
        return be(self.demo, handle, self.language, width=self.width)

    def say(self, sv: str, en: str) -> str:
        return {"sv": sv, "en": en}[self.language]


def monday_morning(tour: Tour) -> None:
    """Her own open question has been listening; she reads what it found, and thanks for it."""
    page, case = tour.page, post_of(HEARD["post"])
    traffar = page.locator(".traffar .suggestion")
    expect(traffar.first).to_contain_text(case.title, timeout=20_000)  # looked for beside the page, among all there is
    expect(traffar.first).to_contain_text("Marit Haugland")
    expect(traffar.first.locator(".reason")).to_contain_text(post_of(HEARD["question"]).title)
    expect(page.locator(".traffar")).to_contain_text("Sofia Hägg")
    in_first_place = page.locator(".traffar, #first-steps, .prompt").first
    expect(in_first_place).to_have_class(re.compile("traffar"))  # nothing pushes them down, the first steps neither

    traffar.first.locator("[data-open]").click()
    expect(page.locator("h1")).to_have_text(case.title)
    thanks = page.locator(f"form.like[action*='/post/{case.pk}/'], form.like[action*='/posts/{case.pk}/']").first
    thanks.locator("button").click()
    expect(thanks.locator("button")).to_have_attribute("aria-pressed", "true")
    marit = tour.demo.page(Person.objects.get(handle="marit"), language=LOCALES[tour.language], width=tour.width)
    marit.goto(case.get_absolute_url())
    expect(marit.locator("main")).to_contain_text(case.title)
    assert case.reactions.unrestricted("test").filter(person__handle="astrid").exists()

    page.goto("/")
    page.locator(".traffar button[value=useful]").first.click()
    expect(page.locator(".thanks").first).to_be_visible()


def half_a_question(tour: Tour) -> None:
    """She has not sent it, and earlier work from another place stands beneath."""
    page, case = tour.page, post_of(LEAK["post"])
    page.goto("/")
    if tour.width < 768:  # a phone shows the line alone
        page.locator(".prompt-line").click()
        page.locator(".write-kinds button[value='kind:question']").click()
    else:
        page.locator(".prompt a[href*='kind=question']").click()
    expect(page.locator("#composer #id_title")).to_be_focused(timeout=10_000)
    page.locator("#id_body").focus()
    expect(page.locator(".write-text")).to_be_focused()
    page.keyboard.type(LEAK[tour.language])
    card = page.locator("#panel .suggestion").first
    expect(card).to_contain_text(case.title)
    expect(card).to_contain_text("Björn Sandell")
    expect(card).to_contain_text("Sundsvall")
    assert card.locator(".reason .term").count() >= 3
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"\d\d[:.]\d\d"))


def reused(tour: Tour) -> None:
    """She builds on it, and he sees it on his own home page and on the case."""
    case, offer = post_of(LEAK["post"]), tour.page.locator("#panel .panel-one").first
    if tour.width < 750:
        offer.locator("summary").click()
    with tour.page.context.expect_page() as beside:  # what she writes stays where it is
        offer.locator("[data-open]").click()
    page = tour.page = beside.value
    expect(page.locator("h1")).to_have_text(case.title)
    page.locator(f"a[href='/posts/{case.pk}/reuse/']").first.click()
    page.locator("textarea[name=note]").fill(tour.say("Gruvvattnet i Malmåsen", "The mine water at Malmåsen"))
    page.locator("form[action$='/reuse/'] button").click()
    expect(page.locator("#reuses")).to_contain_text("Astrid Wiklund")
    assert Reuse.objects.unrestricted("test").filter(post=case, person__handle="astrid").get().note.endswith("Malmåsen")
    assert Draft.objects.filter(author__handle="astrid").waiting().count() == 1  # what she had begun waits for her

    giver = tour.screen_of("bjorn")
    led_to = tour.say("Vad ditt arbete ledde till", "What your work led to")
    expect(giver.locator("section", has_text=led_to).last).to_contain_text("Astrid Wiklund")
    giver.goto("/people/bjorn/")
    expect(giver.locator("main")).to_contain_text(tour.say("1 kollega återanvänder", "1 colleague reuses"))
    giver.locator(f"main a[href='/posts/{case.pk}/']").first.click()
    expect(giver.locator("#reuses")).to_contain_text("Astrid Wiklund")
    expect(giver.locator("#reuses")).to_contain_text("Malmåsen")


GLOVES = (
    "Handskarna i storlek sju tog slut i förrådet redan i oktober. Vi beställde montagehandskar med förstärkt tumgrepp från "
    "Tornedalens skinnverkstad, och för första gången satt fingertopparna där fingrarna slutar."
)
ASKED = "Montagehandskar i storlek sju är slut i förrådet igen. Någon som vet en skinnverkstad med förstärkt tumgrepp"


def out_of_a_closed_group(tour: Tour) -> None:
    """Inside she meets it everywhere; having left she meets it nowhere, and her own screen shows it no more."""
    page, inside = tour.page, something_inside()
    meets = {name: meet(page, inside) for name, meet in SURFACES.items()}
    assert meets == dict.fromkeys(SURFACES, True)

    page.goto("/groups/kvinnor-i-falt/")
    page.locator("details:has(a[href$='/membership/end/']) summary").click()
    page.locator("a[href$='/kvinnor-i-falt/membership/end/']").click()
    expect(page.locator("main")).to_contain_text(tour.say("inte komma tillbaka på egen hand", "cannot come back by yourself"))
    page.get_by_role("button", name=tour.say("Lämna", "Leave")).click()
    page.wait_for_url(re.compile(r"/groups/(kvinnor-i-falt/)?$"))
    expect(page.locator("a[href$='/membership/end/']")).to_have_count(0)
    meets = {name: meet(page, inside) for name, meet in SURFACES.items()}
    assert meets == dict.fromkeys(SURFACES, False)
    assert page.goto(inside.get_absolute_url()).status == 404  # type: ignore[union-attr]
    tour.demo.complaints[:] = [said for said in tour.demo.complaints if "404" not in said]  # the one that was asked for


def something_inside() -> Post:
    """A case in the closed group that Astrid is in, in words that stand nowhere else."""
    ellen = Person.objects.get(handle="ellen")
    circle = Group.objects.unrestricted("test").get(slug="kvinnor-i-falt")
    inside = Post.publish(by=ellen, kind="case", title="Handskar i storlek sju", group=circle, case={"reuse": f"<p>{GLOVES}</p>"})
    suggest_for(Person.objects.get(handle="astrid"))
    return inside


def on_its_page(page: Page, inside: Post) -> bool:
    page.goto(inside.get_absolute_url())
    return inside.title in page.locator("main").inner_text()


def on_home(page: Page, inside: Post) -> bool:
    found = []
    for tab in ("", "?tab=groups", "?tab=everyone"):
        page.goto(f"/{tab}")
        found.append(inside.get_absolute_url() in page.content())
    return any(found)


def in_the_group(page: Page, inside: Post) -> bool:
    page.goto("/groups/kvinnor-i-falt/")
    return inside.get_absolute_url() in page.content()


def in_search(page: Page, inside: Post) -> bool:
    page.goto("/search/?q=skinnverkstad")
    return inside.get_absolute_url() in page.content()


def in_a_suggestion(page: Page, inside: Post) -> bool:
    """While she writes, and among today's träffar."""
    page.goto("/write/?kind=question")
    page.locator("#id_title").fill(ASKED)
    with page.expect_response("**/panel/") as answered:
        page.locator("#id_title").press("End")
        page.keyboard.type("?")
    offered = inside.get_absolute_url() in answered.value.text()
    page.goto("/traffar/")
    return offered or inside.get_absolute_url() in page.content()


def in_completion(page: Page, inside: Post) -> bool:
    page.goto("/search/")
    page.locator("#find-here").press_sequentially(inside.title.lower(), delay=20)
    expect(page.locator("[role=option][href*='q=']").last).to_contain_text(inside.title.lower())  # it has answered for all of it
    return page.locator(f"[role=option][href*='{inside.get_absolute_url()}']").count() > 0


SURFACES: dict[str, Callable[[Page, Post], bool]] = {
    "page": on_its_page,
    "home": on_home,
    "group": in_the_group,
    "search": in_search,
    "suggestion": in_a_suggestion,
    "completion": in_completion,
}

STEPS: dict[str, Callable[[Tour], None]] = {
    "Monday morning, nothing typed": monday_morning,
    "Half a question": half_a_question,
    "Reused, and the giver sees it": reused,
    "Out of a closed group, and it is gone": out_of_a_closed_group,
}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("language", "width"),
    [("sv", 1280), ("en", 390), pytest.param("en", 1280, marks=BOTH), pytest.param("sv", 390, marks=BOTH)],
)
def test_the_tour(demo: Visit, language: str, width: int) -> None:
    tour = Tour(demo, language, width, be(demo, "astrid", language, width=width))
    for step in STEPS.values():
        step(tour)
    assert demo.complaints == []


def test_the_readme_names_the_same_steps() -> None:
    told = README.read_text(encoding="utf-8").partition("## Five minutes with Astrid")[2].partition("\n## ")[0]
    assert re.findall(r"^### \d\. (.+)$", told, re.MULTILINE) == list(STEPS)
    assert LEAK["en"][:60] in " ".join(told.split())  # what is typed there is what is typed here


def test_the_pictures_of_the_readme_are_small() -> None:
    pictures = [README.parent / path for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README.read_text(encoding="utf-8"))]
    assert len(pictures) == 2
    assert all(picture.stat().st_size < 200_000 for picture in pictures)

"""Nothing a person has written is lost: not by a killed browser, a lost network, an ended session or a killed server."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import FLAGS, Visit
from traff.config.chromium import find_chromium
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Draft, Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = "[data-saved]"
STORED = """async () => {
  const open = indexedDB.open("traff-writing", 1);
  open.onupgradeneeded = () => open.result.createObjectStore("kept", { keyPath: "key" });
  await new Promise((done) => (open.onsuccess = done));
  const asked = open.result.transaction("kept").objectStore("kept").getAll();
  await new Promise((done) => (asked.onsuccess = done));
  open.result.close();
  return JSON.stringify(asked.result);
}"""


def types(page: Page, words: str) -> None:
    page.keyboard.type(words, delay=25)


def begins(page: Page, title: str, words: str) -> None:
    page.get_by_label("Rubrik").first.fill(title)
    page.locator("#id_body").focus()
    expect(page.locator(".write-text")).to_be_focused()
    types(page, words)


class Killable:
    """A browser with a folder of its own, so that it can be killed and started again."""

    def __init__(self, browser: Browser, visit: Visit, folder: Path) -> None:
        self.browser, self.visit, self.folder = browser, visit, folder
        self.context: BrowserContext | None = None

    def page(self, person: Person) -> Page:
        self.context = self.browser.browser_type.launch_persistent_context(
            str(self.folder), executable_path=find_chromium(), args=FLAGS, base_url=self.visit.server.url, locale="sv-SE"
        )
        self.visit.sign_in(self.context, person)
        page = self.context.pages[0]
        page.set_default_timeout(15_000)
        return page

    def kill(self) -> None:
        """As a power cut would: every process of this browser, and of no other, at once."""
        mark = f"--user-data-dir={self.folder}".encode()
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if entry.name.isdigit() and mark in (entry / "cmdline").read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
        with suppress(Error):
            assert self.context
            self.context.close()
        for lock in self.folder.glob("Singleton*"):
            lock.unlink(missing_ok=True)


@pytest.fixture
def killable(chromium: Browser, visit: Visit, tmp_path: Path) -> Iterator[Killable]:
    made = Killable(chromium, visit, tmp_path / "browser")
    yield made
    made.kill()


@pytest.mark.slow
def test_a_killed_browser_loses_nothing(killable: Killable, astrid: Person) -> None:
    page = killable.page(astrid)
    page.goto("/write/?kind=article")
    begins(page, "Om ventiler", "Det jag skrev i sista sekunden")
    killable.kill()
    page = killable.page(astrid)
    page.goto("/write/")
    page.locator(".notice a").click()
    page.wait_for_url("**/write/?draft=*")
    expect(page.get_by_label("Rubrik").first).to_have_value("Om ventiler")
    expect(page.locator(".write-text")).to_have_text("Det jag skrev i sista sekunden")


@pytest.mark.slow
def test_a_browser_killed_without_network_loses_nothing(killable: Killable, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=bjorn, kind="question", title="Hur?")
    page = killable.page(astrid)
    page.goto(f"/posts/{post.pk}/")
    page.locator("#reply textarea").focus()
    expect(page.locator("#reply .write-text")).to_be_focused()
    page.context.set_offline(True)
    types(page, "Skrivet i en tunnel")
    killable.kill()
    assert not Draft.objects.exists()
    page = killable.page(astrid)
    page.goto(f"/posts/{post.pk}/")
    expect(page.locator("#reply .write-text")).to_have_text("Skrivet i en tunnel")
    expect(page.locator(f"#reply {SAVED}")).to_contain_text("Sparat")
    assert "Skrivet i en tunnel" in Draft.objects.of(astrid).get().fields["body"]


def test_a_lost_network_is_said_and_what_was_typed_goes_up_when_it_is_back(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    begins(page, "Om ventiler", "Med nät")
    expect(page.locator(SAVED)).to_contain_text("Sparat")
    page.context.set_offline(True)
    types(page, " och utan")
    expect(page.locator(SAVED)).to_contain_text("Inte sparat: ingen kontakt med Träff. Det finns kvar på den här enheten")
    page.locator("[data-send]").click()
    expect(page.locator(SAVED)).to_contain_text("Inte skickat: ingen kontakt med Träff.")
    expect(page.locator(".write-text")).to_have_text("Med nät och utan")
    page.context.set_offline(False)
    expect(page.locator(SAVED)).to_contain_text("Sparat", timeout=15_000)
    assert Draft.objects.of(astrid).get().fields["body"] == "<p>Med nät och utan</p>"


def test_signing_in_again_in_another_window_lets_one_go_on(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    begins(page, "Om ventiler", "Före")
    expect(page.locator(SAVED)).to_contain_text("Sparat")
    page.context.clear_cookies()
    types(page, " och efter")
    expect(page.locator(SAVED)).to_contain_text("utloggad")
    visit.sign_in(page.context, astrid)
    other = page.context.new_page()
    other.goto("/me/drafts/")
    other.close()
    expect(page.locator(SAVED)).to_contain_text("Sparat", timeout=15_000)
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/")
    assert Post.objects.visible_to(astrid).get().body == "<p>Före och efter</p>"


def test_somebody_else_at_the_same_computer_meets_nothing_of_it(visit: Visit, astrid: Person, bjorn: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    page.context.set_offline(True)
    page.get_by_label("Rubrik").first.fill("Min hemlighet")
    expect(page.locator(SAVED)).to_contain_text("Inte sparat")
    page.close()
    context = visit.contexts[-1]
    context.set_offline(False)
    visit.sign_in(context, bjorn)
    page = context.new_page()
    page.goto("/write/?kind=article")
    page.wait_for_timeout(500)
    assert page.url.endswith("/write/?kind=article")
    expect(page.get_by_label("Rubrik").first).to_have_value("")
    assert page.evaluate(STORED) == "[]"


def test_signing_out_leaves_nothing_at_the_computer(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    page.route("**/drafts/**", lambda route: route.abort())
    page.get_by_label("Rubrik").first.fill("Min hemlighet")
    expect(page.locator(SAVED)).to_contain_text("Inte sparat")
    assert "Min hemlighet" in page.evaluate(STORED)
    page.goto("/me/")
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url(lambda url: "/me/" not in url)
    assert page.evaluate(STORED) == "[]"


def test_two_windows_with_the_same_draft_overwrite_nothing_unasked(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    begins(page, "Om ventiler", "Vid bordet")
    page.wait_for_url("**/write/?draft=*")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".write-text").click()
    other.keyboard.press("Control+End")
    types(other, " och på tåget")
    expect(other.locator(SAVED)).to_contain_text("Sparat")
    page.locator(".write-text").click()
    types(page, "X")
    choice = page.get_by_role("alert")
    expect(choice).to_contain_text("i ett annat fönster")
    expect(choice).to_contain_text("Vid bordet och på tåget")
    assert Draft.objects.get().fields["body"] == "<p>Vid bordet och på tåget</p>"
    choice.get_by_role("button", name="Ta den").click()
    expect(page.locator(".write-text")).to_have_text("Vid bordet och på tåget")
    types(other, "!")
    expect(other.locator(SAVED)).to_contain_text("Sparat")


def test_a_version_on_this_device_and_another_on_the_server_are_chosen_between(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    begins(page, "Om ventiler", "Ett")
    page.wait_for_url("**/write/?draft=*")
    page.context.set_offline(True)
    types(page, " i tunneln")
    expect(page.locator(SAVED)).to_contain_text("Inte sparat")
    url, draft = page.url, Draft.objects.get()
    page.close()
    Draft.keep(key=draft.key, by=astrid, fields={**draft.fields, "body": "<p>Två vid bordet</p>", "hand": "another"})
    page = visit.contexts[-1].new_page()
    page.context.set_offline(False)
    page.goto(url)
    choice = page.get_by_role("alert")
    expect(choice).to_contain_text("aldrig nådde Träff")
    expect(choice).to_contain_text("Ett i tunneln")
    expect(page.locator(".write-text")).to_have_text("Två vid bordet")
    choice.get_by_role("button", name="Ta den").click()
    expect(page.locator(".write-text")).to_have_text("Ett i tunneln")
    assert Draft.objects.get().fields["body"] == "<p>Ett i tunneln</p>"


def test_what_is_typed_while_another_kind_is_on_its_way_is_carried_over(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=article")
    begins(page, "Om ventiler", "Före")
    expect(page.locator(SAVED)).to_contain_text("Sparat")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/write/", hold)
    page.locator(".write-kinds button[value='kind:question']").evaluate("button => button.click()")
    types(page, " och under tiden")
    page.wait_for_timeout(1500)  # longer than the pause after which what was typed is kept
    held[0].continue_()
    expect(page.locator(".write-kinds [aria-pressed=true]")).to_have_text("Fråga")
    expect(page.locator(".write-text")).to_have_text("Före och under tiden")
    expect(page.locator("#id_title")).to_have_value("Om ventiler")
    expect(page.locator(SAVED)).to_contain_text("Sparat")
    draft = Draft.objects.of(astrid).get()
    assert (draft.kind, draft.fields["body"]) == ("question", "<p>Före och under tiden</p>")


def test_a_page_left_while_its_words_are_on_their_way_sends_them_once_more(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=question")
    page.locator("#id_body").focus()
    expect(page.locator(".write-text")).to_be_focused()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/drafts/**", hold, times=1)
    page.locator("#id_title").fill("Vilken packning?")
    page.wait_for_timeout(1500)  # longer than the pause after which what was typed is kept
    assert held and not Draft.objects.exists()
    page.goto("/")
    comes_to(astrid, ["question"])
    assert Draft.objects.get().fields["title"] == "Vilken packning?"


def comes_to(person: Person, kinds: list[str]) -> None:
    """What a page sends as it is left arrives when it arrives."""
    for _try in range(50):
        found = sorted(draft.kind for draft in Draft.objects.of(person))
        if found == kinds:
            return
        time.sleep(0.2)
    assert found == kinds


def test_an_earlier_draft_never_takes_the_place_of_the_form_one_writes_in(visit: Visit, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto("/write/?kind=update")
    page.locator(".write-text").first.wait_for()
    page.context.set_offline(True)
    page.locator(".write-text").first.click()
    page.keyboard.type("Något annat")
    expect(page.locator(SAVED)).to_contain_text("Inte sparat")
    page.close()
    page = visit.contexts[-1].new_page()
    page.context.set_offline(False)

    def late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page.route("**/drafts/**", late, times=1)  # what was kept on the device, on its way up
    page.goto("/write/?kind=question")
    page.locator("#id_title").fill("Vilken packning?")
    expect(page.locator(".notice a")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value("Vilken packning?")
    page.locator(".notice a").click()
    page.wait_for_url("**/write/?draft=*")
    expect(page.locator(".write-text")).to_have_text("Något annat")
    comes_to(astrid, ["question", "update"])


class Server:
    """Träff's web process on a port of its own, on the tests' database; it can be killed and started again."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        serve = f"import pytest, uvicorn; uvicorn.run('traff.config.asgi:application', port={self.port}, log_level='error')"
        environment = {**os.environ, "DATABASE_URL": database, "PYTHONPATH": "src"}
        self.process = subprocess.Popen([sys.executable, "-c", serve], env=environment)
        for _try in range(150):
            try:
                urllib.request.urlopen(f"{self.url}/accounts/login/", timeout=10)  # noqa: S310 (our own)
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        raise TimeoutError(self.url)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def server(live_server: LiveServer) -> Iterator[Server]:
    made = Server()
    try:
        made.start()
        yield made
    finally:
        made.kill()


@pytest.mark.slow
def test_a_killed_server_loses_nothing(visit: Visit, server: Server, astrid: Person) -> None:
    page = visit.page(astrid)
    page.goto(f"{server.url}/write/?kind=article")
    begins(page, "Om ventiler", "Före kraschen")
    server.kill()
    types(page, " under den")
    expect(page.locator(SAVED)).to_contain_text("Inte sparat", timeout=10_000)
    server.start()
    expect(page.locator(SAVED)).to_contain_text("Sparat", timeout=40_000)
    types(page, " och efter")
    page.locator("[data-send]").click()
    page.wait_for_url("**/posts/*/", timeout=40_000)
    assert Post.objects.visible_to(astrid).get().body == "<p>Före kraschen under den och efter</p>"
    page.goto("about:blank")

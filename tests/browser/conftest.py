"""A real Chromium against a live server. What the page complains of in its console fails the test."""

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from traff.config.chromium import find_chromium
from traff.ground.accounts.models import Person
from traff.ground.accounts.views import BACKEND
from traff.heart.matching import ties

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's own loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """One person's browser: signed in when asked to, listening to what the pages complain of."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def page(self, person: Person | None = None, *, language: str = "sv-SE", width: int = 1280, **more: Any) -> Page:
        size = {"width": width, "height": 850}
        context = self.browser.new_context(base_url=self.server.url, locale=language, viewport=size, **more)
        self.contexts.append(context)
        if person:
            self.sign_in(context, person)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def sign_in(self, context: BrowserContext, person: Person) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": self.server.url}
        context.add_cookies([cookie])  # type: ignore[list-item]

    def close(self) -> None:
        for context in self.contexts:
            for page in context.pages:
                page.goto("about:blank")  # what the page sends on leaving is sent now
            context.close()
        time.sleep(0.4)  # the server's threads finish before the database is emptied


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer) -> Iterator[Visit]:
    made = Visit(chromium, live_server)
    yield made
    made.close()


@pytest.fixture
def demo(visit: Visit) -> Visit:
    """The demo, as the launcher loads it and the worker finishes it; signed in to as anybody."""
    call_command("loaddemo", verbosity=0, stdout=sys.stderr)
    ties.rebuild()
    return visit

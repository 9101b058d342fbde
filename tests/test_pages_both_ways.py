"""Every page drawn by functions is the page that Django draws: letter for letter, over all addresses of the demonstration."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.template import engines
from django.template.backends.django import Template as ByDjango
from django.template.loader import get_template
from django.test import Client
from django.utils.safestring import SafeString

from tests.browser.every_page import BACKEND, BESIDE, furnish, pages
from traff.ground.accounts.models import Person
from traff.ground.core import drawing
from traff.ground.core.pages import Drawn, read

SECRETS = re.compile(
    r'(csrfmiddlewaretoken" value="|nonce="|X-CSRFToken": "|name="(?:key|writer|hand)" value="|data-(?:key|hand)=")[^"]*'
    r"|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|\d{4}-\d\d-\d\dT[^\"<]*|\b\d\d[.:]\d\d\b"
)


@contextmanager
def interpreted() -> Iterator[None]:
    """Pages and parts by Django's own interpreter."""
    with (
        patch.object(Drawn, "render", lambda self, context=None, request=None: ByDjango.render(self, context, request)),
        patch.object(drawing, "drawn_from", lambda name: lambda values: get_template(name).render(values)),
    ):
        yield


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_the_same_both_ways(language: str) -> None:
    furnish()
    sofia = Person.objects.get(handle="sofia")
    known = {person.handle: person for person in Person.objects.filter(handle__in={who for who, _ in BESIDE if who})}
    Person.objects.update(language=language)
    walked = list(dict.fromkeys([*pages(sofia), *BESIDE]))
    different = [f"{who} {path}" for who, path in walked if not _same(known.get(who or ""), path)]
    assert not different
    assert len(walked) > 120


def _same(person: Person | None, path: str) -> bool:
    client = Client()
    if person:
        client.force_login(person, backend=BACKEND)
    client.cookies["csrftoken"] = "t" * 32
    with patch("traff.ground.core.templatetags.parts._when", lambda at, *_: SafeString(at.isoformat())):
        seen(client, path)  # what looking changes is changed: the bell is read, cards are marked as shown
        drawn = seen(client, path)
        with interpreted():
            other = seen(client, path)
    return drawn == other


def seen(client: Client, path: str) -> list[str]:
    random.seed(1)
    return SECRETS.sub(r"\1", client.get(path).content.decode()).split("\n")


def test_pages_are_drawn_and_those_of_others_are_not() -> None:
    assert isinstance(get_template("stream/home.html"), Drawn)
    assert read(get_template("stream/home.html").template) is not None
    assert not isinstance(get_template("account/messages/logged_in.txt"), Drawn)


def test_a_block_within_a_tag_of_djangos_leaves_the_page_to_django() -> None:
    base = engines["pages"].from_string("{% autoescape off %}{% block words %}{% endblock %}{% endautoescape %}").template
    assert read(base) is None

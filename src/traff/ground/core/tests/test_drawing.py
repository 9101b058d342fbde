"""A part drawn by functions is the part that Django draws: letter for letter, over everything the design page shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from django.utils.safestring import SafeString

from traff.ground.core import drawing


def by_django(name: str) -> Any:
    from django.template.loader import get_template

    return lambda values: get_template(name).render(values)


@contextmanager
def interpreted() -> Iterator[None]:
    """Parts by Django's own interpreter, as they would be without `drawing`."""
    with patch.object(drawing, "drawn_from", by_django):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_part_of_the_design_page_is_the_same_both_ways(client: Client, language: str) -> None:
    client.cookies["csrftoken"] = "t" * 32
    address = f"/design/?lang={language}"
    with patch("traff.ground.core.templatetags.parts._when", lambda at, *_: SafeString(at.isoformat())):
        fast = without_secrets(client.get(address).content.decode())
        with interpreted():
            assert fast == without_secrets(client.get(address).content.decode())
    assert len(fast) > 500


def without_secrets(html: str) -> list[str]:
    """Tokens and nonces differ each time; so do the times of invented posts, which are counted from now."""
    import re

    return re.sub(r'(csrfmiddlewaretoken" value="|nonce="|X-CSRFToken": ")[^"]*|\d{4}-\d\d-\d\dT[^"<]*', r"\1", html).split("\n")


THING = SimpleNamespace(
    name='A "b" <i>', safe=SafeString("<b>bold</b>"), number=12345.5, none=None, call=lambda: "called", pair=("x", "y")
)
TRIED = [
    "{{ thing.name }}{{ thing.safe }}{{ thing.number }}{{ thing.none }}{{ thing.call }}{{ thing.missing }}{{ missing.further }}",
    "{{ thing.pair.1 }}{{ thing.pair.count }}{{ words.first }}{{ words.items }}{{ list.1 }}{{ list.9 }}",
    "{% if thing.missing %}yes{% elif list and not thing.none %}{{ list|length }}{% else %}no{% endif %}",
    "{% if list|length > 2 and 'a' in list or thing.number == 3 %}yes{% endif %}{% if missing > 3 %}yes{% endif %}",
    "{% for x in list %}{{ forloop.counter }}{{ x }}{% if not forloop.last %}, {% endif %}{% empty %}none{% endfor %}",
    "{% for x in missing %}{{ x }}{% empty %}none{% endfor %}",
    "{% for a, b in pairs %}{{ a }}{{ b }}{{ forloop.revcounter }}{% endfor %}",
    "{% for x in list %}{% for y in list %}{{ forloop.parentloop.counter }}{{ y }}{% endfor %}{% endfor %}",
    "{% with n=list|length %}{{ n|add:1 }}{{ n }}{% endwith %}{{ n }}",
    "{{ thing.name|default:'x' }}{{ missing|default:thing.name }}{{ thing.name|upper }}{{ True }}{{ 'a<b'|lower }}",
    "{% load i18n %}{% translate 'Home' %}{% translate '100%' %}{% translate 'Home' as word %}{{ word }}",
    "{% load i18n %}{% blocktranslate count n=list|length %}{{ n }} reply{% plural %}{{ n }} replies{% endblocktranslate %}",
    "{% csrf_token %}{% comment %}unseen{% endcomment %}{# unseen #}{% spaceless %}<p> <b>x</b> </p>{% endspaceless %}",
]


@pytest.mark.parametrize("source", TRIED)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_template_out_of_the_ordinary_is_the_same_both_ways(source: str, language: str) -> None:
    values = {"thing": THING, "words": {"first": "<1>"}, "list": ["a", "<", "c"], "pairs": [(1, 2), (3, 4)], "csrf_token": "t"}
    template = Template(source)
    with translation.override(language):
        assert drawing.inside(template.nodelist, template)(dict(values)) == template.render(Context(values))


def test_a_property_that_fails_is_told_not_hidden() -> None:
    class Broken:
        @property
        def words(self) -> str:
            raise AttributeError("the words are gone")

    template = Template("{{ thing.words }}")
    with pytest.raises(AttributeError, match="the words are gone"):
        drawing.inside(template.nodelist, template)({"thing": Broken()})

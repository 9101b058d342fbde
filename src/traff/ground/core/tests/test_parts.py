"""The parts: what they say, in both languages, and that they see only what they are given."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from traff.ground.core import navigation
from traff.ground.core.figures import share, sparkline
from traff.ground.core.relative import relative
from traff.ground.core.templatetags.parts import hue, initials

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CORE = Path(__file__).parents[1]
ERRORS = [400, 403, 404, 413, 429, 500]


def draw(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("ago", "english", "swedish"),
    [
        (timedelta(seconds=20), "just now", "nyss"),
        (timedelta(minutes=3), "3 min", "3 min"),
        (timedelta(hours=2), "2 h", "2 tim"),
        (timedelta(hours=20), "yesterday", "i går"),
        (timedelta(days=3), "3 days", "3 dagar"),
        (timedelta(days=11), "12 Nov", "12 nov"),
        (timedelta(days=376), "12 Nov 2025", "12 nov 2025"),
        (timedelta(hours=-3), "today 19:00", "i dag 19:00"),
        (timedelta(days=-1), "tomorrow 16:00", "i morgon 16:00"),
    ],
)
def test_time_is_said_as_people_say_it(ago: timedelta, english: str, swedish: str) -> None:
    with translation.override("en"):
        assert relative(NOW - ago, NOW) == english
    with translation.override("sv"):
        assert relative(NOW - ago, NOW) == swedish


def test_time_carries_its_exact_self() -> None:
    with translation.override("sv"):
        said = draw("{% when at %}", at=datetime(2025, 3, 2, 8, 5, tzinfo=UTC))
    assert said == '<time datetime="2025-03-02T08:05:00+00:00" title="2 mars 2025 kl. 09:05">2 mars 2025</time>'


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Anna-Karin Södergren-Wachtmeister", "AS"), ("Åsa", "Å"), ("Li Wei (konsult)", "LW"), ("", "?"), ("  ", "?")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_unit_keeps_its_colour() -> None:
    assert hue("Gruvsupport") == hue("Gruvsupport")
    assert {hue(f"unit {n}") for n in range(200)} == set(range(1, 13))


def test_a_part_sees_only_what_it_is_given() -> None:
    assert "stray" not in draw('{% part "person_line" person=person %}', person={"name": "Li"}, note="stray", at=NOW)


def test_what_people_call_themselves_is_escaped() -> None:
    person = {"name": "<script>alert(1)</script>", "unit": '"><img src=x>', "url": "/people/li/"}
    drawn = draw('{% part "person_line" person=person %}{% part "byline" people=people %}', person=person, people=[person])
    assert "<script>" not in drawn
    assert "<img" not in drawn


def test_wrap_puts_what_stands_between_into_the_part() -> None:
    drawn = draw('{% wrap "menu" word=word %}<li>{{ inside }}</li>{% endwrap %}', word="Mer", inside="a & b")
    assert "<li>a &amp; b</li>" in drawn
    assert "<details" in drawn


def test_a_likes_form_carries_its_token_into_the_part() -> None:
    drawn = draw('{% part "like" url=url count=2 %}', url="/posts/1/thanks/", csrf_token="a-token")
    assert 'name="csrfmiddlewaretoken" value="a-token"' in drawn


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", "Home"),
        ("/groups/rust/", "Groups"),
        ("/search/?q=a", "Search"),
        ("/cases/", "Cases"),
        ("/?page=2", "Home"),
        ("/me/", None),
        ("/peopleware/", None),
    ],
)
def test_one_way_at_most_is_here(path: str, word: str | None) -> None:
    with translation.override("en"):
        here = [str(way.word) for way in navigation.ways(RequestFactory().get(path)) if way.is_here]
    assert here == ([word] if word else [])


def test_figures_stay_in_their_box() -> None:
    assert sparkline([1, 1]) == "2.0,29.0 118.0,29.0"
    assert sparkline([]) == "0,16 120,16"
    assert (share(5, 10), share(0, 10), share(1, 1000), share(1, 0)) == ("50.0%", "0%", "1.0%", "0%")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("status", ERRORS)
def test_errors_speak_without_a_request(status: int, language: str) -> None:
    with translation.override(language):
        page = render_to_string(f"{status}.html")
    assert f'<html lang="{language}"' in page
    assert page.count("<h1>") == 1


def test_what_is_not_there_says_nothing_of_what_was_asked_for() -> None:
    asked = [
        render_to_string("404.html", {"request_path": path, "exception": path}) for path in ("/groups/secret/", "/groups/none/")
    ]
    assert asked[0] == asked[1]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_living_page_stands_in_both_languages(client: Client, language: str) -> None:
    page = client.get(f"/design/?lang={language}").content.decode()
    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_part_is_in_the_handbook() -> None:
    handbook = Path("docs/parts.md").read_text()
    frame = {"banner", "bar", "foot", "keys", "more_ways", "nav", "own_ways", "sign", "language_switch", "theme_switch"}
    parts = {path.stem for path in (CORE / "templates/core/parts").glob("*.html")} - frame
    assert {name for name in parts if f'"{name}"' not in handbook} == set()


def test_style_sheets_stay_short_and_name_their_colours() -> None:
    for sheet in (CORE / "static/core").glob("*.css"):
        assert len(sheet.read_text().splitlines()) <= 400, sheet.name
        if sheet.name != "tokens.css":
            assert set(re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text())) <= {"#1b1f33"}, sheet.name

"""The page of a search: what stands on it, for whom, in both languages, without JavaScript."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from traff.ground.accounts.models import Person
from traff.ground.search.facets import Filters
from traff.ground.search.spelling import corrected, search_spelled
from traff.ground.search.terms import fold
from traff.ground.search.tests.cast import Cast, entry_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast.gather()


def ask(person: Person | None, path: str = "/search/", language: str = "en", **query: str):
    client = Client(headers={"accept-language": language})
    if person:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(path, query)


def test_an_empty_query_says_what_can_be_asked_and_no_hits_what_to_do_next(cast):
    assert "Who has been here before?" in ask(cast.astrid).content.decode()
    assert "Vem har varit med om det förut?" in ask(cast.astrid, language="sv").content.decode()
    nothing = ask(cast.astrid, q="zeppelin & co").content.decode()
    assert "/write/?kind=question&amp;title=zeppelin+%26+co" in nothing


def test_the_query_is_shown_escaped_and_long_ones_are_cut(cast):
    page = ask(cast.astrid, q='"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page
    assert f'value="{"x" * 500}"' in ask(cast.astrid, q="x" * 2000).content.decode()


@pytest.mark.parametrize("path", ["/search/", "/search/complete/"])
def test_senseless_addresses_are_answered(cast, path):
    for query in ({"page": "-1"}, {"page": "99999999999"}, {"kind": "rubbish", "unit": "x"}, {"unit": "2147483648"}):
        assert ask(cast.astrid, path, **{"q": "pump", **query}).status_code == 200


@pytest.mark.parametrize("path", ["/search/", "/search/complete/"])
def test_nobody_finds_anything_without_signing_in_nor_after_leaving(cast, path):
    assert ask(None, path, q="pump").status_code == 302
    cast.bjorn.is_active = False
    cast.bjorn.save()
    assert ask(cast.bjorn, path, q="pump").status_code == 302
    assert Client().post(path).status_code in {302, 405}


def test_what_is_asked_is_logged_nowhere(cast, caplog):
    with caplog.at_level(logging.INFO):
        ask(cast.astrid, q="kvastskaft")
        ask(cast.astrid, "/search/complete/", q="kvastskaft")
    assert "kvastskaft" not in caplog.text


def test_a_page_costs_as_many_queries_with_few_hits_as_with_many(cast):
    def queries(path):
        client = Client()
        client.force_login(cast.astrid, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.get(path, {"q": "pump"})
        with CaptureQueriesContext(connection) as context:
            client.get(path, {"q": "pump"})
        return len(context)

    for _ in range(2):
        cast.write("Pump", "pump")
    few = [queries(path) for path in ("/search/", "/search/complete/")]
    for _ in range(18):
        cast.write("Pump", "pump")
    assert [queries(path) for path in ("/search/", "/search/complete/")] <= few


def test_a_misspelt_word_is_asked_for_as_it_is_spelled(cast):
    cast.write("Byte av värmeväxlare", "Packningen läckte.")
    cast.write("Impulsledningar frös", "Värmekabel hjälpte.")
    fold()
    page = ask(cast.astrid, q="värmevxlare").content.decode()
    assert "Showing hits for <strong>värmeväxlare</strong>" in page
    spelled = search_spelled(cast.astrid, "värmevxlare", filters=Filters())
    assert [hit.entry.title for hit in spelled.results.hits] == ["Byte av värmeväxlare"]
    assert "/search/?q=v%C3%A4rmevxlare&amp;exact=1" in page and "Search for “värmevxlare” instead" in page
    assert (
        "Visar resultat för <strong>impulsledningar</strong>"
        in ask(cast.astrid, q="impulsledingar", language="sv").content.decode()
    )
    assert "Nobody has written about it yet" in ask(cast.astrid, q="värmevxlare", exact="1").content.decode()
    assert "Showing hits" not in ask(cast.astrid, q="värmeväxlare").content.decode()


def test_a_word_of_closed_circles_is_proposed_to_nobody(cast):
    cast.write("Kristallvas", "Den gick sönder.", audience=cast.closed)
    gone = cast.write("Hammarskaft", "Av ask.")
    fold()
    for person in (cast.astrid, cast.bjorn, cast.cecilia, cast.gustav):
        assert "Kristallvas" not in ask(person, q="kristalvas").content.decode()
    assert corrected("kristalvas") == "kristalvas" and corrected("hamarskaft") == "hammarskaft"
    entry_of(gone).delete()
    assert corrected("hamarskaft") == "hamarskaft"

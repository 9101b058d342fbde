"""One switch takes openings away; and who is signed in for another never meets them."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.core import digest
from traff.ground.core.digest import Week
from traff.sharing.openings.models import Opening, Saved, Wish
from traff.sharing.openings.tests.conftest import browser, offered

PAGES = ("", "new/", "mine/", "asked/")


@pytest.fixture
def opening(cecilia: Person, astrid: Person, drills: Group) -> Opening:
    drills.join(astrid)
    made = offered(cecilia, "Torque curves", group=drills)
    Saved.keep(by=astrid, opening=made)
    Wish.state(by=astrid, words="torque")
    return made


def nowhere(client: Client, group: Group, opening: Opening) -> None:
    """No page, no slot, no way, no hit."""
    for page in (*PAGES, f"{opening.pk}/", f"{opening.pk}/question/"):
        assert client.get(f"/openings/{page}").status_code == 404, page
    for deed in ("saving", "saving/end", "putting-away", "question"):
        assert client.post(f"{opening.get_absolute_url()}{deed}/").status_code == 404, deed
    for address in ("/", group.get_absolute_url(), "/me/", "/search/?q=torque", "/search/complete/?q=torque"):
        page = client.get(address).content.decode()
        assert "/openings/" not in page, address
        assert "Torque curves" not in page, address


def test_off_there_is_nothing(settings: Any, astrid: Person, drills: Group, opening: Opening) -> None:
    settings.OPENINGS = False
    nowhere(browser(astrid), drills, opening)
    assert not [name for name, _ in digest.sections(Week(astrid, timezone.now() - timedelta(days=7))) if "openings" in name]


def test_on_there_is_all_of_it(astrid: Person, drills: Group, opening: Opening) -> None:
    """The walk above would notice."""
    for address in ("/", drills.get_absolute_url(), "/search/?q=torque"):
        assert opening.get_absolute_url() in browser(astrid).get(address).content.decode(), address
    assert "/openings/mine/" in browser(astrid).get("/me/").content.decode()


def test_signed_in_for_another_one_meets_no_opening(astrid: Person, drills: Group, opening: Opening) -> None:
    client = browser(astrid)
    session = client.session
    session["impersonated"] = "Astrid Nyman"
    session.save()
    nowhere(client, drills, opening)


def test_a_command_as_another_never_shows_one(astrid: Person, opening: Opening) -> None:
    for command, asked in (("search", ["torque curves"]), ("who", ["torque curves"]), ("similar", ["torque curves"])):
        out = StringIO()
        call_command(command, *asked, person="astrid", as_json=True, reason="test", stdout=out)
        assert "Torque" not in out.getvalue(), command
        assert not out.getvalue().startswith("[{") or all(one["kind"] != "opening" for one in json.loads(out.getvalue()))


def test_who_asks_as_another_reads_nothing_of_theirs(astrid: Person, opening: Opening) -> None:
    assert Saved.stands(by=astrid, opening=opening)
    astrid.is_impersonated = True
    assert not Saved.stands(by=astrid, opening=opening)
    assert not Wish.objects.visible_to(astrid).exists()

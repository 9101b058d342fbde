"""Vacancies out of another system become openings with a link back; read again nothing doubles, and what is gone closes."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.sharing.openings.models import Opening
from traff.sharing.openings.tasks import close_past

pytestmark = pytest.mark.django_db
LATER = (timezone.localdate() + timedelta(days=20)).isoformat()
HEAD = "AnnonsID;Rubrik;Beskrivning;Arbetsuppgifter;Omfattning;Ort;Distans;E-post;Sista ansökningsdag;Länk\n"
WELDER = (
    f"17;Svetsare till Sundsvall;Vi lagar valsar;Svetsa;Heltid;Göteborg;nej;bjorn@example.org;{LATER};https://jobb.example/17\n"
)
ANALYST = f"18;Analytiker;Vi mäter;Läsa spektrum;50 %;Kiruna;ja;;{LATER};https://jobb.example/18\n"


def offered() -> dict[str, Opening]:
    return {opening.title: opening for opening in Opening.objects.unrestricted("test").select_related("owner", "place")}


def test_a_swedish_table_comes_in_changes_and_closes(tmp_path: Path, bring_in, bjorn: Person, astrid: Person) -> None:
    file = tmp_path / "lediga-tjanster.csv"
    file.write_text(HEAD + WELDER + ANALYST, encoding="utf-8")
    assert bring_in(file).splitlines()[-1] == "2 new, 0 changed, 0 unchanged, 0 rejected"
    welder, analyst = offered()["Svetsare till Sundsvall"], offered()["Analytiker"]
    assert (welder.owner, welder.place.name, welder.extent, welder.link) == (bjorn, "Göteborg", "full", "https://jobb.example/17")
    assert (analyst.owner, analyst.extent, analyst.hours, analyst.is_remote) == (None, "half", 20, True)
    assert analyst.closes_on == date.fromisoformat(LATER)
    client = Client()
    client.force_login(astrid)
    page = client.get(analyst.get_absolute_url()).content.decode()
    assert "https://jobb.example/18" in page
    assert "/question/" not in page, "nobody here can answer"
    told = Event.objects.unrestricted("test").filter(subject_kind="opening")
    assert set(told.values_list("is_imported", flat=True)) == {True}

    assert bring_in(file).splitlines()[-1] == "0 new, 0 changed, 2 unchanged, 0 rejected"
    file.write_text(HEAD + WELDER.replace("Vi lagar valsar", "Vi lagar allt"), encoding="utf-8")
    said = bring_in(file)
    assert "1 no longer stand in the source (opening): closed" in said
    assert said.splitlines()[-1] == "0 new, 1 changed, 0 unchanged, 0 rejected"
    assert offered()["Svetsare till Sundsvall"].building == "Vi lagar allt"
    assert [offered()[title].is_standing for title in ("Svetsare till Sundsvall", "Analytiker")] == [True, False]


def test_where_a_row_cannot_be_read_nothing_closes(tmp_path: Path, bring_in, bjorn: Person) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text(HEAD + WELDER + ANALYST, encoding="utf-8")
    bring_in(file)
    file.write_text(HEAD + WELDER + ANALYST.replace("18;Analytiker", "19;").replace(LATER, "soon"), encoding="utf-8")
    said = bring_in(file)
    assert "rejected" in said
    assert "no opening is closed" in said
    assert offered()["Analytiker"].is_standing


def test_an_english_file_of_json_lines(tmp_path: Path, bring_in, house) -> None:
    file = tmp_path / "vacancies.jsonl"
    rows = [
        {"Job Title": "Pump whisperer", "URL": "https://jobs.example/1", "Workload": "4 hours", "Skills": ["pumps", "patience"]},
        {"Job Title": "Bad link", "URL": "javascript:alert(1)"},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    said = bring_in(file)
    assert "vacancies.jsonl:2: rejected: “URL” is no address of the web" in said
    opening = offered()["Pump whisperer"]
    assert (opening.extent, opening.hours, {topic.name for topic in opening.topics.all()}) == ("hours", 4, {"pumps", "patience"})


def test_columns_of_other_names_are_told(tmp_path: Path, bring_in, house) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text("Nr,Roll,Senast\n7,Smed,2099-01-01\n")
    with pytest.raises(CommandError, match=r"(?s)jobs.csv has the columns Nr, Roll, Senast.*--columns title="):
        bring_in(file)
    bring_in(file, columns="id=Nr,title=Roll,closes=Senast")
    assert offered()["Smed"].closes_on == date(2099, 1, 1)
    with pytest.raises(CommandError, match="title is needed, and id or link"):
        bring_in(file, columns="title=Roll,colour=Nr")


def test_a_later_last_day_opens_again_what_time_had_closed(tmp_path: Path, bring_in, bjorn: Person) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text(HEAD + WELDER.replace(LATER, "2020-01-01"), encoding="utf-8")
    bring_in(file)
    close_past(timestamp=0)
    assert offered()["Svetsare till Sundsvall"].closed_at
    file.write_text(HEAD + WELDER, encoding="utf-8")
    bring_in(file)
    assert offered()["Svetsare till Sundsvall"].is_standing


def test_any_number_comes_in_by_as_few_questions(tmp_path: Path, bring_in, bjorn: Person) -> None:
    file, asked = tmp_path / "jobs.csv", []
    for number in (5, 60):
        rows = "".join(f"{number}{n};Svetsare {n};bjorn@example.org;Kiruna;{LATER};ugnar, pumpar\n" for n in range(number))
        file.write_text("Annonsid;Rubrik;E-post;Ort;Sista dag;Kompetenser\n" + rows)
        with CaptureQueriesContext(connection) as caught:
            bring_in(file, source=str(number))
        asked.append(len(caught))
    assert asked[1] <= asked[0], asked
    assert {opening.owner for opening in offered().values()} == {bjorn}

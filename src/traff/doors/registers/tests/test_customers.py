"""A customer register read in: tables with a header that is recognised or told, JSON lines, Salesforce; again changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from traff.doors.registers.formats import recognise
from traff.doors.registers.formats.customers import Customers
from traff.doors.registers.loading import Loader
from traff.doors.registers.reading import Source
from traff.doors.registers.report import Report
from traff.ground.accounts.models import Person
from traff.ground.search.searching import search
from traff.sharing.content.models import Post
from traff.sharing.customers.linking import link_new
from traff.sharing.customers.mentions import posts_naming
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Project

pytestmark = pytest.mark.django_db
SWEDISH = """Kundnr;Kundnamn;Bransch;Ort;Moderbolag;Länk
K2;Lillåbruket;Skog;Sundsvall;K1;https://reg.example/2
K1;Storå Skog;Skog;Sundsvall;;
"""
ENGLISH = "Customer Number,Customer Name,Industry,City\nK1,Storå Skog,Forest,Sundsvall\n"
Read = Callable[..., Report]


def read(path: Path, *, columns: dict[str, str] | None = None, dry_run: bool = False) -> Report:
    form, report = recognise(path, columns), Report()
    assert isinstance(form, Customers)
    source = Source(path, report)
    Loader(source, form.source_name(path), dry_run=dry_run).load(form.rows(source))
    return report


def by_id(reader: Person) -> dict[str, Customer]:
    return {customer.external_id: customer for customer in Customer.objects.visible_to(reader).select_related("parent")}


def told(report: Report, kind: str = "customer") -> tuple[int, int, int, int]:
    counts = report.counts[kind]
    return counts["new"], counts["changed"], counts["unchanged"], counts["rejected"]


def test_a_swedish_table_and_again(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "kunder.csv"
    file.write_text(SWEDISH)
    assert told(read(file, dry_run=True)) == (2, 0, 0, 0) and not by_id(astrid)
    assert told(read(file)) == (2, 0, 0, 0)
    mill = by_id(astrid)["K2"]
    assert (mill.name, mill.sector, mill.place) == ("Lillåbruket", "Skog", "Sundsvall")
    assert mill.parent and mill.parent.name == "Storå Skog" and mill.register_url == "https://reg.example/2"
    before = list(Customer.objects.visible_to(astrid).order_by("pk").values())
    assert told(read(file)) == (0, 0, 2, 0)
    assert list(Customer.objects.visible_to(astrid).order_by("pk").values()) == before


def test_what_an_older_spreadsheet_writes(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "kunder.csv"
    file.write_bytes(SWEDISH.replace("\n", "\r\n").encode("cp1252"))
    assert told(read(file)) == (2, 0, 0, 0) and by_id(astrid)["K2"].name == "Lillåbruket"


def test_a_header_in_english_and_one_that_is_told(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(ENGLISH)
    assert told(read(file)) == (1, 0, 0, 0)
    other = tmp_path / "export.csv"
    other.write_text("Nyckel,Benämning,Segment\nX9,Havsbris,Rederi\n")
    with pytest.raises(CommandError, match="not known"):
        recognise(other)
    assert told(read(other, columns={"id": "Nyckel", "name": "Benämning", "sector": "Segment"})) == (1, 0, 0, 0)
    assert by_id(astrid)["X9"].sector == "Rederi"
    with pytest.raises(CommandError, match="no column Bransch"):
        read(other, columns={"id": "Nyckel", "name": "Benämning", "sector": "Bransch"})
    with pytest.raises(CommandError, match="--columns knows"):
        recognise(other, {"colour": "x"})


def test_a_table_of_people_is_no_table_of_customers(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("id,name,email,city\n1,Astrid,a@example.org,Kiruna\n")
    assert not Customers().recognises(file)


def test_the_command_takes_columns(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "export.csv"
    file.write_text("Nyckel;Namnet\nX9;Havsbris\n")
    call_command("import", str(file), columns="id=Nyckel, name=Namnet", verbosity=0)
    assert by_id(astrid)["X9"].name == "Havsbris"
    with pytest.raises(CommandError, match="is written like"):
        call_command("import", str(file), columns="Nyckel", verbosity=0)


def test_tomorrows_export_under_another_name_doubles_nobody(tmp_path: Path, astrid: Person) -> None:
    today, tomorrow = tmp_path / "kunder-1126.csv", tmp_path / "kunder-1127.csv"
    today.write_text(SWEDISH)
    tomorrow.write_text(f"{SWEDISH}K3;Nya bruket;Skog;;;\n")
    call_command("import", str(today), verbosity=0)
    for dry_run in (True, False):
        with pytest.raises(CommandError, match=r"2 of the 3 customers .*“kunder-1126”(?s:.*)--source kunder-1126"):
            call_command("import", str(tomorrow), dry_run=dry_run, verbosity=0)
    assert len(by_id(astrid)) == 2
    for _ in range(2):
        call_command("import", str(tomorrow), source="kunder-1126", verbosity=0)
    assert Customer.objects.visible_to(astrid).count() == 3
    call_command("import", str(tomorrow), source="kunder-1127", verbosity=0)
    assert Customer.objects.visible_to(astrid).count() == 6, "another register with the same ids, said so"
    call_command("import", str(tomorrow), verbosity=0)


def test_another_register_comes_in_beside_the_first(tmp_path: Path, astrid: Person) -> None:
    (tmp_path / "kunder.csv").write_text(SWEDISH)
    (tmp_path / "abroad.csv").write_text("Kundnr;Kundnamn;Bransch\nK1;Nordsee;Werft\nD2;Ostsee;Werft\nD3;Elbe;Werft\n")
    for name in ("kunder", "abroad"):
        call_command("import", str(tmp_path / f"{name}.csv"), verbosity=0)
    assert Customer.objects.visible_to(astrid).count() == 5


def test_json_lines_are_known_by_their_fields(tmp_path: Path, astrid: Person) -> None:
    file, told_ones, units = (tmp_path / f"{name}.jsonl" for name in ("kunder", "nycklar", "units"))
    file.write_text(
        '{"id": "J2", "name": "Storå"}\n'
        '{"id": "J1", "name": "Lillå", "sector": "Hamnar", "parent": "J2", "aliases": ["Lillåbruket"]}\nsönder\n'
    )
    report = read(file)
    assert told(report) == (2, 0, 0, 0) and report.counts["line"]["rejected"] == 1
    mill = by_id(astrid)["J1"]
    assert mill.parent == by_id(astrid)["J2"] and mill.aliases == ["Lillåbruket"]
    told_ones.write_text('{"nyckel": 7, "namn": "Havsbris"}\n')
    with pytest.raises(CommandError, match=r"nycklar.jsonl has the columns nyckel, namn(?s:.*)--columns id="):
        recognise(told_ones)
    assert (
        told(read(told_ones, columns={"id": "nyckel", "name": "namn"})) == (1, 0, 0, 0) and by_id(astrid)["7"].name == "Havsbris"
    )
    units.write_text('{"id": "north", "name": "North", "parent": "all"}\n')
    assert not Customers().recognises(units)
    noise = tmp_path / "noise.csv"
    noise.write_bytes(b"\x1b[31m\x07;x\n")
    with pytest.raises(CommandError) as refusal:
        recognise(noise)
    assert "\x1b" not in str(refusal.value) and "\x07" not in str(refusal.value)


def test_projects_in_json_lines_stand_beside_their_customers(tmp_path: Path, astrid: Person) -> None:
    (tmp_path / "kunder.jsonl").write_text('{"id": "K1", "name": "Storå", "sector": "Skog"}\n')
    (tmp_path / "projekt.jsonl").write_text('{"id": "P1", "name": "Pannan", "customer": "K1", "began": "2021-03-01"}\n')
    report = read(tmp_path)
    assert told(report) == (1, 0, 0, 0) and told(report, "project") == (1, 0, 0, 0)
    assert Project.objects.visible_to(astrid).select_related("customer").get().customer == by_id(astrid)["K1"]


def test_a_column_that_is_not_read_is_told(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "kunder.csv"
    file.write_text("Kundnr;Kundnamn;Bransch;Moderkund;Omsättning\nA1;Storå;Skog;A9;17\n")
    notes = [why for _where, why in read(file).remarks]
    assert "Omsättning" in notes[0] and "Moderkund" not in notes[0] and "--columns" in notes[0]
    assert "A9" in notes[1] and by_id(astrid)["A1"].parent is None


def test_projects_follow_their_customers(tmp_path: Path, astrid: Person) -> None:
    (tmp_path / "kunder.csv").write_text(SWEDISH)
    (tmp_path / "projekt.csv").write_text(
        "Projektnr;Projektnamn;Kundnr;Startdatum;Slutdatum\nP1;Nya pannan;K2;2021-03-01;2022-05-01\n"
    )
    report = read(tmp_path)
    assert told(report) == (2, 0, 0, 0) and told(report, "project") == (1, 0, 0, 0)
    project = Project.objects.visible_to(astrid).select_related("customer").get()
    assert project.customer and project.customer.external_id == "K2" and project.began_on and project.began_on.year == 2021


def test_a_projects_wrong_row_is_a_projects_and_its_end_may_lie_ahead(tmp_path: Path, astrid: Person) -> None:
    (tmp_path / "projekt.csv").write_text(
        "Projektnr;Projektnamn;Startdatum;Slutdatum\nP1;Pannan;2021-03-01;2099-05-01\nP2;;;\nP3;Linjen;i fjol;\n"
    )
    report = read(tmp_path)
    assert told(report, "project") == (1, 0, 0, 2) and "customer" not in report.counts
    assert [str(where) + ": " + why for where, why in report.rejections] == [
        "projekt.csv:3: “Projektnamn” is missing",
        "projekt.csv:4: “Startdatum” is no day; expected like 2026-11-23",
    ]
    assert Project.objects.visible_to(astrid).get().ended_on.year == 2099


def test_who_leads_a_customers_projects_makes_it_no_table_of_projects(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "kunder.csv"
    file.write_text("Kundnr;Kundnamn;Bransch;Projektledare;Projekt\nK1;Storå;Skog;Nils;3\n")
    assert told(read(file)) == (1, 0, 0, 0) and by_id(astrid)["K1"].name == "Storå"


def test_any_number_comes_in_by_as_few_questions(tmp_path: Path, astrid: Person) -> None:
    asked = []
    for number in (5, 60):
        for name, word in (("kunder", "Kund"), ("projekt", "Projekt")):
            rows = "".join(f"{number}-{n};{word} {number} {n};https://x.example\n" for n in range(number))
            (tmp_path / f"{name}.csv").write_text(f"{word}nr;{word}namn;Länk\n{rows}")
        with CaptureQueriesContext(connection) as caught:
            read(tmp_path)
        asked.append(len(caught))
    assert Project.objects.visible_to(astrid).count() == 65 and asked[1] <= asked[0] + 5, asked  # the first are marked as gone
    with CaptureQueriesContext(connection) as caught:
        report = read(tmp_path)
    assert told(report) == (0, 0, 60, 0) and len(caught) <= 15


def test_a_bad_row_is_told_and_the_others_go_in(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "kunder.csv"
    file.write_text(f"{SWEDISH}K3;;Skog;;;\nK4;Fula länken;;;;javascript:alert(1)\nK5;Ensam;;;K99;\n")
    report = read(file)
    assert told(report) == (3, 0, 0, 2)
    assert [where.line for where, _ in report.rejections] == [4, 5]
    assert "K99" in report.remarks[0][1] and by_id(astrid)["K5"].parent is None


def test_gone_from_the_register_is_marked_never_deleted(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "kunder.csv"
    file.write_text(SWEDISH)
    read(file)
    file.write_text("\n".join(line for line in SWEDISH.splitlines() if not line.startswith("K2")) + "\n")
    report = read(file)
    gone = by_id(astrid)
    assert gone["K2"].gone_at and not gone["K1"].gone_at and "no longer stand" in report.remarks[-1][1]
    file.write_text(SWEDISH)
    read(file)
    assert not by_id(astrid)["K2"].gone_at


def test_a_broken_reading_marks_nothing(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "kunder.csv"
    file.write_text(SWEDISH)
    read(file)
    file.write_text("Kundnr;Kundnamn;Bransch\nK1;Storå Skog;Skog\nK2;;Skog\n")
    read(file)
    assert not by_id(astrid)["K2"].gone_at


def test_the_salesforce_sample(astrid: Person, tmp_path: Path) -> None:
    accounts = [
        {"attributes": {"type": "Account", "referenceId": "AccountRef1"}, "Name": "Wheelworks", "BillingCity": "Belmont"},
        {"attributes": {"type": "Account", "referenceId": "AccountRef2"}, "Name": "Trailblazers", "ParentId": "@AccountRef1"},
    ]
    (tmp_path / "Accounts.json").write_text(json.dumps({"records": accounts}))
    (tmp_path / "sample-data-plan.json").write_text(json.dumps([{"sobject": "Account", "files": ["Accounts.json"]}]))
    assert told(read(tmp_path)) == (2, 0, 0, 0)
    found = by_id(astrid)
    assert found["AccountRef1"].place == "Belmont" and found["AccountRef2"].parent == found["AccountRef1"]
    assert told(read(tmp_path)) == (0, 0, 2, 0)


def test_salesforces_own_sample(astrid: Person, real_data: Path) -> None:
    assert told(read(real_data / "import_samples" / "salesforce")) == (3, 0, 0, 0)
    assert {customer.name for customer in by_id(astrid).values()} >= {"Wheelworks", "Trailblazers"}


def test_texts_from_before_are_linked_to_a_new_customer(tmp_path: Path, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=bjorn, kind="update", body="<p>Var på Lillåbrukets kontor i går.</p>")
    (tmp_path / "kunder.csv").write_text(SWEDISH)
    read(tmp_path / "kunder.csv")
    mill = by_id(astrid)["K2"]
    assert posts_naming(mill, astrid) == []
    assert link_new() == 1 and link_new() == 0
    assert [card.id for card in posts_naming(mill, astrid)] == [post.pk]


def test_texts_are_looked_through_again_only_for_another_name(tmp_path: Path, astrid: Person) -> None:
    file = tmp_path / "kunder.csv"
    file.write_text(SWEDISH)
    read(file)
    link_new()
    file.write_text(SWEDISH.replace("Skog;Sundsvall", "Energi;Sundsvall"))
    assert told(read(file)) == (0, 2, 0, 0)
    assert by_id(astrid)["K2"].sector == "Energi" and all(customer.is_linked for customer in by_id(astrid).values())
    file.write_text(SWEDISH.replace("Lillåbruket", "Stråbruket"))
    read(file)
    assert [number for number, customer in by_id(astrid).items() if not customer.is_linked] == ["K2"]


def test_the_open_format_brings_all_of_it(tmp_path: Path, astrid: Person) -> None:
    lines = {
        "people": [{"id": "siv", "name": "Siv Edlund"}, {"id": "nils", "name": "Nils Vasara"}],
        "customers": [
            {"id": "mill", "name": "Lillåbruket", "aliases": ["Lillå"]},
            {"id": "hydro", "name": "Skarvsjö", "is_walled": True, "inside": ["nils"]},
        ],
        "projects": [{"id": "p1", "name": "Hemliga pannan", "customer": "hydro"}],
        "acquaintances": [
            {"person": "siv", "customer": "mill", "kind": "serviced", "since": 2020, "reach": "unnamed"},
            {"person": "siv", "customer": "mill", "since": 2020, "until": 2019},
            {"person": "siv", "since": 2020},
        ],
        "approaches": [{"id": "a1", "person": "nils", "customer": "mill", "text": "Dit igen."}],
    }
    (tmp_path / "traff.json").write_text('{"format": "traff", "version": 1, "organisation": "prov"}')
    for name, rows in lines.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    for _ in range(2):
        call_command("import", str(tmp_path), verbosity=0)
    nils = Person.objects.get(handle="nils")
    assert {customer.name for customer in Customer.objects.visible_to(astrid)} == {"Lillåbruket"}
    assert {customer.name for customer in Customer.objects.visible_to(nils)} == {"Lillåbruket", "Skarvsjö"}
    assert not Project.objects.visible_to(astrid).exists() and Project.objects.visible_to(nils).count() == 1
    assert Acquaintance.objects.unrestricted("how many").count() == 1
    assert Approach.objects.visible_to(astrid).count() == 1
    assert not any(hit.entry.kind == "project" for hit in search(astrid, "Hemliga pannan").hits)

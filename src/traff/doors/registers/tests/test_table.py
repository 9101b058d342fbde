"""A table as it comes out of a spreadsheet: read whatever wrote it, and told by line and column where it cannot be."""

import gzip
from pathlib import Path

import pytest

from traff.doors.registers.report import Report
from traff.doors.registers.table import Table

HEAD, ROW = "Nr;Namn;Ort\n", "1;Åkerö bruk;Öregrund\n"
COLUMNS = {"id": "Nr", "name": "Namn", "place": "Ort"}
WRITTEN = {
    "UTF-8": (HEAD + ROW).encode(),
    "with a mark before it": (HEAD + ROW).encode("utf-8-sig"),
    "by an older spreadsheet": (HEAD + ROW).replace("\n", "\r\n").encode("cp1252"),
    "as Unicode text": (HEAD + ROW).replace(";", "\t").encode("utf-16"),
    "between commas": (HEAD + ROW).replace(";", ",").encode(),
    "with a hint to the spreadsheet": b"sep=;\r\n" + (HEAD + ROW).encode(),
    "with empty lines and cells": ("\n" + HEAD.strip() + ";;\n\n" + ROW.strip() + ";;\n;;\n").encode(),
}


def read(path: Path, raw: bytes | str) -> tuple[list[dict[str, str]], list[str]]:
    """What the rows say, and what was told of those that could not be read."""
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    report = Report()
    rows = [record.values for record in Table(path).records(COLUMNS, report, "customer")]
    return rows, [f"{where}: {reason}" for where, reason in [*report.rejections, *report.remarks]]


@pytest.mark.parametrize("raw", WRITTEN.values(), ids=WRITTEN)
def test_whatever_wrote_it(tmp_path: Path, raw: bytes) -> None:
    said = [{"id": "1", "name": "Åkerö bruk", "place": "Öregrund"}], []
    assert read(tmp_path / "t.csv", raw) == said
    assert read(tmp_path / "t.csv.gz", gzip.compress(raw)) == said


def test_two_files_put_together_are_both_read(tmp_path: Path) -> None:
    rows, told = read(tmp_path / "t.csv", (HEAD + ROW).encode() + "2;Älvö;Åmål\n".encode("cp1252") + b"3;B\x81d;\n")
    assert [row["name"] for row in rows] == ["Åkerö bruk", "Älvö", "B\ufffdd"]
    assert told == ["t.csv:4: “Namn” holds a letter that could not be read; save the table as UTF-8"]


def test_a_break_within_quotes_is_text_and_rows_keep_their_lines(tmp_path: Path) -> None:
    rows, told = read(tmp_path / "t.csv", HEAD + '1;"Två\nrader";X\n2;Kv "Hagen" AB;Y\n3;för;många;celler\n')
    assert [row["name"] for row in rows] == ["Två\nrader", 'Kv "Hagen" AB']
    assert told == ["t.csv:5: has 4 cells where the header has 3: put a text that holds “;” in quotes"]


@pytest.mark.parametrize("last", ["3;Sist;Z\n", '3;"Sist";Z\n', "3;Sist;Z"])
def test_a_quote_that_nobody_closed_costs_one_row(tmp_path: Path, last: str) -> None:
    rows, told = read(tmp_path / "t.csv", HEAD + '1;"Öppen;X\n' + "2;Mitt;Y\n" * 1_500 + last)
    assert len(rows) == 1_501 and rows[-1] == {"id": "3", "name": "Sist", "place": "Z"}
    assert len(told) == 1 and told[0].startswith("t.csv:2: cannot be read as a row")


def test_a_torn_file_gives_what_came_before_the_tear(tmp_path: Path) -> None:
    lines = "".join(f"{n};Bolag {n * 7919 % 100_003};\n" for n in range(20_000))
    rows, told = read(tmp_path / "t.csv.gz", gzip.compress((HEAD + lines).encode())[:-20_000])
    assert len(rows) > 1_000 and len(told) == 1 and "cannot be read from here on" in told[0]

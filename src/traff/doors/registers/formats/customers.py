"""A customer register: CSV with a header that is recognised or told, JSON lines, or the records of a Salesforce export.

./traff import kunder.csv
./traff import kunder.csv --columns id=Kundnr,name=Kundnamn,sector=Bransch
./traff import salesforce/            # Accounts.json, as `sf data export tree` writes it
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from traff.doors.registers.formats import customers_in_lines as lines
from traff.doors.registers.reading import UNSTORABLE, Record, Source, find, open_bytes
from traff.doors.registers.report import Rejected
from traff.doors.registers.rows import CustomerRow, ProjectRow, Row, Where

FIELDS = ("id", "name", "aliases", "sector", "place", "parent", "url", "customer", "began", "ended")
HEADERS: dict[str, tuple[str, ...]] = {  # in lower case, without blanks, hyphens and underscores
    "id": ("id", "kundid", "kundnr", "kundnummer", "customerid", "customernumber", "customerno", "accountid", "externalid",
           "projektid", "projektnr", "projektnummer", "projectid", "projectnumber", "projectno"),
    "name": ("name", "namn", "kund", "kundnamn", "företag", "företagsnamn", "customer", "customername", "company", "companyname",
             "account", "accountname", "projekt", "projektnamn", "project", "projectname"),
    "aliases": ("aliases", "alias", "andranamn", "kallas", "shortname", "kortnamn"),
    "sector": ("sector", "bransch", "sektor", "industry"),
    "place": ("place", "ort", "stad", "plats", "city", "location", "billingcity", "postort"),
    "parent": ("parent", "moderbolag", "koncern", "parentid", "parentaccount", "parentaccountid", "överordnad"),
    "url": ("url", "länk", "link", "adressiregistret"),
    "customer": ("kundid", "kundnr", "kundnummer", "customerid", "customernumber", "customerno", "kund", "customer"),
    "began": ("began", "start", "startdatum", "startdate", "börjar"),
    "ended": ("ended", "slut", "slutdatum", "enddate", "slutar"),
}  # fmt: skip
PROJECT = ("projekt", "project")
TELLING = {"sector", "parent", "url", "aliases", "place"}  # a table of customers has one of these; a table of people has e-mail
OF_PEOPLE = ("mail", "epost", "förnamn", "firstname", "personnummer")
HEAD = 64 * 2**10


class Customers:
    name = "customers"
    looks_like = (
        "a register of customers or projects: CSV with a header (or --columns), customers.jsonl, Salesforce's Accounts.json"
    )

    def __init__(self, columns: Mapping[str, str] | None = None) -> None:
        self.columns = dict(columns or {})
        if unknown := sorted(set(self.columns) - set(FIELDS)):
            raise CommandError(f"--columns knows {', '.join(FIELDS)}; not {', '.join(unknown)}.")

    def recognises(self, path: Path) -> bool:
        if find(path, "customers") or find(path, "projects"):
            return True
        if any(_accounts(file) for file in _files(path, ".json")):
            return True
        tables = _files(path, ".csv")
        return bool(tables) and all(self.columns or self._columns(header_of(file)) for file in tables)

    def source_name(self, path: Path) -> str:
        return path.resolve().name.split(".")[0][:80]

    def rows(self, source: Source) -> Iterator[Row]:
        """Parents before children, customers before projects."""
        found: list[Row] = []
        for name, read in (("customers", lines.customer), ("projects", lines.project)):
            found += _kept(source, name.removesuffix("s"), source.records(name), read)
        for file in _files(source.path, ".json"):
            found += _kept(source, "customer", _accounts(file), _account)
        for file in _files(source.path, ".csv"):
            found += self._table(file, source)
        yield from parents_first([row for row in found if isinstance(row, CustomerRow)])
        yield from (row for row in found if isinstance(row, ProjectRow))

    def _table(self, file: Path, source: Source) -> list[Row]:
        header = header_of(file)
        columns = self.columns or self._columns(header)
        if missing := sorted(set(columns.values()) - set(header)):
            raise CommandError(f"{file.name} has no column {', '.join(missing)}; it has {', '.join(header)}.")
        is_project = _is_of_projects(header) and "name" in columns
        read = lines.project if is_project else lines.customer
        records = (Record(where, _values(row, columns)) for where, row in _rows(file, source))
        return _kept(source, "project" if is_project else "customer", records, read)

    def _columns(self, header: list[str]) -> dict[str, str]:
        """Field → column, when this is a table of customers or projects; empty when it is not."""
        plain = {_plain(name): name for name in header}
        if any(word in name for name in plain for word in OF_PEOPLE):
            return {}
        columns: dict[str, str] = {}
        of_projects = _is_of_projects(header)
        for field, names in HEADERS.items():
            wanted = (
                [name for name in names if of_projects == any(word in name for word in PROJECT)]
                if field in {"id", "name"}
                else names
            )
            wanted = [*wanted, *(name for name in ("id", "name", "namn") if name in names)]
            if (found := next((plain[name] for name in wanted if name in plain), None)) and found not in columns.values():
                columns[field] = found
        if not of_projects:
            columns.pop("customer", None)
        is_told = {"id", "name"} <= columns.keys() and (of_projects or bool(TELLING & columns.keys()))
        return columns if is_told else {}


def parents_first(rows: list[CustomerRow]) -> list[CustomerRow]:
    """A parent in a later batch would not be known yet. Rows of a circle follow as they stand."""
    by_id = {row.id: row for row in rows}
    placed: dict[str, CustomerRow] = {}
    for row in rows:
        chain = [row]
        while (above := by_id.get(chain[-1].parent)) and above not in chain:
            chain.append(above)
        placed.update({one.id: one for one in reversed(chain) if one.id not in placed})
    others = [row for row in rows if placed.get(row.id) is not row]  # an id that stands twice is told by the loader
    return [*placed.values(), *others]


def _kept(source: Source, kind: str, records: Iterable[Record], read: Callable[[Record], Row]) -> list[Row]:
    rows = []
    for record in records:
        try:
            rows.append(read(record))
        except Rejected as rejected:
            source.report.reject(rejected.where, rejected.reason, kind)
    return rows


def _files(path: Path, ending: str) -> list[Path]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file for file in files if file.is_file() and file.suffix.lower() == ending]


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter not in " _-.:\t\"'")


def _is_of_projects(header: list[str]) -> bool:
    return any(_plain(name).startswith(PROJECT) for name in header)


# CSV -----------------------------------------------------------------------------------------------------------------


def text_of(file: Path) -> str:
    """UTF-8, or what an older spreadsheet in Sweden writes."""
    with open_bytes(file) as opened:
        raw = opened.read()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def header_of(file: Path) -> list[str]:
    with file.open("rb") as opened:
        head = opened.read(HEAD)
    first = head.splitlines()[0] if head.strip() else b""
    try:
        line = first.decode("utf-8-sig")
    except UnicodeDecodeError:
        line = first.decode("cp1252", "replace")
    return [name.strip() for name in next(csv.reader([line], delimiter=_delimiter(line)), [])]


def _delimiter(line: str) -> str:
    return max(";\t,", key=line.count)


def _rows(file: Path, source: Source) -> Iterator[tuple[Where, dict[str, str]]]:
    text = text_of(file)
    header = header_of(file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.split("\n", 1)[0]))
    next(reader, None)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            where = Where(file.name, reader.line_num)
            if len(cells) > len(header):
                source.report.reject(where, f"has {len(cells)} cells where the header has {len(header)}", "customer")
                continue
            yield where, dict(zip(header, cells, strict=False))
    except csv.Error as trouble:
        source.report.reject(Where(file.name, reader.line_num), f"cannot be read from here on ({trouble})", "customer")


def _values(row: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {field: UNSTORABLE.sub("", row.get(column, "")).strip() for field, column in columns.items()}
    if "aliases" in said:
        said["aliases"] = [part.strip() for part in said["aliases"].replace("|", ";").split(";") if part.strip()]
    return said


# Salesforce ----------------------------------------------------------------------------------------------------------


def _accounts(file: Path) -> list[Record]:
    """The accounts of an export as `sf data export tree` writes it; none when it is something else."""
    try:
        said = json.loads(file.read_bytes()) if file.stat().st_size < 256 * 2**20 else None
    except (OSError, ValueError, RecursionError):
        return []
    records = said.get("records") if isinstance(said, dict) else None
    accounts = [one for one in records if isinstance(one, dict)] if isinstance(records, list) else []
    of_accounts = [(n, one) for n, one in enumerate(accounts, 1) if _attributes(one).get("type") == "Account"]
    return [Record(Where(file.name, n), one) for n, one in of_accounts]


def _attributes(account: Mapping[str, Any]) -> Mapping[str, Any]:
    said = account.get("attributes")
    return said if isinstance(said, dict) else {}


def _account(record: Record) -> Row:
    """`Id` when it was exported with it, else its reference; a parent is named by "@" and its reference."""
    own = record.text("Id") or str(_attributes(record.values).get("referenceId") or "")
    said = Record(
        record.where,
        {
            "id": own,
            "name": record.text("Name"),
            "sector": record.text("Industry"),
            "place": record.text("BillingCity"),
            "parent": record.text("ParentId").removeprefix("@"),
            "url": record.text("Url__c", limit=500),
        },
    )
    return lines.customer(said)

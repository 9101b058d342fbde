"""A customer register: tables with a header that is recognised or told, JSON lines, or the records of a Salesforce export.

./traff import kunder.csv
./traff import kunder.csv --columns id=Kundnr,name=Kundnamn,sector=Bransch
./traff import kunder.jsonl
./traff import salesforce/            # Accounts.json, as `sf data export tree` writes it
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from traff.doors.registers.formats import customers_in_lines as lines
from traff.doors.registers.formats.open_format import READERS
from traff.doors.registers.reading import Record, Source, fields_in, find, lines_in
from traff.doors.registers.report import Rejected
from traff.doors.registers.rows import CustomerRow, ProjectRow, Row, Where
from traff.doors.registers.table import Table, plain, recognised, tables_in

NUMBER = ("kundid", "kundnr", "kundnummer", "customerid", "customernumber", "customerno", "accountid")
OF_PROJECT = ("projektid", "projektnr", "projektnummer", "projectid", "projectnumber", "projectno")
SHARED: dict[str, tuple[str, ...]] = {
    "aliases": ("aliases", "alias", "andranamn", "kallas", "shortname", "kortnamn"),
    "url": ("url", "länk", "link", "adressiregistret"),
}
CUSTOMER: dict[str, tuple[str, ...]] = {
    "id": (*NUMBER, "externalid", "id"),
    "name": ("kund", "kundnamn", "företag", "företagsnamn", "customer", "customername", "company", "companyname",
             "account", "accountname", "name", "namn"),
    "sector": ("sector", "bransch", "sektor", "industry"),
    "place": ("place", "ort", "stad", "plats", "city", "location", "billingcity", "postort"),
    "parent": ("parent", "moderbolag", "moderkund", "moderföretag", "koncern", "parentid", "parentcustomer", "parentcompany",
               "parentaccount", "parentaccountid", "överordnad"),
    **SHARED,
}  # fmt: skip
PROJECT: dict[str, tuple[str, ...]] = {
    "id": (*OF_PROJECT, "id"),
    "name": ("projekt", "projektnamn", "project", "projectname", "name", "namn"),
    "customer": (*NUMBER, "kund", "customer"),
    "began": ("began", "start", "startdatum", "startdate", "börjar"),
    "ended": ("ended", "slut", "slutdatum", "enddate", "slutar"),
    **SHARED,
}
FIELDS = tuple(dict.fromkeys([*CUSTOMER, *PROJECT]))
TELLING = {"sector", "parent", "url", "aliases", "place"}  # a table of customers has one of these; a table of people has e-mail
OF_PEOPLE = ("mail", "epost", "förnamn", "firstname", "personnummer")
OURS = {name for name, _read in READERS}  # files of the open format: units have a name and a parent too
HEAD = 64 * 2**10
ACCOUNT = re.compile(rb'"type"\s*:\s*"Account"')


class Customers:
    name = "customers"
    looks_like = "customers or projects: CSV or JSON lines with a number, a name and what is known of them, Salesforce's accounts"

    def __init__(self, columns: Mapping[str, str] | None = None) -> None:
        self.columns = dict(columns or {})
        if self.columns and not {"id", "name"} <= self.columns.keys() <= set(FIELDS):
            raise CommandError(f"--columns knows, of customers and projects, {', '.join(FIELDS)}; id and name are needed.")

    def recognises(self, path: Path) -> bool:
        if find(path, "customers") or find(path, "projects") or _exports(path):
            return True
        headers = [table.header for table in tables_in(path)]
        known = [*map(columns_of, headers), *map(columns_of_lines, lines_in(path))]
        return bool(known) and (bool(self.columns) or all(known))

    def source_name(self, path: Path) -> str:
        return path.resolve().name.split(".")[0][:80]

    def rows(self, source: Source) -> Iterator[Row]:
        """Parents before children, customers before projects."""
        found = [row for name, kind in (("customers", "customer"), ("projects", "project"))
                 for row in _kept(source, kind, source.records(name), READ[kind])]  # fmt: skip
        for file in _exports(source.path):
            found += _kept(source, "customer", _accounts(file), lines.customer)
        for table in tables_in(source.path):
            found += self._table(table, source)
        for file in lines_in(source.path):
            if _stem(file) not in OURS:
                found += self._lines(file, source)
        yield from parents_first([row for row in found if isinstance(row, CustomerRow)])
        yield from (row for row in found if isinstance(row, ProjectRow))

    def _table(self, table: Table, source: Source) -> list[Row]:
        columns = self.columns or columns_of(table.header)
        kind = "project" if _is_of_projects(table.header) or not columns.keys() <= CUSTOMER.keys() else "customer"
        if unread := [name for name in table.header if name and name not in columns.values()]:
            passed_over = f"the columns {', '.join(unread)} are not read; --columns says what a column is"
            source.report.remark(Where(table.path.name, 1), passed_over)
        records = table.records(columns, source.report, kind)
        return _kept(source, kind, map(_with_aliases, records), READ[kind])

    def _lines(self, file: Path, source: Source) -> list[Row]:
        columns = self.columns or columns_of_lines(file)
        kind = "project" if not columns.keys() <= CUSTOMER.keys() else "customer"
        records = (_by_fields(record, columns) for record in source.records_of(file))
        return _kept(source, kind, map(_with_aliases, records), READ[kind])


OF_WALLS = {"iswalled": "is_walled", "walled": "is_walled", "inside": "inside"}  # as `plain` levels a field's name
READ: dict[str, Callable[[Record], Row]] = {"customer": lines.customer, "project": lines.project}


def columns_of(header: list[str]) -> dict[str, str]:
    """Field → column, when this is a table of customers or projects; empty when it is not."""
    if any(word in plain(name) for name in header for word in OF_PEOPLE):
        return {}
    of_projects = _is_of_projects(header)
    columns = recognised(header, PROJECT if of_projects else CUSTOMER)
    return columns if {"id", "name"} <= columns.keys() and (of_projects or TELLING & columns.keys()) else {}


def columns_of_lines(file: Path) -> dict[str, str]:
    """The same of JSON lines, by the names of their fields; a project's line names its customer beside its own name."""
    fields = fields_in(file)
    if _stem(file) in OURS or any(word in plain(name) for name in fields for word in OF_PEOPLE):
        return {}
    if {"id", "name", "customer"} <= {plain(name) for name in fields}:
        return recognised(fields, PROJECT)
    found = columns_of(fields)
    return found if {"sector", "url", "customer"} & found.keys() or set(map(plain, fields)) & {*NUMBER, *OF_PROJECT} else {}


def _stem(file: Path) -> str:
    return file.name.split(".")[0]


def _by_fields(record: Record, columns: Mapping[str, str]) -> Record:
    said: dict[str, Any] = {field: record.values.get(name) for field, name in columns.items()}
    said |= {OF_WALLS[plain(name)]: value for name, value in record.values.items() if plain(name) in OF_WALLS}
    return Record(record.where, said, names=columns)


def _is_of_projects(header: list[str]) -> bool:
    """By a project's number, or by its name where no customer's number stands: "Projektledare" is told of a customer too."""
    names = {plain(name) for name in header}
    return bool(names & {*OF_PROJECT}) or bool(names & {*PROJECT["name"][:-2]} and not names & {*NUMBER})


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


def _with_aliases(record: Record) -> Record:
    """In a table several stand in one cell."""
    if isinstance(said := record.values.get("aliases"), str):
        record.values["aliases"] = [part.strip() for part in said.replace("|", ";").split(";") if part.strip()]
    return record


# Salesforce ----------------------------------------------------------------------------------------------------------


def _exports(path: Path) -> list[Path]:
    """Files of accounts as `sf data export tree` writes them."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file for file in files if file.suffix.lower() == ".json" and file.is_file() and ACCOUNT.search(_head(file))]


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(HEAD)


def _accounts(file: Path) -> Iterator[Record]:
    """`Id` when it was exported with it, else its reference; a parent is named by "@" and its reference."""
    try:
        said = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as trouble:
        raise CommandError(f"{file.name} is not JSON ({trouble}); export it anew. Nothing was written.") from trouble
    records = said.get("records") if isinstance(said, dict) else None
    for number, account in enumerate(records if isinstance(records, list) else [], 1):
        attributes: Any = account.get("attributes") if isinstance(account, dict) else None
        if isinstance(attributes, dict) and attributes.get("type") == "Account":
            values = {field: account.get(name) for field, name in FROM_ACCOUNT.items()}
            values["id"] = values["id"] or attributes.get("referenceId")
            values["parent"] = str(values["parent"] or "").removeprefix("@")
            yield Record(Where(file.name, number), values, names=FROM_ACCOUNT)


FROM_ACCOUNT = {
    "id": "Id", "name": "Name", "sector": "Industry", "place": "BillingCity", "parent": "ParentId", "url": "Url__c",
}  # fmt: skip

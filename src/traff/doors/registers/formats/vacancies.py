"""Vacancies out of another system, as CSV with a header or as JSON lines: openings to everyone, each with a link back.

    ./traff import lediga-tjanster.csv

Read again, changed rows are taken over, and what stands no longer in the file closes.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from traff.doors.registers.formats.openings_in_lines import link
from traff.doors.registers.reading import UNSTORABLE, Record, Source, open_bytes
from traff.doors.registers.report import Rejected
from traff.doors.registers.rows import OpeningRow, Row, Where
from traff.sharing.openings.models import Extent

HEADERS: dict[str, tuple[str, ...]] = {  # in lower case, letters and digits alone
    "id": ("id", "annonsid", "annonsnummer", "referens", "referensnummer", "ref", "jobid", "requisitionid",
           "vacancyid", "reference"),
    "title": ("title", "titel", "rubrik", "tjänst", "befattning", "jobtitle", "position", "vacancy", "annonsrubrik"),
    "building": ("building", "description", "beskrivning", "omoss", "about", "annonstext", "text", "verksamhet"),
    "help_needed": ("helpneeded", "tasks", "duties", "responsibilities", "arbetsuppgifter", "uppgifter", "duskagöra"),
    "learns": ("learns", "youlearn", "dulärdig"),
    "extent": ("extent", "omfattning", "sysselsättningsgrad", "tjänstgöringsgrad", "employment", "employmenttype", "workload"),
    "place": ("place", "ort", "placeringsort", "plats", "stad", "location", "city"),
    "remote": ("remote", "isremote", "distans", "distansarbete"),
    "languages": ("languages", "språk"),
    "topics": ("topics", "ämnen", "taggar", "tags", "kompetenser", "skills"),
    "contact": ("contact", "kontakt", "kontaktperson", "contactperson", "recruiter", "rekryterare"),
    "email": ("email", "epost", "kontaktepost", "contactemail"),
    "starts": ("starts", "startdate", "start", "tillträde", "tillträdesdag", "startdatum"),
    "ends": ("ends", "enddate", "slutdatum", "tom"),
    "closes": ("closes", "sistaansökningsdag", "sistaansökningsdatum", "sistadag", "ansöksenast", "söksenast", "deadline",
               "closingdate", "applyby", "applicationdeadline"),
    "published": ("published", "publicerad", "publiceringsdatum", "publishdate", "posted"),
    "link": ("link", "länk", "url", "webbadress", "annonslänk", "applyurl", "joburl"),
}  # fmt: skip
YES = {"ja", "yes", "true", "1", "x", "on", "remote", "distans"}
WORDS: tuple[tuple[str, str], ...] = (
    (r"mentor", Extent.MENTOR),
    (r"byte|swap|rotation", Extent.SWAP),
    (r"deltid|part|halv|half", Extent.HALF),
    (r"dag|day", Extent.DAYS),
    (r"tim|hour", Extent.HOURS),
)
HEAD, LARGEST = 64 * 2**10, 64 * 2**20


class Vacancies:
    name = "vacancies"
    looks_like = "a file of vacancies: CSV with a header, or JSON lines, with a title and a link or a closing date (sv/en names)"

    def recognises(self, path: Path) -> bool:
        return path.is_file() and _ending(path) in {".csv", ".jsonl"} and bool(columns_of(_header(path)))

    def source_name(self, path: Path) -> str:
        return path.resolve().name.split(".")[0][:80]

    def rows(self, source: Source) -> Iterator[Row]:
        records = source.records_of(source.path) if _ending(source.path) == ".jsonl" else _table(source)
        for record in records:
            try:
                yield _row(Record(record.where, _said(record.values)))
            except Rejected as rejected:
                source.report.reject(rejected.where, rejected.reason, "opening")


def columns_of(header: list[str]) -> dict[str, str]:
    """Field → column, when this is a table of vacancies; empty when it is not."""
    plain = {_plain(name): name for name in header}
    found = {field: plain[name] for field, names in HEADERS.items() for name in names[::-1] if name in plain}
    return found if "title" in found and {"link", "closes"} & found.keys() else {}


def _row(record: Record) -> OpeningRow:
    address, extent, share = link(record), *_extent(record.text("extent"))
    return OpeningRow(
        where=record.where,
        id=record.text("id") or address[:200] or record.id(),
        title=record.text("title", is_needed=True, limit=140),
        building=record.text("building", limit=4000),
        help_needed=record.text("help_needed", limit=4000),
        learns=record.text("learns", limit=2000),
        extent=extent,
        hours=share,
        starts=record.day("starts"),
        ends=record.day("ends"),
        place=record.text("place", limit=120),
        is_remote=record.text("remote").lower() in YES,
        languages=tuple(language.lower() for language in _parts(record.text("languages")) if len(language) == 2),
        topics=tuple(name[:80] for name in _parts(record.text("topics", limit=1000))[:10]),
        owner_email=record.text("email", limit=254).lower(),
        contact=record.text("contact") or record.text("email"),
        closes=record.day("closes"),
        published=record.time("published"),
        link=address,
    )


def _extent(said: str) -> tuple[str, int | None]:
    """ "50 %" → half time, 20 hours; "heltid" and nothing → a full role."""
    words = said.lower()
    if number := re.search(r"(\d{1,3})\s*(%|procent|percent)", words):
        share = int(number[1])
        return (Extent.FULL, None) if share > 90 else (Extent.HALF if share >= 40 else Extent.DAYS, max(1, round(share * 0.4)))
    extent = next((value for pattern, value in WORDS if re.search(pattern, words)), Extent.FULL)
    hours = re.search(r"\d{1,2}", words) if extent == Extent.HOURS else None
    return extent, min(40, max(1, int(hours[0]))) if hours else None


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """By the names of fields; lists become one text."""
    columns = columns_of(list(values))
    flat = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in values.items()}
    flat = {name: str(value).lower() if isinstance(value, bool) else value for name, value in flat.items()}
    return {field: flat[column] for field, column in columns.items()}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,|]", text) if part.strip()]


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _ending(path: Path) -> str:
    return next((end for end in (".csv", ".jsonl") if path.name.lower().removesuffix(".gz").endswith(end)), "")


def _header(path: Path) -> list[str]:
    try:
        with open_bytes(path) as file:
            first = _text(file.read(HEAD)).lstrip().split("\n", 1)[0]
        if _ending(path) == ".jsonl":
            said = json.loads(first)
            return [str(name) for name in said] if isinstance(said, dict) else []
    except (OSError, EOFError, ValueError, RecursionError):
        return []
    return next(csv.reader([first], delimiter=_delimiter(first)), [])


def _table(source: Source) -> Iterator[Record]:
    with open_bytes(source.path) as file:
        text = _text(file.read(LARGEST))
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text.split("\n", 1)[0]), restval="")
    try:
        for cells in reader:
            said = {str(name): UNSTORABLE.sub("", value).strip() for name, value in cells.items() if isinstance(value, str)}
            if any(said.values()):
                yield Record(Where(source.path.name, reader.line_num), said)
    except csv.Error as trouble:
        source.report.reject(Where(source.path.name, reader.line_num), f"cannot be read from here on ({trouble})", "opening")


def _text(raw: bytes) -> str:
    """UTF-8, or what an older spreadsheet in Sweden writes."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        return raw.decode("utf-8-sig", "ignore") if broken.start > len(raw) - 4 else raw.decode("cp1252", "replace")


def _delimiter(line: str) -> str:
    return max(";\t,", key=line.count)

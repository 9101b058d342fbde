"""Vacancies out of another system, as CSV with a header or as JSON lines: openings to everyone, each with a link back.

    ./traff import lediga-tjanster.csv
    ./traff import jobs.csv --columns id=Nr,title=Roll,closes=Senast

Read again, changed rows are taken over, and what stands no longer in the file closes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.core.management.base import CommandError

from traff.doors.registers.reading import Record, Source, fields_in, lines_in
from traff.doors.registers.report import Rejected
from traff.doors.registers.rows import OpeningRow, Row
from traff.doors.registers.table import recognised, tables_in
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


class Vacancies:
    name = "vacancies"
    looks_like = "a file of vacancies: CSV with a header, or JSON lines, with a title and a link or a closing date (sv/en names)"

    def __init__(self, columns: Mapping[str, str] | None = None) -> None:
        self.columns = dict(columns or {})
        if self.columns and not ({"id", "link"} & self.columns.keys() and {"title"} <= self.columns.keys() <= HEADERS.keys()):
            raise CommandError(f"--columns knows, of vacancies, {', '.join(HEADERS)}; title is needed, and id or link.")

    def recognises(self, path: Path) -> bool:
        if not path.is_file():
            return False
        tables = tables_in(path)
        return any(self.columns or columns_of(table.header) for table in tables) or any(
            columns_of(fields_in(file)) for file in lines_in(path)
        )

    def source_name(self, path: Path) -> str:
        return path.resolve().name.split(".")[0][:80]

    def rows(self, source: Source) -> Iterator[Row]:
        for record in self._records(source):
            try:
                yield _row(record)
            except Rejected as rejected:
                source.report.reject(rejected.where, rejected.reason, "opening")

    def _records(self, source: Source) -> Iterable[Record]:
        tables = tables_in(source.path)
        if not tables:
            return map(_by_fields, source.records_of(source.path))
        return tables[0].records(self.columns or columns_of(tables[0].header), source.report, "opening")


def columns_of(header: list[str]) -> dict[str, str]:
    """Field → column, when this is a table of vacancies; empty when it is not."""
    found = recognised(header, HEADERS)
    return found if "title" in found and {"link", "closes"} & found.keys() else {}


def _row(record: Record) -> OpeningRow:
    address, extent, share = record.address("link"), *_extent(record.text("extent"))
    return OpeningRow(
        where=record.where,
        id=record.text("id") or address[:200] or record.id(),
        title=record.line("title", is_needed=True, limit=140),
        building=record.text("building", limit=4000),
        help_needed=record.text("help_needed", limit=4000),
        learns=record.text("learns", limit=2000),
        extent=extent,
        hours=share,
        starts=record.day("starts"),
        ends=record.day("ends"),
        place=record.line("place", limit=120),
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


def _by_fields(record: Record) -> Record:
    """A JSON line by the names of fields; lists become one text."""
    columns = recognised(list(record.values), HEADERS)
    return Record(record.where, {field: _flat(record.values[name]) for field, name in columns.items()}, names=columns)


def _flat(value: object) -> object:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else value


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,|]", text) if part.strip()]

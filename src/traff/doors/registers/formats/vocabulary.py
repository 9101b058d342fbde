"""A vocabulary: concepts with their names in Swedish and English, as candidate knowledge. Nobody is brought in by it.

SKOS (RDF/XML, https://www.w3.org/TR/skos-reference/), CSV as ESCO hands it out (conceptUri, preferredLabel, altLabels, a file a
language: …_en.csv, …_sv.csv) or with the columns id, en, sv, aliases; JSON lines with id and sv, en, aliases.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from traff.doors.registers.reading import UNSTORABLE, Source, open_bytes
from traff.doors.registers.report import Rejected
from traff.doors.registers.rows import ConceptRow, Row, Where
from traff.doors.registers.table import Table

FILES = re.compile(r".+\.(?:jsonl|csv|rdf|xml|skos)(?:\.gz)?")
IN_NAME = re.compile(r"[_.-](sv|en)(?=[_.-])")
SKOS, RDF = "{http://www.w3.org/2004/02/skos/core#}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
COLUMNS = ("conceptUri", "id", "en", "sv", "preferredLabel", "altLabels", "aliases")
LONGEST = 120  # characters of a name
HEAD = 64 * 2**10


class Vocabulary:
    name = "vocabulary"
    looks_like = (
        "a file (or a folder of files) of concepts: SKOS as RDF/XML, ESCO's CSV, or id, sv, en, aliases as CSV or JSON lines"
    )

    def recognises(self, path: Path) -> bool:
        return any(map(_is_vocabulary, _files(path)))

    def source_name(self, path: Path) -> str:
        return path.resolve().name.split(".")[0][:80]

    def rows(self, source: Source) -> Iterator[Row]:
        """One row a concept, what several files say of it put together."""
        met: dict[str, dict[str, Any]] = {}
        for path in _files(source.path):
            for where, said in _said(path, source):
                known = met.setdefault(said["id"], {"where": where, "en": "", "sv": "", "aliases": []})
                for language in ("en", "sv"):
                    known[language] = known[language] or said.get(language, "")
                known["aliases"] += said["aliases"]
        for id_, found in met.items():
            try:
                yield _row(id_, **found)
            except Rejected as rejected:
                source.report.reject(rejected.where, rejected.reason, "concept")


def _row(id_: str, where: Where, en: str, sv: str, aliases: list[str]) -> ConceptRow:
    if not en and not sv:
        raise Rejected(where, f"the concept “{id_}” has a name neither in Swedish nor in English")
    others = dict.fromkeys(name for name in aliases if name not in {en, sv} and len(name) <= LONGEST)
    return ConceptRow(where=where, id=id_, en=en[:LONGEST], sv=sv[:LONGEST], aliases=tuple(others))


def _files(path: Path) -> list[Path]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file for file in files if file.is_file() and FILES.fullmatch(file.name)]


def _is_vocabulary(path: Path) -> bool:
    try:
        with open_bytes(path) as file:
            head = file.read(HEAD)
    except (OSError, EOFError):
        return False
    match _ending(path):
        case ".jsonl":
            return _is_concept(head.split(b"\n", 1)[0])
        case ".csv":
            columns = set(Table(path).header)
            return {"conceptUri", "preferredLabel"} <= columns or ("id" in columns and bool({"sv", "en"} & columns))
        case _:
            return b"http://www.w3.org/2004/02/skos/core#" in head


def _is_concept(line: bytes) -> bool:
    try:
        said = json.loads(line)
    except ValueError:
        return False
    return isinstance(said, dict) and "id" in said and bool({"sv", "en"} & set(said)) and not {"name", "body"} & set(said)


def _ending(path: Path) -> str:
    return Path(path.name.removesuffix(".gz")).suffix


def _said(path: Path, source: Source) -> Iterator[tuple[Where, dict[str, Any]]]:
    try:
        match _ending(path):
            case ".jsonl":
                yield from _from_lines(path, source)
            case ".csv":
                yield from _from_table(path, source)
            case _:
                yield from _from_skos(path)
    except (OSError, EOFError, ParseError, DefusedXmlException) as trouble:
        source.report.reject(Where(path.name, 0), f"the file cannot be read from here on ({trouble}); fetch it anew", "concept")


def _from_lines(path: Path, source: Source) -> Iterator[tuple[Where, dict[str, Any]]]:
    for record in source.records_of(path):
        try:
            names = {language: record.text(language) for language in ("en", "sv")}
            yield record.where, {"id": record.id(), **names, "aliases": list(record.texts("aliases"))}
        except Rejected as rejected:
            source.report.reject(rejected.where, rejected.reason, "concept")


def _from_table(path: Path, source: Source) -> Iterator[tuple[Where, dict[str, Any]]]:
    spoken, table = IN_NAME.search(path.name), Table(path)
    language = spoken[1] if spoken else "en"
    for record in table.records({name: name for name in COLUMNS if name in table.header}, source.report, "concept"):
        said: dict[str, str] = dict.fromkeys(COLUMNS, "") | record.values
        if not (id_ := said["conceptUri"] or said["id"]):
            source.report.reject(record.where, "“id” (or “conceptUri”) is missing", "concept")
            continue
        names = {"en": said["en"], "sv": said["sv"]}
        names[language] = names[language] or said["preferredLabel"]
        aliases = re.split(r"[\n|;]", said["altLabels"] or said["aliases"])
        yield record.where, {"id": id_[:200], **names, "aliases": [name for alias in aliases if (name := alias.strip())]}


def _clean(value: Any) -> str:
    return UNSTORABLE.sub("", value).strip() if isinstance(value, str) else ""


def _from_skos(path: Path) -> Iterator[tuple[Where, dict[str, Any]]]:
    with open_bytes(path) as file:
        for number, (_event, element) in enumerate(iterparse(file, forbid_dtd=True), 1):
            id_ = element.get(f"{RDF}about", "")
            if id_ and element.tag in {f"{SKOS}Concept", f"{RDF}Description"}:
                names = {language: next(_labels(element, "prefLabel", language), "") for language in ("en", "sv")}
                aliases = [name for language in ("en", "sv") for name in _labels(element, "altLabel", language)]
                if any(names.values()) or element.tag == f"{SKOS}Concept":
                    yield Where(path.name, number), {"id": id_[:200], **names, "aliases": aliases}
                element.clear()


def _labels(element: Element, which: str, language: str) -> Iterator[str]:
    for label in element.iterfind(f"{SKOS}{which}"):
        if label.get(LANGUAGE, "").split("-")[0].lower() == language and (name := _clean(label.text)):
            yield name

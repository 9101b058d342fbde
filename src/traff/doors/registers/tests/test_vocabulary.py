"""A vocabulary comes in as candidate knowledge, in three forms; then a Swedish question meets an English case through it."""

import gzip
import json
from pathlib import Path

import pytest

from traff.doors.registers.models import Origin
from traff.ground.accounts.models import DemoMarker, Person
from traff.ground.search import concepts
from traff.ground.search.models import Concept, Entry
from traff.heart.matching.similar import similar
from traff.sharing.content.models import Post

pytestmark = pytest.mark.django_db
SKOS = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="http://example.org/mussels">
    <skos:prefLabel xml:lang="en">mussels</skos:prefLabel><skos:prefLabel xml:lang="sv">musslor</skos:prefLabel>
    <skos:altLabel xml:lang="sv">blåmusslor</skos:altLabel><skos:prefLabel xml:lang="fi">simpukat</skos:prefLabel>
  </skos:Concept>
  <rdf:Description rdf:about="http://example.org/nameless">
    <skos:prefLabel xml:lang="fi">nimetön</skos:prefLabel>
  </rdf:Description>
</rdf:RDF>"""
HEAD = "conceptType,conceptUri,preferredLabel,altLabels\n"
ESCO = {
    "skills_en.csv": HEAD + 'Skill,http://x/1,"splice wire rope","rope splicing\nsplicing"\n',
    "skills_sv.csv": HEAD + 'Skill,http://x/1,"splitsa stållina",\nSkill,,"utan id",\n',
}


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "words.jsonl.gz"
    rows = [
        {"id": "w1", "sv": "mussla", "en": "mussel", "fi": "simpukka"},
        {"id": "w2", "sv": "", "en": ""},
        {"id": "w3", "sv": "is"},
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def names() -> dict[str, list[str]]:
    return {concept.label: concept.names for concept in Concept.objects.filter(kind="term")}


def test_as_json_lines_again_and_corrected(lines, bring_in):
    said = bring_in(lines)
    assert "words.jsonl.gz:2: rejected: the concept “w2” has a name neither in Swedish nor in English" in said
    assert said.splitlines()[-1] == "2 new, 0 changed, 0 unchanged, 1 rejected"
    assert names() == {"mussel": ["mussel", "mussla"], "is": ["is"]}
    assert bring_in(lines).splitlines()[-1] == "0 new, 0 changed, 2 unchanged, 1 rejected"
    with gzip.open(lines, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "w1", "sv": "mussla", "en": "mussel", "aliases": ["blåmussla"]}) + "\n")
    assert bring_in(lines).splitlines()[-1] == "0 new, 1 changed, 0 unchanged, 0 rejected"
    assert names()["mussel"] == ["blåmussla", "mussel", "mussla"]
    assert Origin.objects.filter(kind="concept", source="words").count() == 2


def test_as_skos(tmp_path, bring_in):
    (tmp_path / "sea.rdf").write_text(SKOS, encoding="utf-8")
    assert bring_in(tmp_path / "sea.rdf").splitlines()[-1] == "1 new, 0 changed, 0 unchanged, 0 rejected"
    assert names() == {"mussels": ["blåmusslor", "mussels", "musslor"]}


def test_as_esco_hands_it_out_a_file_a_language(tmp_path, bring_in):
    for name, text in ESCO.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = bring_in(tmp_path)
    assert "skills_sv.csv:3: rejected: “id” (or “conceptUri”) is missing" in said
    assert names() == {"splice wire rope": ["rope splicing", "splice wire rope", "splicing", "splitsa stållina"]}


def test_a_hostile_file_is_refused_and_says_so(tmp_path, bring_in):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SKOS.split("?>", 1)[1].replace("mussels", "&b;", 1)
    (tmp_path / "bomb.rdf").write_text(bomb, encoding="utf-8")
    assert "bomb.rdf: rejected: the file cannot be read" in bring_in(tmp_path / "bomb.rdf")
    assert names() == {}


def test_it_brings_nobody_and_so_may_go_into_the_demo(lines, bring_in):
    DemoMarker.objects.create(organisation="nordanvind")
    bring_in(lines)
    assert len(names()) == 2
    assert not Person.objects.exists()


def test_a_swedish_question_finds_an_english_case_and_says_why(lines, bring_in, astrid, bjorn):
    bring_in(lines)
    case = Post.publish(
        by=bjorn, kind="article", title="Clogged intake", body="<p>Three hundred kilos of mussels sat in the pipe.</p>"
    )
    Post.publish(by=bjorn, kind="article", title="Painted doors", body="<p>The gate is green again, and is it nice.</p>")
    [found] = similar(astrid, "Någon mer som fått musslor i ledningen?")
    assert found.entry.subject_id == case.pk
    assert found.reasons == ["mussel", "ledningen = pipe"], "by the concept, and word by word"


def test_everyday_words_never_link_and_a_topic_of_the_name_does(lines, bring_in, astrid, bjorn):
    bring_in(lines)
    for number in range(120):
        Post.publish(by=bjorn, kind="update", body=f"<p>A mussel again, number {number}.</p>")
    concepts._linking_names.cache_clear()  # as after the house has grown
    assert not any(name.strip() == "mussel" for _language, name, _term in concepts.held().linking.items)
    everything = Entry.objects.unrestricted("test")
    assert everything.filter(kind="post").count() == 120


def test_a_process_that_holds_the_names_notices_a_new_one(lines, bring_in):
    before = concepts.held().linking
    assert concepts.held().linking is before  # held, not read again
    bring_in(lines)
    assert concepts.held().linking is not before

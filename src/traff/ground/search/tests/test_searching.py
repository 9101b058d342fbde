"""Searching, told as stories: words, parts of compounds, phrases, beginnings, names; and who may find what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, Person
from traff.ground.organisation.models import Place, Unit
from traff.ground.search.asking import plainly
from traff.ground.search.facets import Filters
from traff.ground.search.findable import EntryDraft, index_many
from traff.ground.search.marking import best_sentence
from traff.ground.search.searching import search
from traff.ground.search.tests.cast import START, Cast, entry_of

pytestmark = pytest.mark.django_db
NOW = START + timedelta(days=400)


@pytest.fixture
def cast() -> Cast:
    return Cast.gather()


def found(person, text, **more):
    return [hit.entry.title for hit in search(person, text, before=NOW, **more).hits]


def introduce(cast, name, *, text="", **more) -> Person:
    person = Person.objects.create(handle=name.lower().replace(" ", "-"), name=name, **more)
    cast.number += 1
    index_many([EntryDraft("person", person.pk, name, text, "sv", cast.everyone, [person.pk], START, is_evidence=False)])
    return person


def test_an_inflected_word_and_a_part_of_a_compound_find_the_thread(cast):
    cast.write("Sommarfesten", "Korv och saft, en kund och ingen ventil.")
    cast.write("Bok", "En referens.")
    cast.write("Våra kundreferenser", "Här samlar vi dem.")
    assert found(cast.astrid, "referenser") == ["Våra kundreferenser", "Bok"]
    assert found(cast.astrid, "kundreferensen")[0] == "Våra kundreferenser"


def test_a_thread_is_one_hit_and_its_best_sentence_is_shown_marked_and_escaped(cast):
    root = cast.write("Pumpen skakar", "Vad göra?", by=cast.cecilia)
    cast.write("", "Hej! Det är <script>kavitation</script>, sänk varvtalet. Tack.", thread=root, days=1)
    hit = search(cast.astrid, "kavitation", before=NOW).hits[0]
    assert (hit.entry.title, hit.message.kind) == ("Pumpen skakar", "reply")
    assert hit.sentence == "Det är &lt;script&gt;<mark>kavitation</mark>&lt;/script&gt;, sänk varvtalet."
    assert [person.handle for person in hit.authors] == ["bjorn"]


def test_no_text_brings_marks_of_its_own(cast):
    cast.write("Pumpen", "Kavitation\3 <b\2 \2onclick=x\3> &amp; kavitation\2igen.")
    sentence = str(search(cast.astrid, "kavitation", before=NOW).hits[0].sentence)
    assert sentence.count("<mark>") == sentence.count("</mark>") == sentence.count("<mark>kavitation</mark>".lower()) + 1
    assert "<b" not in sentence and "&lt;b" in sentence and "&amp;amp;" in sentence


def test_a_quoted_phrase_must_stand_so_also_with_words_of_closed_classes(cast):
    cast.write("Ett", "Vi letade efter en root cause till felet.")
    cast.write("Två", "The cause was a root in the pipe.")
    cast.write("Tre", "Root-cause analysis")
    assert sorted(found(cast.astrid, '"root cause"')) == ["Ett", "Tre"]
    assert found(cast.astrid, '"cause was a root"') == ["Två"]
    assert found(cast.astrid, '"cause till root"') == []


def test_all_the_words_come_before_some_of_them(cast):
    cast.write("Bara pump", "pump pump pump pump")
    cast.write("Båda", "En pump och, långt senare i texten, en ventil som ingen rört på många år.")
    assert found(cast.astrid, "pump ventil") == ["Båda", "Bara pump"]


def test_a_beginning_grows_while_it_is_typed_and_where_nobody_wrote_it_so(cast):
    cast.write("Grop", "Det var korrosion i röret.")
    assert found(cast.astrid, "korro", is_typing=True) == ["Grop"]
    assert found(cast.astrid, "korro") == ["Grop"]
    hit = search(cast.astrid, "korro", before=NOW).hits[0]
    assert "<mark>korrosion</mark>" in hit.sentence


def test_words_that_say_nothing_are_still_answered_and_nothing_at_all_is_nothing(cast):
    cast.write("Hur då", "och att")
    assert found(cast.astrid, "hur och att") == ["Hur då"]
    for empty in ("", "   ", "!?", '""', "\0"):
        assert search(cast.astrid, empty).hits == []
    assert search(cast.astrid, "ord " * 1000).hits == []


def test_a_name_is_found_without_its_dots_and_misspelt(cast):
    introduce(cast, "Sofia Lindqvist")
    introduce(cast, "Björn Ståhl")
    named = {text: search(cast.astrid, text) for text in ("sofia lindqvist", "bjorn", "Lindkvist", "sofia lindkwist", "xyzzy")}
    assert [hit.entry.title for hit in named["sofia lindqvist"].people] == ["Sofia Lindqvist"]
    assert [hit.entry.title for hit in named["bjorn"].people] == ["Björn Ståhl"]
    assert not named["bjorn"].is_guess
    assert [hit.entry.title for hit in named["Lindkvist"].people] == ["Sofia Lindqvist"] and named["Lindkvist"].is_guess
    assert [hit.entry.title for hit in named["sofia lindkwist"].people] == ["Sofia Lindqvist"]
    assert named["xyzzy"].people == []
    begun = search(cast.astrid, "lindq")
    assert [hit.entry.title for hit in begun.people] == ["Sofia Lindqvist"] and not begun.is_guess


def test_protected_people_leavers_and_those_parted_by_a_block_are_no_hits_but_what_they_wrote_is(cast):
    for trouble in ("protected", "left", "blocked"):
        person = introduce(cast, f"Zed {trouble.title()}", text="zeppelinare")
        cast.write(f"By {trouble}", "zeppelinare", by=person)
        if trouble == "blocked":
            Block.objects.create(blocker=person, blocked=cast.astrid)
        else:
            Person.objects.filter(pk=person.pk).update(is_protected=trouble == "protected", is_active=trouble != "left")
    assert search(cast.astrid, "Zed").people == []
    assert sorted(found(cast.astrid, "zeppelinare")) == ["By blocked", "By left", "By protected"]


def test_a_closed_circle_is_found_by_its_members_a_guest_finds_what_they_joined_and_others_nothing(cast):
    cast.write("Hemligt", "zeppelinare", audience=cast.closed)
    cast.write("Öppet", "zeppelinare")
    assert sorted(found(cast.bjorn, "zeppelinare")) == ["Hemligt", "Öppet"]
    assert found(cast.gustav, "zeppelinare") == ["Hemligt"]
    assert found(cast.astrid, "zeppelinare") == ["Öppet"]
    Person.objects.filter(pk=cast.bjorn.pk).update(is_active=False)
    assert found(Person.objects.get(pk=cast.bjorn.pk), "zeppelinare") == []


def test_choices_narrow_and_say_how_many_they_would_leave(cast):
    house = Unit.create(name="House")
    mine = Unit.create(name="Mine", parent=house)
    shaft, paper = Unit.create(name="Shaft", parent=mine), Unit.create(name="Paper", parent=house)
    kiruna = Place.objects.create(name="Kiruna")
    for number, (unit, kind, language) in enumerate([(shaft, "case", "sv"), (mine, "question", "sv"), (paper, "case", "en")]):
        cast.write(
            f"T{number}", "pump", unit_id=unit.pk, place_id=kiruna.pk, detail=kind, language=language, days=390 * (number > 0)
        )
    results = search(cast.astrid, "pump", before=NOW)
    counts = {facet.name: {option.word or option.value: option.count for option in facet.options} for facet in results.facets}
    assert counts == {
        "kind": {"case": 2, "question": 1},
        "unit": {"Mine": 2, "Paper": 1},
        "when": {"month": 2, "year": 2, "older": 1},
        "language": {"sv": 2, "en": 1},
    }
    for filters, titles in (
        (Filters(unit=mine.pk), ["T0", "T1"]),
        (Filters(unit=mine.pk, kind="case"), ["T0"]),
        (Filters(when="older"), ["T0"]),
        (Filters(language="en"), ["T2"]),
        (Filters(place=kiruna.pk), ["T0", "T1", "T2"]),
        (Filters(unit=999), ["T0", "T1", "T2"]),
    ):
        assert sorted(found(cast.astrid, "pump", filters=filters)) == titles, filters
    narrowed = search(cast.astrid, "pump", before=NOW, filters=Filters(kind="case"))
    kinds = next(facet for facet in narrowed.facets if facet.name == "kind")
    assert [(option.value, option.count, option.is_on) for option in kinds.options] == [("case", 2, True), ("question", 1, False)]


def test_senseless_choices_count_as_none():
    assert Filters.of({"kind": "rubbish", "unit": "x", "place": "-1", "when": "soon", "language": "tlh"}) == Filters()
    assert Filters.of({"kind": "case", "unit": "7"}).chosen == {"kind": "case", "unit": 7}


def test_pages_follow_each_other_without_doubles(cast):
    index_many([cast.draft(f"T{n}", "pump") for n in range(45)])
    pages = [search(cast.astrid, "pump", page=page) for page in (1, 2, 3, 99)]
    titles = [hit.entry.title for page in pages[:3] for hit in page.hits]
    assert len(titles) == len(set(titles)) == 45 == pages[0].total
    assert (pages[0].pages, pages[3].page) == (3, 3)


def test_a_question_costs_as_many_queries_of_five_hits_as_of_fifty(cast):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as context:
            search(cast.astrid, "pump ventil")
        return len(context)

    index_many([cast.draft(f"T{n}", "pump ventil") for n in range(5)])
    queries()
    few = queries()
    index_many([cast.draft(f"M{n}", "pump ventil") for n in range(45)])
    queries()  # what a process holds of names is read anew when the house has grown
    assert queries() <= few


def test_an_earlier_day_knows_nothing_of_later(cast):
    cast.write("Nu", "pump", days=5)
    assert [h.entry.title for h in search(cast.astrid, "pump", before=START + timedelta(days=4)).hits] == []
    assert entry_of(cast.write("Sen", "ventil")).title == "Sen" and Audience.objects.everyone().is_open


def test_the_little_words_of_a_name_are_not_marked_and_what_begins_within_says_so(db):
    text = "Så här gick det: labbet tog prover och hittade inget. Sedan gick alla hem."
    shown = best_sentence(text, plainly(["skift och scheman", "labb", "prover"]))
    assert shown == "… <mark>labbet</mark> tog <mark>prover</mark> och hittade inget."
    assert best_sentence("labbet tog prover", plainly(["prover"])) == "labbet tog <mark>prover</mark>"

"""What is written can be found by whom it was written for, at once; what is taken back cannot, at once."""

import pytest
from django.db import connection

from traff.ground.core.time import seconds
from traff.ground.search import findable
from traff.ground.search.asking import postings, question
from traff.ground.search.models import Authored
from traff.ground.search.reach import Reach
from traff.ground.search.terms import attested, beginning_with, fold, frequencies, term_id
from traff.ground.search.tests.cast import START, Cast, entry_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast.gather()


def found(person, text, **more):
    """Subject ids of the entries that hold any of the words."""
    rows = postings(question("", text, language="sv"), Reach.of(person, **more))
    pks = set(rows.entry.tolist())
    return {entry.subject_id for entry in entries() if entry.pk in pks}


def entries():
    from traff.ground.search.models import Entry

    return list(Entry.objects.unrestricted("a test").all())


def df(word):
    return frequencies([term_id(word)])[1].get(term_id(word), 0)


def corpus():
    return tuple(frequencies([])[0])


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return cursor.fetchone()[0]


def test_words_stems_and_parts_of_compounds_lead_to_the_same_post(cast):
    cast.write("Referens från en kund", "Vi har en referens.")
    post = cast.write("Kundreferenser", "om molnet")
    assert post.subject_id in found(cast.astrid, "kundreferens")
    written = cast.write("Kundreferens", "om något")
    assert {written.subject_id} <= found(cast.astrid, "referens")
    assert written.subject_id in found(cast.astrid, "kund")


def test_a_closed_circle_is_found_by_its_members_alone(cast):
    secret = cast.write("Hemligt", "om zeppelinare", audience=cast.closed)
    assert found(cast.bjorn, "zeppelinare") == {secret.subject_id}
    assert found(cast.gustav, "zeppelinare") == {secret.subject_id}
    assert found(cast.cecilia, "zeppelinare") == set()


def test_guests_find_only_what_they_joined_and_leavers_nothing(cast):
    cast.write("Öppet", "om zeppelinare")
    assert found(cast.gustav, "zeppelinare") == set()
    cast.astrid.leave()
    assert found(cast.astrid, "zeppelinare") == set()


def test_closing_a_circle_hides_its_words_and_uncounts_them_at_once(cast):
    cast.everyone  # noqa: B018
    group = type(cast.closed).objects.create(kind="group", is_open=True)
    written = cast.write("Zeppelinare", "i gruppen", audience=group)
    assert found(cast.cecilia, "zeppelinare") == {written.subject_id}
    assert df("zeppelinare") == 1
    group.close()
    assert found(cast.cecilia, "zeppelinare") == set()
    assert df("zeppelinare") == 0
    assert corpus() == (0, 0, 0)
    assert not Authored.objects.unrestricted("a test").get().is_open


def test_what_is_taken_back_leaves_nothing(cast):
    post = cast.write("Zeppelinare", "igen")
    cast.write("", "ett svar om ballonger", thread=post, by=cast.astrid)
    findable.unindex("post", Subject(post.subject_id))
    assert [rows(f"search_{table}") for table in ("entry", "posting", "entryterms", "authored")] == [0, 0, 0, 0]
    assert corpus() == (0, 0, 0)
    assert df("zeppelinare") == df("ballonger") == 0


def test_an_edit_moves_words_and_audience_and_keeps_the_count_true(cast):
    post = cast.draft("Zeppelinare", "över Kiruna")
    findable.index_many([post])
    number = entry_of(post).pk
    changed = cast.draft("Ballonger", "över Kiruna", audience=cast.closed)
    changed = type(changed)(**{**changed.__dict__, "subject_id": post.subject_id})
    findable.index_many([changed])
    assert entry_of(post).pk == number
    assert found(cast.bjorn, "zeppelinare") == set()
    assert found(cast.bjorn, "ballonger") == {post.subject_id}
    assert found(cast.cecilia, "ballonger") == set()
    assert corpus() == (0, 0, 0)
    assert rows("search_posting") == sum(len(terms) for terms in forward().values())


def forward():
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_id, terms FROM search_entryterms")
        return dict(cursor.fetchall())


def test_indexing_again_changes_nothing(cast):
    drafts = [cast.draft("Zeppelinare", "över Kiruna"), cast.draft("Ballonger", "över Luleå", audience=cast.closed)]
    findable.index_many(drafts)
    before = corpus(), rows("search_posting"), df("kiruna")
    findable.index_many(drafts)
    assert (corpus(), rows("search_posting"), df("kiruna")) == before


def test_counts_are_the_same_before_and_after_folding_and_closed_words_are_never_completed(cast):
    cast.write("Zeppelinare", "öppet")
    cast.write("Zeppelinarhemlighet", "slutet", audience=cast.closed)
    unfolded = df("zeppelinare"), df("zeppelinarhemlighet"), corpus()
    fold()
    assert (df("zeppelinare"), df("zeppelinarhemlighet"), corpus()) == unfolded == (1, 0, (1, 1, 2))
    assert [word for word in beginning_with("zepp") if "hemlig" in word] == []
    assert attested({"zeppelinare", "zeppelinarhemlighet"}) == {"zeppelinare"}


def test_an_earlier_day_knows_nothing_of_later_words_in_the_same_thread(cast):
    post = cast.write("Ballonger", "en fråga", days=0)
    cast.write("", "svaret är zeppelinare", thread=post, days=10)
    day = START.replace(day=5)
    assert found(cast.astrid, "zeppelinare", before=seconds(day)) == set()
    assert found(cast.astrid, "ballonger", before=seconds(day)) == {post.subject_id}


def test_the_first_answer_in_somebody_elses_thread_counts_once(cast):
    post = cast.write("Ballonger", "en fråga", by=cast.astrid)
    first = cast.write("", "ett svar", thread=post, days=1)
    cast.write("", "ett svar till", thread=post, days=2)
    cast.write("", "tack", thread=post, by=cast.astrid, days=3)
    answers = Authored.objects.unrestricted("a test").filter(answers=True)
    assert [row.entry_id for row in answers] == [entry_of(first).pk]
    findable.unindex("reply", Subject(first.subject_id))
    assert answers.count() == 1


def test_a_thousand_at_once_are_the_same_as_one_by_one(cast):
    drafts = [cast.draft(f"Rubrik {n}", f"ord{n % 7} zeppelinare nummer {n}") for n in range(450)]
    findable.index_many(drafts)
    assert corpus()[0] == df("zeppelinare") == 450
    assert df("ord3") == sum(n % 7 == 3 for n in range(450))


def test_texts_are_linked_to_concepts_in_both_languages(cast):
    findable.register("matter", lambda matter: findable.ConceptDraft("matter", matter.pk, "cloud migration", "molnmigrering"))
    try:
        findable.index("matter", Subject(7))
        post = cast.write("Vår nya plattform", "Så gjorde vi molnmigreringar.")
        assert post.subject_id in found_openly(cast.astrid, "our cloud migration", "en")
    finally:
        findable._owners.pop("matter")


def found_openly(person, text, language):
    pks = set(postings(question("", text, language=language), Reach.of(person)).entry.tolist())
    return {entry.subject_id for entry in entries() if entry.pk in pks}


class Subject:
    def __init__(self, pk):
        self.pk = pk

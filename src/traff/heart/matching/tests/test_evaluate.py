"""Measuring asks the product's own calls, and nothing that was written later, linked, or judged reaches them."""

import gzip
import json

import pytest

from traff.heart.matching.evaluate import loading, tasks
from traff.heart.matching.evaluate.intervals import interval, measured, of_query, read_qrels
from traff.heart.matching.evaluate.reading import content_key, lines, moment

MESSAGES = [
    ("t1", 1, "anna", "2024-01-01T08:00:00Z", "Kavitation i pumpar", "Hur hindrar man kavitation?"),
    ("t1", 2, "bo", "2024-01-02T08:00:00Z", "Kavitation i pumpar", "Sänk varvtalet, så försvinner kavitationen."),
    ("t2", 3, "carl", "2024-01-03T08:00:00Z", "Sommarfest", "Korv och saft."),
    ("t1", 4, "dora", "2024-03-01T08:00:00Z", "Kavitation i pumpar", "Membran mot kavitation!"),
]
QUERY = {
    "query_id": "q",
    "asker": "carl",
    "stream": "teknik",
    "title": "Kavitation",
    "text": "Pumpen skakar",
    "ts": "2024-02-01T08:00:00Z",
}


@pytest.fixture
def material(tmp_path, db, monkeypatch):
    monkeypatch.setattr(loading, "settle", lambda: None)  # VACUUM wants to be alone
    for cached in (tasks._by_handle, tasks._people, tasks._streams, tasks._names):
        cached.cache_clear()
    people, index = tmp_path / "people.jsonl", tmp_path / "messages.jsonl.gz"
    people.write_text("\n".join(json.dumps({"id": handle, "name": handle}) for handle in ("anna", "bo", "carl", "dora")))
    rows = [
        {"id": pk, "sender": by, "stream": "teknik", "topic": title, "topic_id": topic, "ts": at, "text": text}
        for topic, pk, by, at, title, text in MESSAGES
    ]
    with gzip.open(index, "wt") as file:
        file.write("\n".join(map(json.dumps, rows)))
    loading.load_people(str(people))
    loading.load_messages([str(index)])
    return tmp_path


def test_people_are_ranked_from_what_stood_before_the_query(material):
    ranking = tasks.experts(QUERY)
    assert [handle for handle, _score in ranking] == ["bo", "anna"]
    assert "dora" in dict(tasks.experts({**QUERY, "ts": "2024-04-01T08:00:00Z"}))
    assert [handle for handle, _ in tasks.experts({**QUERY, "candidates": ["anna"]})] == ["anna"]


def test_threads_are_ranked_without_the_querys_own_and_without_later_ones(material):
    assert tasks.related({**QUERY, "text": "membran", "topic_id": "t9"})[0][0] == "t1"
    assert "t1" not in dict(tasks.related({**QUERY, "topic_id": "t1"}))
    assert tasks.related({**QUERY, "ts": "2024-01-01T08:00:00Z"}) == []


def test_answers_are_ranked_as_the_search_page_does(material, tmp_path):
    answers = tmp_path / "answers.jsonl"
    rows = [{"answer_id": "a", "text": "Kavitation är ångbubblor."}, {"answer_id": "b", "text": "Saft är en dryck."}]
    answers.write_text("\n".join(map(json.dumps, rows)))
    from traff.ground.search.models import Entry

    Entry.objects.unrestricted("material of its own").all().delete()
    loading.load_answers(str(answers))
    assert tasks.answers({"query_id": "q", "text": "Vad är kavitation?"})[0][0] == "a"


def test_measures_are_those_of_the_tasks_own_scorer(tmp_path):
    one = of_query({"a": 2, "b": 1}, ["x", "b", "a"], {"b"})
    assert one["MRR"] == 0.5
    assert one["P@1"] == 0.0
    assert one["R@10"] == 1.0
    assert one["tailR@10"] == 1.0
    assert one["nDCG@10"] == pytest.approx((1 / 1.58496 + 3 / 2) / (3 + 1 / 1.58496), rel=1e-4)
    qrels, run = tmp_path / "qrels.tsv", tmp_path / "run.tsv"
    qrels.write_text("query_id\titem\tgrade\nq1\ta\t2\nq2\tb\t1\n")
    run.write_text("q1\ta\t3\nq1\tx\t2\n")
    assert measured(read_qrels(str(qrels)), str(run), set())["MRR"][0] == 0.5
    assert measured(read_qrels(str(qrels), 2), str(run), set())["MRR"][0] == 1.0


def test_an_interval_holds_its_mean_and_is_the_same_each_time():
    mean, low, high, count = interval([0.0, 1.0] * 50)
    assert low < mean == 0.5 < high
    assert count == 100
    assert interval([0.0, 1.0] * 50) == (mean, low, high, count)


def test_the_key_follows_what_the_files_hold(tmp_path):
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_text('{"a": 1}\n')
    other.write_text('{"a": 1}\n')
    assert content_key([str(one)]) == content_key([str(other)])
    other.write_text('{"a": 2}\n')
    assert content_key([str(one)]) != content_key([str(other)])
    assert list(lines(str(one))) == [{"a": 1}]
    one.write_text("{}\nno\n")
    with pytest.raises(ValueError, match="line 2"):
        list(lines(str(one)))
    assert moment("2024-01-01T00:00:00").tzinfo is not None

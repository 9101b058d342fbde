"""One table over every task that a folder holds."""

import json
from pathlib import Path

import pytest

from traff.heart.matching.evaluate.everything import Table, add, tasks_in, told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A conversation archive with who-will-answer, and questions with their answers."""
    (tmp_path / "archive" / "dev").mkdir(parents=True)
    (tmp_path / "faq").mkdir()
    for name in (
        "people.jsonl",
        "messages_train.jsonl",
        "messages_dev.jsonl",
        "dev/expert_queries.jsonl",
        "dev/expert_qrels.tsv",
    ):
        (tmp_path / "archive" / name).write_text("")
    (tmp_path / "archive" / "dev" / "head50.txt").write_text("anna\n")
    questions = [
        {"query_id": "1", "text": "Hur mycket vatten får jag ta ur sjön och hur länge är det så?"},
        {"query_id": "2", "text": "How much of the water can I take from the lake, and is that for long?"},
    ]
    (tmp_path / "faq" / "x_questions.jsonl").write_text("\n".join(map(json.dumps, questions)))
    (tmp_path / "faq" / "x_answers.jsonl").write_text("")
    (tmp_path / "faq" / "x_qrels.tsv").write_text("query_id\tanswer_id\tgrade\n1\ta\t1\n2\tb\t1\n")
    return tmp_path


def test_tasks_are_known_by_the_names_of_their_files(folder: Path) -> None:
    experts, faq = tasks_in(folder)
    assert (experts.kind, faq.kind) == ("experts", "answers")
    assert experts.options["index"] == [str(folder / "archive" / "messages_train.jsonl")], "what came later is not looked through"
    assert experts.head.endswith("head50.txt")
    assert faq.qrels.endswith("x_qrels.tsv")


def test_what_is_missing_is_named(folder: Path) -> None:
    (folder / "faq" / "x_answers.jsonl").unlink()
    with pytest.raises(FileNotFoundError, match="x_answers"):
        list(tasks_in(folder))


def test_the_table_tells_languages_apart_and_who_is_never_shown(folder: Path, tmp_path: Path) -> None:
    _experts, faq = tasks_in(folder)
    run = tmp_path / "run.tsv"
    run.write_text("1\ta\t2\n1\tc\t1\n2\tc\t2\n2\tb\t1\n")
    table = Table()
    add(table, faq, str(run), [json.loads(line) for line in Path(faq.queries).read_text().splitlines()], 4)
    assert table.rows["answers, x"]["MRR"][0] == 0.75
    assert table.rows["  sv"]["MAP"][0] == 1.0
    assert table.rows["  en"]["P@5"][0] == 0.2
    assert table.rows["  en"]["R@100"][0] == 1.0
    different, uneven = table.shown["answers, x"]
    assert different == 3
    assert 0 < uneven < 1
    lines = list(told(table, {"answers, x": 4}))
    assert "tailR@10" in lines[0]
    assert any("0.750 (3 of 4" in line for line in lines)

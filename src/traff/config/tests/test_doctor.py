"""The doctor says what is wrong, and that something is."""

import psycopg
import pytest

from traff.config import doctor


@pytest.mark.django_db
def test_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    doctor.examine()
    told = capsys.readouterr().out
    assert "lower('ÅÄÖÉ') is åäöé" in told
    assert "names sort as in Swedish: Adam, Zäta, Åke, Ärla, Östen" in told
    assert "WRONG" not in told


def test_a_database_that_does_not_answer_is_wrong(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise psycopg.OperationalError("connection refused")

    monkeypatch.setattr(doctor.psycopg, "connect", refuse)
    assert doctor.examine() == 1
    told = capsys.readouterr().out
    assert "WRONG  the database does not answer: connection refused" in told
    assert "1 thing is wrong" in told

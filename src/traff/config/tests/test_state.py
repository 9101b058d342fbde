"""One folder of state, closed to others."""

import os
from pathlib import Path

import pytest

from traff.config.state import make_state_folder, secret, state_folder, write_private


def test_traff_data_names_the_folder(tmp_path: Path) -> None:
    assert state_folder({"TRAFF_DATA": str(tmp_path)}) == tmp_path


def test_an_ordinary_user_keeps_it_at_home_and_root_where_the_system_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert state_folder({"XDG_DATA_HOME": "/home/astrid/data"}).parent == Path("/home/astrid/data/traff")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert state_folder({}).parent == Path("/var/lib/traff")


def test_a_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    folder = make_state_folder(tmp_path / "å" / "state")
    first = secret("app", folder)
    assert (secret("app", folder), secret("owner", folder) == first) == (first, False)
    assert (folder / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o066 == 0


def test_a_private_file_is_whole_or_not_there(tmp_path: Path) -> None:
    write_private(tmp_path / "word", "hej")
    write_private(tmp_path / "word", "då")
    assert [path.name for path in tmp_path.iterdir()] == ["word"]
    assert (tmp_path / "word").read_text() == "då"

"""The embedded server: made once, shared, stopped by the last, and unharmed by a hard kill."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from traff.config.postgres import Cluster, ServerTrouble
from traff.config.postgres.account import Account
from traff.config.postgres.cluster import SOCKET_LIMIT
from traff.config.postgres.programs import version_of
from traff.config.postgres.roles import MIGRATOR, OWNER, settle_rights


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
        return row[0] if row else None


def tell(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_it_knows_swedish_letters_listens_nowhere_and_checks_its_pages(running: Cluster) -> None:
    assert ask(running.url(), "SELECT lower('ÅÄÖ')") == "åäö"
    assert ask(running.url(), "SHOW listen_addresses") == ""
    assert ask(running.url(), "SHOW data_checksums") == "on"
    assert ask(running.url(), "SHOW log_parameter_max_length") == "0"
    assert Path(str(ask(running.url(OWNER), "SHOW unix_socket_directories"))).stat().st_mode & 0o777 == 0o700
    assert (running.home / "secrets.json").stat().st_mode & 0o777 == 0o600
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(running.url().replace("traff_app:", "traff_app:wrong"), "SELECT 1")


def test_whoever_lets_go_last_stops_it(cluster: Cluster) -> None:
    other = Cluster(cluster.home)
    with cluster.in_use():
        number = cluster.pid()
        with other.in_use():
            assert other.pid() == number
        assert cluster.pid() == number
    assert cluster.pid() is None


def test_many_commands_at_once_share_one_server(cluster: Cluster) -> None:
    script = (
        "import sys, pathlib; from traff.config.postgres import Cluster\n"
        "cluster = Cluster(pathlib.Path(sys.argv[1]), throwaway=True)\n"
        "with cluster.in_use():\n    print(cluster.pid())"
    )
    command = [sys.executable, "-c", script, str(cluster.home)]
    with cluster.in_use():
        running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
        assert {int(process.communicate(timeout=60)[0]) for process in running} == {cluster.pid()}


def test_nothing_committed_is_lost_when_everything_is_killed(home: Path) -> None:
    cluster = Cluster(home)
    cluster.start()
    try:
        tell(cluster.url(MIGRATOR), "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('räksmörgås')")
        number = cluster.pid()
        assert number
        os.kill(number, signal.SIGKILL)
        while cluster.pid() is not None:
            time.sleep(0.01)
        with cluster.in_use():
            assert ask(cluster.url(), "SELECT word FROM kept") == "räksmörgås"
    finally:
        cluster.remove()


def test_a_mark_left_by_a_dead_server_whose_number_a_stranger_has_now(cluster: Cluster) -> None:
    with cluster.in_use():
        mark = (cluster.data / "postmaster.pid").read_text()
    stranger = str(os.getpid())
    (cluster.data / "postmaster.pid").write_text("\n".join([stranger, *mark.splitlines()[1:]]) + "\n")
    cluster.account.own(cluster.data / "postmaster.pid")
    with cluster.in_use():
        assert ask(cluster.url(), "SELECT 1") == 1


def test_a_first_start_that_was_killed_is_made_again(cluster: Cluster) -> None:
    (cluster.folder / "data.new").mkdir(parents=True)
    (cluster.folder / "data.new" / "PG_VERSION").write_text("18\n")
    cluster.folder.chmod(0o700)
    cluster.account.own(cluster.folder)
    with cluster.in_use():
        assert ask(cluster.url(), "SELECT 1") == 1


def test_a_path_too_long_for_a_socket_gets_a_private_folder_elsewhere(home: Path) -> None:
    deep = home.joinpath(*["a-folder-with-a-long-name"] * 4)
    cluster = Cluster(deep, throwaway=True)
    try:
        with cluster.in_use():
            sockets = Path(str(ask(cluster.url(OWNER), "SHOW unix_socket_directories")))
            assert len(os.fsencode(sockets)) <= SOCKET_LIMIT
            assert sockets.stat().st_mode & 0o777 == 0o700
        with cluster.in_use():
            assert ask(cluster.url(OWNER), "SHOW unix_socket_directories") == str(sockets)
    finally:
        cluster.remove()
    assert not sockets.exists()


def test_a_database_of_another_major_is_left_alone(cluster: Cluster) -> None:
    with cluster.in_use():
        pass
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServerTrouble, match="made by PostgreSQL 9"), cluster.in_use():
        pass
    (cluster.data / "PG_VERSION").write_text(f"{cluster.programs.major}\n")


def test_what_cannot_be_run_has_no_version(tmp_path: Path) -> None:
    assert version_of(tmp_path, Account("me", os.geteuid(), os.getegid())) is None


def test_the_app_writes_rows_changes_no_table_and_only_adds_to_the_audit(running: Cluster) -> None:
    tell(running.url(MIGRATOR), "CREATE TABLE audit_entry (id int)", "CREATE TABLE post (id int)")
    settle_rights(running.url(MIGRATOR))
    app = running.url()
    tell(app, "INSERT INTO post VALUES (1)", "UPDATE post SET id = 2", "DELETE FROM post", "ANALYZE post")
    tell(app, "INSERT INTO audit_entry VALUES (1)")
    for forbidden in (
        "UPDATE audit_entry SET id = 2",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DROP TABLE post",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE audit_entry ADD COLUMN word text",
    ):
        with pytest.raises(InsufficientPrivilege):
            tell(app, forbidden)


def test_the_migrator_makes_databases_and_trusted_extensions_but_rules_nothing(running: Cluster) -> None:
    migrator = running.url(MIGRATOR)
    tell(
        migrator,
        "CREATE EXTENSION pg_trgm",
        "CREATE EXTENSION unaccent",
        "CREATE EXTENSION btree_gin",
        "CREATE DATABASE scratch",
    )
    tell(running.url(MIGRATOR, "scratch"), "CREATE TABLE word (id int)")
    tell(running.url(database="scratch"), "INSERT INTO word VALUES (1)")
    assert ask(migrator, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False

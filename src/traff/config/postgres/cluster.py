"""One PostgreSQL server of our own, in a folder: made, started, shared between commands, stopped.

Nobody reaches it over a network: it listens on a socket in a folder that only its own account may enter.
Every command that uses the server holds a shared lock; whoever lets go last stops it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from traff.config.postgres.account import Account, account_for
from traff.config.postgres.configuration import write_configuration
from traff.config.postgres.programs import Programs, find_programs
from traff.config.postgres.roles import APP, DATABASE, MIGRATOR, OWNER, make_roles
from traff.config.state import make_state_folder, secret, write_private

SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432.lock")
NOBODY = str(2**30)  # a process number that no system gives out
PATIENCE = 15.0  # seconds; after a hard kill the old server's children need a few to notice


class ServerTrouble(Exception):
    """The server could not be made, started or stopped; the message says why in words."""


class Cluster:
    """The server whose state lives in `home`."""

    def __init__(self, home: Path, *, throwaway: bool = False) -> None:
        self.home = home
        self.throwaway = throwaway
        self.folder = home / "postgres"
        self.data = self.folder / "data"
        self._server: subprocess.Popen[bytes] | None = None  # if this process started it

    @cached_property
    def account(self) -> Account:
        return account_for(self.folder)

    @cached_property
    def programs(self) -> Programs:
        return find_programs(self.account, self.home / "programs")

    @property
    def exists(self) -> bool:
        return (self.folder / "sockets").exists()

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        host = quote((self.folder / "sockets").read_text("utf-8"), safe="")
        return f"postgresql://{role}:{secret(role, self.home)}@{host}/{database}"

    # Sharing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Run it for as long as this block lasts, or for as long as anybody else needs it."""
        make_state_folder(self.home)
        with open(self.home / "users.lock", "a") as users:
            with self._alone():
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start()
            try:
                yield
            finally:
                with self._alone():
                    if not self.is_kept and _turns_exclusive(users):
                        self._stop()

    def revive(self) -> None:
        """Start it again if it died while in use."""
        with self._alone():
            self._start()

    def start(self) -> None:
        """Start it and leave it running."""
        make_state_folder(self.home)
        with self._alone():
            self._start()
            self._kept.touch()

    def stop(self) -> None:
        if self.home.exists():
            with self._alone():
                self._kept.unlink(missing_ok=True)
                self._stop()

    @property
    def _kept(self) -> Path:
        return self.home / "kept-running"

    @property
    def is_kept(self) -> bool:
        return self._kept.exists()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with open(self.home / "starting.lock", "a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    # Making ------------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        """Made beside its place and moved there when complete: a killed first start leaves nothing half-made."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.account.own(self.folder)
        draft, password = self.folder / "data.new", self.folder / "password"
        shutil.rmtree(draft, ignore_errors=True)
        write_private(password, secret(OWNER, self.home), (self.account.uid, self.account.gid))
        made = subprocess.run(
            [
                *(self.programs.path("initdb"), "--pgdata", draft, "--username", OWNER, "--pwfile", password),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--data-checksums", "--no-instructions"),
                *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", self.programs.locale),
                *(["--no-sync"] if self.throwaway else []),
            ],
            capture_output=True,
            check=False,
            text=True,
            cwd="/",
            env=_environment(),
            **self.account.drop(),
        )
        password.unlink()
        if made.returncode:
            raise ServerTrouble(f"The database could not be made in {self.folder}:\n{made.stderr or made.stdout}")
        draft.rename(self.data)

    def _check_reach(self) -> None:
        """As root the server runs as another account, which may be shut out of the state folder."""
        reached = subprocess.run(["/usr/bin/test", "-x", self.home], cwd="/", check=False, **self.account.drop())
        if reached.returncode:
            raise ServerTrouble(
                f"The state folder {self.home} cannot be reached by the account {self.account.name}, which the database "
                "server runs as (it refuses to run as root). Name another with TRAFF_DATA, for example under /var/lib."
            )

    def _socket_folder(self) -> Path:
        """Inside the state folder if the path is short enough for a socket, else a private one in the system's."""
        inside = self.folder / "run"
        noted = self.folder / "sockets"
        if len(os.fsencode(inside)) <= SOCKET_LIMIT:
            inside.mkdir(mode=0o700, exist_ok=True)
            sockets = inside
        else:
            known = Path(noted.read_text("utf-8")) if noted.exists() else None
            sockets = known if known and self._is_private(known) else Path(tempfile.mkdtemp(prefix="traff-", dir="/tmp"))
        self.account.own(sockets)
        if not noted.exists() or noted.read_text("utf-8") != str(sockets):
            write_private(noted, str(sockets), (self.account.uid, self.account.gid))
        return sockets

    def _is_private(self, folder: Path) -> bool:
        return folder.is_dir() and folder.stat().st_uid == self.account.uid and folder.stat().st_mode & 0o077 == 0

    # Starting ----------------------------------------------------------------------------------------------------

    def pid(self) -> int | None:
        """The server's process if it runs. Numbers are used again after a crash, so its command line must agree."""
        try:
            number = int((self.data / "postmaster.pid").read_text("utf-8").split()[0])
        except (OSError, ValueError, IndexError):
            return None
        return number if os.fsencode(self.data) in _command_line(number) else None

    @property
    def is_ready(self) -> bool:
        try:
            return self.pid() is not None and (self.data / "postmaster.pid").read_text("utf-8").split()[-1] == "ready"
        except OSError:
            return False

    def _start(self) -> None:
        if self.account.is_other:
            self._check_reach()
        if not self.data.exists():
            self._make()
        made_by = (self.data / "PG_VERSION").read_text("utf-8").strip()
        if not self.is_ready:
            if made_by != str(self.programs.major):
                raise ServerTrouble(
                    f"The database in {self.data} was made by PostgreSQL {made_by}, but this machine runs {self.programs.major}. "
                    "Dump it with the old version and load it with the new."
                )
            sockets = self._socket_folder()
            write_configuration(self.data, sockets, throwaway=self.throwaway)
            self._launch(sockets)
        roles = self.folder / "roles-made"
        if not roles.exists():
            passwords = {role: secret(role, self.home) for role in (MIGRATOR, APP)}
            make_roles(self.url(OWNER, "postgres"), self.url(OWNER, "template1"), passwords)
            roles.touch()

    def _launch(self, sockets: Path) -> None:
        report = self.folder / "start.log"
        deadline = time.monotonic() + PATIENCE
        while True:
            if self._server:
                self._server.wait(PATIENCE)
            self._clear_stale(sockets)
            with open(report, "wb") as log:
                self._server = server = subprocess.Popen(
                    [self.programs.path("postgres"), "-D", self.data],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    env=_environment(),
                    start_new_session=True,  # Ctrl-C in the terminal is for us to handle
                    **self.account.drop(),
                )
            while server.poll() is None:
                if self.is_ready:
                    return
                time.sleep(0.03)
            if time.monotonic() > deadline:
                said = report.read_text("utf-8", "replace").strip()
                raise ServerTrouble(f"The database server in {self.folder} does not start:\n{said}")
            time.sleep(0.5)

    def _clear_stale(self, sockets: Path) -> None:
        """A killed server leaves its mark, and its number may belong to a stranger now, or to nobody who was reaped.

        The number is replaced by an impossible one; the rest stands, so that PostgreSQL itself still makes sure that
        no child of the old server lives, and removes the mark.
        """
        if self.pid() is not None:
            return
        mark = self.data / "postmaster.pid"
        if mark.exists():
            mark.write_text("\n".join([NOBODY, *mark.read_text("utf-8").split("\n")[1:]]), encoding="utf-8")
        for left in sockets.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _stop(self) -> None:
        self._end()
        if self._server:
            self._server.wait(PATIENCE)
            self._server = None

    def _end(self) -> None:
        number = self.pid()
        if number is None:
            return
        for sign, patience in ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0)):  # orderly, then at once
            os.kill(number, sign)
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                if self._server:
                    self._server.poll()
                if self.pid() is None:
                    return
                time.sleep(0.03)
        raise ServerTrouble(f"The database server (process {number}) does not stop.")

    def remove(self) -> None:
        """For a throw-away server: stop it and leave nothing."""
        self.stop()
        noted = self.folder / "sockets"
        if noted.exists():
            shutil.rmtree(noted.read_text("utf-8"), ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)


def _turns_exclusive(file: object) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        return False
    return True


def _environment() -> dict[str, str]:
    """None of the caller's PG* or locale settings may reach the server."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _command_line(number: int) -> bytes:
    """Empty when no such process lives (a dead child that nobody has reaped has none either)."""
    listed = Path(f"/proc/{number}/cmdline")
    try:
        if Path("/proc/self").exists():
            return listed.read_bytes()
        return subprocess.run(["ps", "-o", "command=", "-p", str(number)], capture_output=True, check=False).stdout
    except OSError:
        return b""

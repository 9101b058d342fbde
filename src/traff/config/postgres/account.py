"""The account that the database server runs under: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CANDIDATES = ("traff", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()

    def drop(self) -> dict[str, Any]:
        """Arguments for subprocess that make the child run as this account."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.is_other:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """Oneself; as root whoever owns the data already, else the first unprivileged account that the machine has."""
    if os.geteuid() != 0:
        return Account(str(os.geteuid()), os.geteuid(), os.getegid())
    if data.exists() and (uid := data.stat().st_uid):
        return _account(pwd.getpwuid(uid))
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in CANDIDATES:
        if name in known and known[name].pw_uid:
            return _account(known[name])
    raise LookupError(f"PostgreSQL cannot run as root; make an account for it: one of {', '.join(CANDIDATES)}.")


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)

"""`./traff <command>`: who does what it says."""

from __future__ import annotations

import os
import subprocess
import sys

from traff.config.database import bring_up_to_date, database, migrate
from traff.config.postgres import NoPostgres, ServerTrouble
from traff.config.state import CHECKOUT, is_checkout, make_state_folder, state_folder

HELP = """\
Träff, a social network of your own where colleagues meet each other's knowledge.

  ./traff run                 start everything; the address is printed (PORT=8001 ./traff run for another port)
  ./traff test                check everything (--all: the slow tests too; PATH or -k NAME: those tests alone)
  ./traff bench               measure how fast it is, over made-up organisations (bench/README.md)
  ./traff doctor              say what is right and wrong with this installation
  ./traff import PATH         bring in people and what they wrote
  ./traff signin PERSON       print a link that signs in once
  ./traff who "TEXT" --as P   who knows about this; likewise similar, search, suggest --for P
  ./traff help --commands     every other command

State lives in one folder: {state} (TRAFF_DATA names another).
"""
WITHOUT_DATABASE = {"help", "version", "--version", "makemessages", "compilemessages", "check", "collectstatic", "findstatic"}
WITHOUT_MIGRATING = {"makemigrations", "showmigrations", "sqlmigrate", "dbshell", "inspectdb"}


def run_command(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traff.config.settings")
    make_state_folder(state_folder())
    try:
        return _dispatch(arguments)
    except (NoPostgres, ServerTrouble, LookupError) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import OperationalError

        if isinstance(error, ImproperlyConfigured):
            print(error, file=sys.stderr)
            return 1
        if isinstance(error, OperationalError) and "connection" in str(error):
            print(f"The database does not answer: {error}\nCheck DATABASE_URL, and that the server is up.", file=sys.stderr)
            return 1
        raise


def _dispatch(arguments: list[str]) -> int:
    match arguments:
        case [] | ["help"] | ["-h" | "--help"]:
            print(HELP.format(state=state_folder()), end="")
            return 0
        case ["run"]:
            from traff.config.serve import serve

            return serve()
        case ["run", *_]:
            print("./traff run takes no arguments; PORT, HOST and TRAFF_DATA are read from the environment.", file=sys.stderr)
            return 2
        case ["test", *rest]:
            from traff.config.testing import run_tests

            return run_tests(rest)
        case ["bench", *rest]:
            return _bench(rest)
        case ["doctor"]:
            from traff.config.doctor import examine

            return examine()
        case ["migrate", *rest]:
            with database():
                return migrate(rest)
        case _:
            name, *rest = arguments
            return _django([name if name.startswith("-") else name.replace("-", "_"), *rest])


def _bench(arguments: list[str]) -> int:
    """How fast it is, over made-up organisations beside the person's own; needs the checkout that holds `bench/`."""
    if not is_checkout():
        print("./traff bench runs in a checkout of the source: an installed package has no bench/.", file=sys.stderr)
        return 2
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    return subprocess.run([sys.executable, "-m", "bench", *arguments], env=environment, check=False).returncode


def _django(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    asks_for_help = bool({"-h", "--help"} & set(arguments[1:]))
    if arguments[0] in WITHOUT_DATABASE or asks_for_help:
        execute_from_command_line(["traff", *arguments])
        return 0
    with database():
        if arguments[0] not in WITHOUT_MIGRATING:
            bring_up_to_date()
        execute_from_command_line(["traff", *arguments])
    return 0

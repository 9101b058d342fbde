"""Commands that ask as somebody: named by an operator, for a reason that the person reads."""

from django.core.management.base import CommandError
from django.db import connection

from traff.ground.accounts.demo import is_demo
from traff.ground.accounts.models import Person
from traff.ground.audit.models import AuditRecord

SCRATCH = ("scratch", "test_", "traff_scratch_")  # databases made to measure and to test in


def person_asked_for(key: str, *, reason: str, command: str) -> Person:
    """Whoever is named; the asking is written down where that person sees it. Raises CommandError."""
    is_scratch = str(connection.settings_dict["NAME"]).startswith(SCRATCH)
    if not (reason or is_scratch or is_demo()):
        raise CommandError('Say why, in words that the person will read: --reason "…"')
    try:
        person = Person.objects.named(key)
    except Person.DoesNotExist:
        raise CommandError(f"Nobody here is called {key}. Give a handle, an e-mail address or an id.") from None
    if not person.is_active:
        raise CommandError(f"{person} has left, and reads nothing here.")
    if reason or not (is_scratch or is_demo()):
        AuditRecord.write(actor_id=None, verb="command.as", kind="person", subject_id=person.pk, command=command, reason=reason)
    person.is_impersonated = True  # what is the person's alone is not shown
    return person

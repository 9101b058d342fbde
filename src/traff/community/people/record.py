"""What was done with power about one person, in words that person understands."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from traff.ground.accounts.models import Person
from traff.ground.audit.models import AuditRecord

DEEDS = {
    "signin.issued": gettext_noop("Somebody who runs this site made a link to sign in as you"),
    "signin.used": gettext_noop("A link to sign in as you was used"),
    "own_data.taken": gettext_noop("You took a copy of all that is yours"),
    "command.as": gettext_noop("Somebody who runs this site saw what you would see"),
}
SHOWN = 50


@dataclass(frozen=True)
class Deed:
    """The names are those of `core/parts/timeline.html`."""

    at: datetime
    text: str
    icon: str = "key-round"
    url: str = ""


def record_of(person: Person, *, most: int | None = SHOWN) -> list[Deed]:
    """The latest first; all of them without `most`."""
    lines = AuditRecord.objects.about("person", person.pk).select_related("detail")[:most]
    return [Deed(line.at, _in_words(line)) for line in lines]


def _in_words(line: AuditRecord) -> str:
    said = _(DEEDS.get(line.verb, line.verb))
    detail = getattr(line, "detail", None)
    reason = json.loads(detail.text).get("reason", "") if detail else ""
    return f"{said}: {reason}" if reason else said

"""What openings tell: the owner alone, of a question without a name and of a closing date that has passed.

Nobody is told of a new opening: it reaches people by its rules, on the pages they come to and in the weekly mail. A notice would
be a row that says whom it reached.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.ground.activity.news import News, Sort
from traff.sharing.openings.models import Opening
from traff.sharing.openings.switch import is_shown_to

OPENINGS = Sort("openings", gettext_lazy("An opening of yours is asked about, or has closed"))


def owner_of(event: Event) -> list[int]:
    """Whom it concerns: who published it."""
    owners = Opening.objects.unrestricted("whom it concerns").filter(pk=event.subject_id, withdrawn_at=None)
    return [owner for owner in owners.values_list("owner_id", flat=True) if owner]


def say_asked(event: Event, person: Person) -> News | None:
    opening = _own(event, person)
    if opening is None:
        return None
    return _news(opening, _("Somebody asks about your opening “%(title)s”") % {"title": opening}, "#asks")


def say_lapsed(event: Event, person: Person) -> News | None:
    opening = _own(event, person)
    if opening is None or opening.is_answered:
        return None
    return _news(opening, _("Your opening “%(title)s” has closed. Did you find someone?") % {"title": opening}, "#how-it-went")


def _own(event: Event, person: Person) -> Opening | None:
    if not is_shown_to(person):
        return None
    found: Opening | None = Opening.objects.visible_to(person).of(person).filter(pk=event.subject_id).first()
    return found


def _news(opening: Opening, text: str, part: str) -> News:
    return News(text=text, url=opening.get_absolute_url() + part, thread=f"opening/{opening.pk}", icon="door-open")

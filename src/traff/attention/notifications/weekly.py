"""The weekly mail: what the rooms have for it, in the person's language, on their weekday's morning. Nothing to say, no mail."""

import re
from datetime import datetime
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traff.attention.notifications.mailing import Mail, base_url, language_for, message, stop_url
from traff.attention.notifications.models import Hearing, Letter, StopLink
from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Person
from traff.ground.core import digest
from traff.ground.core.digest import Week
from traff.ground.organisation.models import zone_of, zones_of

MORNING = range(7, 12)  # hours of the person's own clock: sent at the first that the worker meets


def due(now: datetime) -> list[int]:
    """Ids of people with an address whose weekday's morning it is and who have had no mail this week; in four queries."""
    people = list(Person.objects.active().exclude(email=None).exclude(email="").order_by("pk").values_list("pk", flat=True))
    chosen, zones = Hearing.objects.in_bulk(), zones_of(people, shown=False)
    clocks = {zone: now.astimezone(zone) for zone in {*zones.values()}}
    weeks = {zone: week_of(local) for zone, local in clocks.items()}
    written = set(Letter.objects.filter(week__in={*weeks.values()}).values_list("person_id", "week"))

    def is_due(pk: int) -> bool:
        hearing, local = chosen.get(pk) or Hearing(person_id=pk), clocks[zones[pk]]
        is_morning = local.weekday() == hearing.weekday and local.hour in MORNING
        return hearing.weekly and is_morning and (pk, weeks[zones[pk]]) not in written

    return [pk for pk in people if is_due(pk)]


def week_of(local: datetime) -> str:
    year, week, _day = local.isocalendar()
    return f"{year}-W{week:02}"


def send(person: Person, now: datetime) -> bool:
    """This week's mail, once; whether one was sent.

    The server is met before anything is looked for: when it is away nothing is written, and the next hour tries again. Then the
    row of the week, and everything that is marked as shown, are committed; then the mail is sent.
    """
    with get_connection() as connection:
        with transaction.atomic():
            week = week_of(now.astimezone(zone_of(person, shown=False)))
            since = Letter.since(person, now)
            letter, made = Letter.objects.get_or_create(person=person, week=week, defaults={"made_at": now})
            mail = written(person, since=since, is_sent=True) if made else None
        if mail is None:
            return False
        message(mail, person, connection).send()
    letter.sent_at = timezone.now()
    letter.save(update_fields=["sent_at"])
    return True


@one_look()
def written(person: Person, *, since: datetime, is_sent: bool) -> Mail | None:
    """The mail; None when no room has anything. Unless it is sent, nothing is marked as shown and its way out is a sample."""
    with translation.override(language_for(person)):
        found = digest.sections(Week(person, since, is_sent))
        if not found:
            return None
        stop = stop_url(StopLink.issue(person, StopLink.Stops.WEEKLY) if is_sent else "sample")
        values: dict[str, Any] = {"person": person, "base_url": base_url(), "stop_url": stop}
        values["html"] = digest.drawn(found, "html", values)
        values["text"] = re.sub(r"\n{3,}", "\n\n", "".join(digest.drawn(found, "txt", values))).strip()
        return Mail(
            subject=_("Your week on Träff"),
            text=render_to_string("notifications/mail/letter.txt", values).strip() + "\n",
            html=render_to_string("notifications/mail/letter.html", values),
            stop_url=stop,
            list_name="weekly",
        )

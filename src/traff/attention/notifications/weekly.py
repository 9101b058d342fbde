"""The weekly mail: what the rooms have for it, in the person's language, on their weekday's morning. Nothing to say, no mail."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traff.attention.notifications.mailing import Mail, base_url, language_for, message, stop_url
from traff.attention.notifications.models import Hearing, Letter, StopLink
from traff.attention.notifications.models.hearing import zone_of
from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Person
from traff.ground.core import slots

MORNING = range(7, 12)  # hours of the person's own clock: sent at the first that the worker meets


def due(now: datetime) -> Iterator[int]:
    """Ids of people with an address whose weekday's morning it is and who have had no mail this week."""
    chosen = {hearing.person_id: hearing for hearing in Hearing.objects.all()}
    people = Person.objects.active().exclude(email=None).exclude(email="").order_by("pk")
    for pk, zone in people.values_list("pk", "seat__place__timezone").iterator():
        hearing = chosen.get(pk) or Hearing(person_id=pk)
        local = now.astimezone(ZoneInfo(zone or timezone.get_default_timezone_name()))
        is_morning = hearing.weekly and local.weekday() == hearing.weekday and local.hour in MORNING
        if is_morning and not Letter.objects.filter(person=pk, week=week_of(local)).exists():
            yield pk


def week_of(local: datetime) -> str:
    year, week, _day = local.isocalendar()
    return f"{year}-W{week:02}"


def send(person: Person, now: datetime) -> bool:
    """This week's mail, once; whether one was sent.

    The server is met before anything is committed: when it is away nothing is written, and the next hour tries again. Then the
    row of the week, and everything that is marked as shown, are committed; then the mail is sent.
    """
    connection = get_connection()
    with transaction.atomic():
        week = week_of(now.astimezone(zone_of(person)))
        since = Letter.since(person, now)
        letter, made = Letter.objects.get_or_create(person=person, week=week, defaults={"made_at": now})
        mail = written(person, since=since, is_sent=True) if made else None
        if mail is None:
            return False
        connection.open()
    try:
        message(mail, person, connection).send()
    finally:
        connection.close()
    letter.sent_at = timezone.now()
    letter.save(update_fields=["sent_at"])
    return True


@one_look()
def written(person: Person, *, since: datetime, is_sent: bool) -> Mail | None:
    """The mail; None when no room has anything. Unless it is sent, nothing is marked as shown and its way out is a sample."""
    with translation.override(language_for(person)):
        context: dict[str, Any] = {"person": person, "since": since, "base_url": base_url(), "is_sent": is_sent, "found": {}}
        html = slots.render("digest.section", {**context, "plain": False})
        if not html.strip():
            return None
        text = re.sub(r"\n{3,}", "\n\n", slots.render("digest.section", {**context, "plain": True})).strip()
        stop = stop_url(StopLink.issue(person, StopLink.Stops.WEEKLY) if is_sent else "sample")
        values = {"person": person, "html": html, "text": text, "base_url": base_url(), "stop_url": stop}
        return Mail(
            subject=_("Your week on Träff"),
            text=render_to_string("notifications/mail/letter.txt", values).strip() + "\n",
            html=render_to_string("notifications/mail/letter.html", values),
            stop_url=stop,
            list_name="weekly",
        )

"""What of one's own file customers give. A customer that is walled from the person is not named."""

from collections.abc import Iterator
from typing import Any

from traff.ground.accounts.models import Person
from traff.sharing.customers.mine import my_rows
from traff.sharing.customers.models import Approach, Introduction, Tip

OWN = "one's own"


def acquaintances(person: Person) -> Iterator[dict[str, Any]]:
    for mine in my_rows(person):
        row = mine.row
        said = {"lived": row.kind, "since": row.since, "until": row.until, "text": row.text}
        reach = {"reach": row.reach, "ask_me_first": row.asks_first, "told_at": row.told_at}
        yield {"about": str(mine.subject) if mine.subject else "", **said, **reach}


def approaches(person: Person) -> Iterator[dict[str, Any]]:
    """Customers one was about to meet, and tips one gave to others."""
    mine = Approach.objects.unrestricted(OWN).filter(person=person)
    named = {row.pk: str(row.customer) for row in Approach.objects.visible_to(person).filter(person=person).with_people()}
    for row in mine.order_by("pk").iterator():
        dates = {"meets_on": row.meets_on, "begun_at": row.begun_at, "changed_at": row.changed_at, "closed_at": row.closed_at}
        yield {"customer": named.get(row.pk, ""), "text": row.text, **dates, "helped": row.helped}
    for tip in Tip.objects.unrestricted(OWN).filter(by=person).order_by("pk").iterator():
        yield {"gave": tip.text, "offered_a_talk": tip.is_offer, "at": tip.at}


def introductions(person: Person) -> Iterator[dict[str, Any]]:
    """What one asked about customers; of whom stands in the conversation, when they said yes."""
    for row in Introduction.objects.unrestricted(OWN).filter(asker=person).order_by("pk").iterator():
        yield {"asked": row.reason, "asked_at": row.asked_at, "accepted_at": row.accepted_at, "helped": row.helped}

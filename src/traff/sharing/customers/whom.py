"""Whom one may ask about a customer: those who have lived something with it and said how they may be reached.

Σ role · e^(−age / 2 years) · 1 / log(2 + customers of the person), over the customer, its parent and its children, and what they
have written where the asker may read. For asking, never for choosing: a handful, with reasons, without numbers; only who is
willing, here, and have not been asked as often as one may be in a week.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traff.community.people.faces import Face
from traff.ground.accounts.models import Block, Person
from traff.ground.core import dates
from traff.ground.core.time import EPOCH
from traff.ground.search.models import Authored
from traff.sharing.customers.mentions import naming
from traff.sharing.customers.models import Acquaintance, Customer, Introduction, Lived, Project, Reach
from traff.sharing.customers.models.customer import Registered
from traff.sharing.customers.models.introduction import AWAY, reachable_now

ROLE = {Lived.DELIVERED: 1.0, Lived.SERVICED: 1.0, Lived.WORKED: 1.0, Lived.DISPUTE: 0.9, Lived.SOLD: 0.8, Lived.OTHER: 0.5}
NOTE = 0.25  # of what one has written, by the logarithm of how much
NEAR = 0.5  # of what was lived with the parent or a child
FADING = 2.0  # years
SHOWN = 6
FEW = 3  # under three no number is said


@dataclass
class Known:
    """One person who may be asked: what they have lived, and how much they have written."""

    person: Person
    is_named: bool
    lived: list[Acquaintance] = field(default_factory=list)
    near: set[int] = field(default_factory=set)  # ids of rows about the parent, a child or a project
    notes: int = 0
    latest: datetime | None = None
    customers: int = 1
    face: Face | None = None
    is_asked: bool = False  # by this asker, not long ago
    is_parted: bool = False  # from the asker by a block
    is_reachable: bool = True  # not asked as often as one may be in a week

    @property
    def asks_first(self) -> bool:
        return any(row.asks_first for row in self.lived)

    @property
    def score(self) -> float:
        said = sum(weight(row, is_near=row.pk in self.near) for row in self.lived)
        written = NOTE * math.log1p(self.notes) * faded((timezone.now() - self.latest).days / 365.25) if self.latest else 0.0
        return (said + written) / math.log(2 + self.customers)

    @property
    def reason(self) -> str:
        """ "delivered to them 2021–23; wrote 4 notes, latest May"."""
        said = [self._lived(row) for row in self.lived]
        return "; ".join([*said, *([self._written(self.latest)] if self.latest else [])])

    def _lived(self, row: Acquaintance) -> str:
        told = f"{row.get_kind_display()} {row.period}"
        return f"{told} ({row.subject})" if row.pk in self.near else told

    def _written(self, latest: datetime) -> str:
        near = timezone.now() - latest < timedelta(days=300)
        month = dates.said(timezone.localtime(latest), "month") if near else str(timezone.localtime(latest).year)
        wrote = ngettext("wrote one note, {latest}", "wrote {count} notes, latest {latest}", self.notes)
        return wrote.format(count=self.notes, latest=month)


@dataclass(frozen=True)
class Whom:
    """Whom the asker may ask just now."""

    named: list[Known]
    unnamed: int  # asked through Träff without their names; under three no number is said
    may_ask_unnamed: bool  # somebody of them has not been asked by this asker


def faded(years: float) -> float:
    return math.exp(-max(years, 0.0) / FADING)


def weight(row: Acquaintance, *, is_near: bool = False, today: date | None = None) -> float:
    """What one thing lived says today."""
    age = (today or timezone.localdate()).year - row.until if row.until else 0
    return ROLE[Lived(row.kind)] * faded(age) * (NEAR if is_near else 1.0)


def whom(asker: Person, around: Sequence[Registered]) -> Whom:
    """Those who may be asked by name about the first of `around`, best first, and how many through Träff."""
    found = candidates(asker, around)
    named = sorted((known for known in found if known.is_named), key=lambda known: (-known.score, known.person.pk))[:SHOWN]
    unnamed = [known for known in found if not known.is_named]
    return Whom(named, len(unnamed), any(not known.is_asked for known in unnamed))


def asked_next(asker: Person, subject: Registered, receiver: Person | None) -> Known | None:
    """The one to ask: by name who was named; through Träff the best of those not yet asked by this asker."""
    around = surroundings(asker, subject)
    found = [known for known in candidates(asker, around) if known.is_reachable and not known.is_asked]
    if receiver:
        return next((known for known in found if known.is_named and known.person.pk == receiver.pk), None)
    unnamed = [known for known in found if not known.is_named]
    return max(unnamed, key=lambda known: (not known.is_parted, known.score), default=None)


def candidates(asker: Person, around: Sequence[Registered]) -> list[Known]:
    """Everybody willing, with what the asker may know of them; by name those alone who can be reached now.

    Without their name the others count too: whom a block or a busy week took away would be told by the number.
    """
    subject = around[0]
    offered = Acquaintance.objects.unrestricted("offered to whoever may know of the customer, by their own choice")
    willing = offered.about(around).exclude(reach=Reach.NONE).filter(person__in=_shown(asker) & subject.readers())
    by_person: dict[int, list[Acquaintance]] = defaultdict(list)
    for row in willing.with_subjects().latest_first():
        by_person[row.person_id].append(row)
    if not by_person:
        return []
    reachable, parted = reachable_now(list(by_person)), set(Block.between(asker))
    people = [_known(rows, subject) for rows in by_person.values()]
    for known in people:
        known.is_reachable, known.is_parted = known.person.pk in reachable, known.person.pk in parted
    people = [known for known in people if not known.is_named or (known.is_reachable and not known.is_parted)]
    _write_up(people, asker, around)
    return people


def surroundings(reader: Person, subject: Registered) -> list[Registered]:
    """The customer itself, then by name its parent, its children and its projects; of a project its customer: of those known."""
    if isinstance(subject, Customer):
        projects = Project.objects.visible_to(reader).filter(customer=subject).by_name()
        return [subject, *subject.relatives(reader).by_name(), *projects]
    customer = getattr(subject, "customer_id", None)
    return [subject, *(Customer.objects.visible_to(reader).filter(pk=customer) if customer else [])]


def _shown(asker: Person) -> Any:
    return Person.objects.shown().filter(is_guest=False).exclude(pk=asker.pk)


def _known(rows: list[Acquaintance], subject: Registered) -> Known:
    """With a name, if they gave it anywhere near; what they said without it then stays out."""
    named = [row for row in rows if row.has_a_name]
    near = {row.pk for row in rows if row.subject != subject}
    return Known(rows[0].person, bool(named), named or rows, near)


def _write_up(people: list[Known], asker: Person, around: Sequence[Registered]) -> None:
    """What they have written where the asker may read, how many customers they know openly, whether this asker has asked."""
    ids = [known.person.pk for known in people]
    entries = naming(around, asker).filter(is_evidence=True)
    written = Authored.objects.visible_to(asker).filter(entry__in=entries, person__in=ids).order_by()
    notes = {
        pk: (n, at) for pk, n, at in written.values_list("person").annotate(n=Count("thread_id", distinct=True), at=Max("at"))
    }
    open_rows = Acquaintance.objects.unrestricted("how many customers somebody knows").filter(
        person__in=ids, reach=Reach.NAMED, customer__is_open=True
    )
    customers = dict(open_rows.order_by().values_list("person").annotate(n=Count("customer", distinct=True)))
    asked = Introduction.objects.visible_to(asker).asked_by(asker).filter(asked_at__gt=timezone.now() - AWAY)
    about = list(asked.about_any(around).values_list("receiver", "is_unnamed", "accepted_at"))
    asked_of = {receiver for receiver, _is_unnamed, _at in about}
    openly = {receiver for receiver, is_unnamed, accepted_at in about if accepted_at or not is_unnamed}
    for known in people:
        pk = known.person.pk
        if pk in notes and known.is_named:
            known.notes, known.latest = notes[pk][0], EPOCH + timedelta(seconds=notes[pk][1])
        known.customers, known.is_asked = customers.get(pk, 1), pk in (openly if known.is_named else asked_of)


def said(unnamed: int) -> str:
    """How many can be asked through Träff, without a number under three."""
    if unnamed < FEW:
        return _("Colleagues can be asked without their names shown.")
    return _("{count} colleagues can be asked without their names shown.").format(count=unnamed)

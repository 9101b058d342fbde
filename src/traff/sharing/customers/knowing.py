"""Approaches, met by those who know the customer: by what they have lived with it, or written about it.

Also those nobody would think of: service, delivery, who once worked there.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Block, Person
from traff.ground.core.prepared import prepared
from traff.ground.search.models import Authored
from traff.ground.search.terms import term_id
from traff.sharing.customers.mentions import NAMING, TERMS
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Reach, Tip
from traff.sharing.customers.models.approach import Passed

STANDS = timedelta(days=90)  # an approach older than that asks nobody any more
LOOKED_AT = 100  # newest approaches that are looked through for one person


@dataclass(frozen=True)
class Met:
    """One approach as somebody who knows the customer meets it."""

    approach: Approach
    face: Face
    reason: str


def approaches_for(
    person: Person, *, since: datetime | None = None, is_open: bool = False, most: int = 3, customer: Customer | None = None
) -> list[Met]:
    """Those this person could help with, newest first; answered and passed ones stay away. `is_open`: everyone's alone."""
    if person.is_guest:
        return []
    found = list(
        _standing(person, since or timezone.now() - STANDS, since is None, timezone.localdate(), is_open, customer)
    )  # most fall away
    reasons = reasons_for(person, [approach.customer for approach in found], is_open=is_open)
    kept = [approach.pk for approach in found if approach.customer_id in reasons][:most]
    met = list(_whole(person, kept)) if kept else []
    faces = faces_of(approach.person for approach in met)
    return [Met(approach, faces[approach.person_id], reasons[approach.customer_id]) for approach in met]


@prepared
def _standing(
    person: Person, since: datetime, is_any: bool, today: date, is_open: bool, customer: Customer | None
) -> QuerySet[Approach]:
    """`is_any`: also said before `since`, if they meet today or later."""
    standing = Approach.objects.visible_to(person).standing(today).newest_first()
    told = Q(begun_at__gt=since) | Q(meets_on__gte=today) if is_any else Q(begun_at__gt=since)
    standing = standing.filter(told, person__is_active=True).exclude(person=person)
    parted = Block.objects.parting(person, OuterRef("person"))
    passed = Passed.objects.filter(person=person, approach=OuterRef("pk"))
    answered = Tip.objects.unrestricted("one's own").filter(by=person, approach=OuterRef("pk"))
    standing = standing.filter(~Exists(parted), ~Exists(passed), ~Exists(answered))
    if is_open:
        standing = standing.filter(is_open=True, customer__is_open=True)
    standing = standing.filter(customer=customer) if customer else standing
    newest: QuerySet[Approach] = standing.select_related("customer").only("customer__parent", "customer__is_open")[:LOOKED_AT]
    return newest


@prepared
def _whole(person: Person, ids: list[int]) -> QuerySet[Approach]:
    found: QuerySet[Approach] = Approach.objects.visible_to(person).filter(pk__any=ids).with_people().newest_first()
    return found


@prepared
def _lived(person: Person, is_open: bool) -> QuerySet[Acquaintance]:
    own = Acquaintance.objects.visible_to(person).of(person)
    if is_open:
        known = Q(customer__is_open=True) | Q(project__is_open=True)
        own = own.filter(known, is_open=True, reach=Reach.NAMED)
    found: QuerySet[Acquaintance] = own.select_related("customer", "project").latest_first()
    return found


def reasons_for(person: Person, customers: list[Customer], *, is_open: bool = False) -> dict[int, str]:
    """Of these customers, those the person knows: id → because of what. `is_open`: of what everyone may read alone."""
    if not customers:
        return {}
    lived = list(_lived(person, is_open))
    told: dict[int, str] = {}
    for customer in customers:
        direct = next((row for row in lived if customer.pk in (row.customer_id, _customer_of(row))), None)
        near = next((row for row in lived if row.customer and _are_near(row.customer, customer)), None)
        if row := direct or near:
            told[customer.pk] = _("because you {lived} {period}").format(lived=_you(row), period=row.period)
    others = [customer for customer in customers if customer.pk not in told]
    return told | dict.fromkeys(_written_about(person, others, is_open=is_open), _("because you have written about them"))


def _you(row: Acquaintance) -> str:
    return {
        "sold": _("have sold to them,"),
        "delivered": _("have delivered to them,"),
        "serviced": _("have serviced them,"),
        "worked": _("have worked there,"),
        "dispute": _("have lived through a dispute with them,"),
        "other": _("know them,"),
    }[row.kind]


def _customer_of(row: Acquaintance) -> int | None:
    return row.project.customer_id if row.project else None


def _are_near(one: Customer, other: Customer) -> bool:
    return other.pk == one.parent_id or one.pk == other.parent_id


def _written_about(person: Person, customers: list[Customer], *, is_open: bool) -> set[int]:
    """Those that something of the person's own names."""
    terms = {term_id(customer.term): customer.pk for customer in customers if customer.is_open}
    if not terms:
        return set()
    own = Authored.objects.visible_to(person).filter(Q(person=person), entry__is_evidence=True)
    own = own.filter(is_open=True) if is_open else own
    entries = own.filter(entry_id__in=RawSQL(NAMING, [list(terms)])).annotate(terms=RawSQL(TERMS, []))  # noqa: S611
    named = {term for some in entries.values_list("terms", flat=True)[:200] for term in some or ()}
    return {customer for term, customer in terms.items() if term in named}

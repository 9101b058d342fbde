"""Lists of customers and what stands on their pages, for one reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count

from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Person
from traff.ground.core.language import language_of
from traff.sharing.customers import whom
from traff.sharing.customers.hits import facts_of
from traff.sharing.customers.knowing import approaches_for
from traff.sharing.customers.mentions import posts_naming
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Introduction, Project
from traff.sharing.customers.models.customer import Registered
from traff.sharing.customers.sectors import sector_said

SIZE = 40
SECTORS = 24  # choices
LIVED = 20  # rows of the timeline
APPROACHES = 5


@dataclass(frozen=True)
class Line:
    """One customer or project of a list."""

    subject: Registered
    facts: list[str]


@dataclass(frozen=True)
class LivedLine:
    """One thing lived, and by whom."""

    row: Acquaintance
    face: Face
    is_mine: bool
    language: str  # of the sentence, "" when unsure


def customers_page(reader: Person, words: str, sector: str, page: str) -> dict[str, Any]:
    """Customers by name, narrowed by words and sector; a page at a time."""
    words, number = words.strip()[:100], int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    found = Customer.objects.visible_to(reader)
    sectors = _sectors(found, sector)
    chosen = sector if sector in sectors else ""
    found = found.matching(words) if words else found
    found = found.filter(sector=chosen) if chosen else found
    start = (max(number, 1) - 1) * SIZE
    some = list(found.by_name()[start : start + SIZE + 1])
    asked = {"q": words, "sector": chosen}
    return {
        "lines": [Line(customer, facts_of(customer)) for customer in some[:SIZE]],
        "words": words,
        "filters": _filters(sectors, chosen, words),
        "older_url": len(some) > SIZE and f"?{urlencode({**asked, 'page': number + 1})}",
        "newer_url": number > 1 and f"?{urlencode({**asked, 'page': number - 1})}",
        "is_narrowed": bool(words or chosen),
    }


def _sectors(visible: Any, asked: str) -> list[str]:
    """The largest ones, and the one asked for if there is such."""
    sizes = visible.exclude(sector="").order_by().values_list("sector").annotate(n=Count("pk"))
    largest_first = [sector for sector, _n in sizes.order_by("-n", "sector")]
    shown = largest_first[:SECTORS]
    return sorted({*shown, *([asked] if asked in largest_first else [])})


def _filters(sectors: list[str], chosen: str, words: str) -> list[dict[str, Any]]:
    return [
        {"word": sector_said(name), "url": f"?{urlencode({'q': words, 'sector': name})}", "is_on": name == chosen}
        for name in sectors
    ]


def customer_page(customer: Customer, reader: Person) -> dict[str, Any]:
    """The page of a customer: also its relatives, its projects, and who is approaching it."""
    around = whom.surroundings(reader, customer)
    standing = list(
        Approach.objects.visible_to(reader).standing().filter(customer=customer).with_people().newest_first()[:APPROACHES]
    )
    page, faces = _page(around, reader, [approach.person for approach in standing])
    near = [one for one in around[1:] if isinstance(one, Customer)]
    return {
        **page,
        "parent": next((one for one in near if one.pk == customer.parent_id), None),
        "children": [one for one in near if one.pk != customer.parent_id],
        "projects": [Line(one, facts_of(one)) for one in around if isinstance(one, Project)],
        "met": approaches_for(reader, customer=customer) if standing else [],
        "approaches": [(one, faces[one.person_id]) for one in standing],
    }


def project_page(project: Project, reader: Person) -> dict[str, Any]:
    """The page of a project: also its customer."""
    around = whom.surroundings(reader, project)
    page, _faces = _page(around, reader)
    return {**page, "customer": next(iter(around[1:]), None)}


def _page(around: list[Registered], reader: Person, people: Iterable[Person] = ()) -> tuple[dict[str, Any], Mapping[int, Face]]:
    """What both share: facts, what was lived, posts, whom one may ask; and the faces of all on it, and of `people`."""
    subject = around[0]
    rows = list(Acquaintance.objects.visible_to(reader).about(around).with_subjects().latest_first()[:LIVED])
    asked = Introduction.objects.visible_to(reader).asked_by(reader).about_any([subject])
    found = whom.whom(reader, around)
    faces = faces_of([*people, *(row.person for row in rows), *(known.person for known in found.named)])
    for known in found.named:
        known.face = faces[known.person.pk]
    lived = [LivedLine(row, faces[row.person_id], row.person_id == reader.pk, language_of(row.text)) for row in rows]
    return {
        "subject": subject,
        "sector": sector_said(subject.sector) if isinstance(subject, Customer) else "",
        "facts": facts_of(subject),
        "lived": lived,
        "is_known": any(line.is_mine for line in lived),
        "cards": posts_naming(subject, reader),
        "whom": found,
        "unnamed_said": whom.said(found.unnamed),
        "asked": asked.exists(),
    }, faces

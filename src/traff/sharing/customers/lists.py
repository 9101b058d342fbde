"""Lists of customers and what stands on their pages, for one reader."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Person
from traff.ground.core.language import language_of
from traff.sharing.customers import whom
from traff.sharing.customers.hits import facts_of
from traff.sharing.customers.knowing import approaches_for
from traff.sharing.customers.mentions import posts_naming
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Introduction, Project
from traff.sharing.customers.models.customer import Registered

SIZE = 40
LIVED = 20  # rows of the timeline


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
    visible = Customer.objects.visible_to(reader)
    sectors = sorted(set(visible.exclude(sector="").order_by().values_list("sector", flat=True)))
    found = visible.matching(words) if words else visible
    chosen = sector if sector in sectors else ""
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


def _filters(sectors: list[str], chosen: str, words: str) -> list[dict[str, Any]]:
    return [{"word": name, "url": f"?{urlencode({'q': words, 'sector': name})}", "is_on": name == chosen} for name in sectors]


def subject_page(subject: Registered, reader: Person) -> dict[str, Any]:
    """What the pages of customers and of projects share: facts, what was lived, posts, whom one may ask."""
    around = whom.surroundings(reader, subject)
    lived = Acquaintance.objects.visible_to(reader).about(around).with_subjects().latest_first()
    asked = Introduction.objects.visible_to(reader).asked_by(reader).about_any([subject]).with_people().newest_first()
    found = whom.whom(reader, subject)
    return {
        "subject": subject,
        "facts": facts_of(subject),
        "lived": lived_lines(list(lived[:LIVED]), reader),
        "cards": posts_naming(subject, reader),
        "whom": found,
        "unnamed_said": whom.said(found.unnamed),
        "asked": list(asked[:3]),
    }


def customer_page(customer: Customer, reader: Person) -> dict[str, Any]:
    """The page of a customer: also its relatives, its projects, and who is approaching it."""
    near = list(customer.relatives(reader).by_name())
    approaches = Approach.objects.visible_to(reader).standing().filter(customer=customer).with_people().newest_first()
    standing = list(approaches[:5])
    return {
        **subject_page(customer, reader),
        "parent": next((one for one in near if one.pk == customer.parent_id), None),
        "children": [one for one in near if one.pk != customer.parent_id],
        "projects": [Line(one, facts_of(one)) for one in Project.objects.visible_to(reader).filter(customer=customer).by_name()],
        "met": approaches_for(reader, customer=customer),
        "approaches": [(one, face) for one, face in zip(standing, _faces(standing), strict=True)],
    }


def project_page(project: Project, reader: Person) -> dict[str, Any]:
    customer = Customer.objects.visible_to(reader).filter(pk=project.customer_id or 0).first()
    return {**subject_page(project, reader), "customer": customer}


def lived_lines(rows: list[Acquaintance], reader: Person) -> list[LivedLine]:
    faces = faces_of(row.person for row in rows)
    return [LivedLine(row, faces[row.person_id], row.person_id == reader.pk, language_of(row.text)) for row in rows]


def _faces(approaches: list[Approach]) -> list[Face]:
    faces = faces_of(approach.person for approach in approaches)
    return [faces[approach.person_id] for approach in approaches]

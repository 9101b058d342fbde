"""Customers, projects, what was lived with them and approaches, as lines of the open format (`docs/open-format.md`)."""

from traff.doors.registers.reading import Record
from traff.doors.registers.rows import AcquaintanceRow, ApproachRow, CustomerRow, ProjectRow, Row

LIVED = ("sold", "delivered", "serviced", "worked", "dispute", "other")
REACH = ("named", "unnamed", "none")
ALIAS = 120  # characters of a name


def customer(record: Record) -> Row:
    return CustomerRow(
        where=record.where,
        id=record.id(),
        name=record.line("name", is_needed=True, limit=ALIAS),
        aliases=aliases(record),
        sector=record.line("sector", limit=80),
        place=record.line("place", limit=120),
        parent=record.text("parent"),
        url=record.address("url"),
        is_walled=record.flag("is_walled", otherwise=False),
        inside=record.texts("inside"),
    )


def project(record: Record) -> Row:
    return ProjectRow(
        where=record.where,
        id=record.id(),
        name=record.line("name", is_needed=True, limit=ALIAS),
        aliases=aliases(record),
        customer=record.text("customer"),
        url=record.address("url"),
        began=record.day("began"),
        ended=record.day("ended"),
    )


def acquaintance(record: Record) -> Row:
    person, of_customer, of_project = record.id("person"), record.text("customer"), record.text("project")
    if bool(of_customer) == bool(of_project):
        raise record.rejected("names a customer or a project: exactly one of the two is needed")
    lived, since, until = record.choice("kind", LIVED, otherwise="other"), year(record, "since"), year(record, "until")
    if not since or (until and until < since):
        raise record.rejected("“since” is a year, and “until” (if it is over) one that is not before it")
    return AcquaintanceRow(
        where=record.where,
        id=f"{of_customer or of_project} ← {person} {lived} {since}"[:200],
        person=person,
        customer=of_customer,
        project=of_project,
        lived=lived,
        since=since,
        until=until,
        text=record.text("text", limit=500),
        group=record.text("group"),
        reach=record.choice("reach", REACH, otherwise="named"),
        asks_first=record.flag("asks_first", otherwise=False),
    )


def approach(record: Record) -> Row:
    return ApproachRow(
        where=record.where,
        id=record.id(),
        person=record.id("person"),
        customer=record.id("customer"),
        text=record.text("text", is_needed=True, limit=1000),
        at=record.time("at"),
        meets_on=record.day("meets_on"),
        group=record.text("group"),
    )


def aliases(record: Record) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in record.texts("aliases") if len(name) <= ALIAS)


def year(record: Record, name: str) -> int:
    """A year; 0 when absent."""
    said = record.text(name, limit=4)
    if said and not (said.isascii() and said.isdecimal() and 1900 <= int(said) <= 2100):
        raise record.rejected("is no year; expected like 2021", name)
    return int(said) if said else 0

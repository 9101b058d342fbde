"""How days and clocks are said: as a Swede and an Englishman write them, in one place for all pages."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from traff.ground.core import dates

SOURCE = Path("src/traff")
FRIDAY = datetime(2026, 11, 27, 9, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
FOR_MACHINES = {"c", "Y-m-d"}


@pytest.mark.parametrize(
    ("shape", "english", "swedish"),
    [
        ("short", "27 Nov", "27 nov"),
        ("short_year", "27 Nov 2026", "27 nov 2026"),
        ("day", "27 November", "27 november"),
        ("date", "27 November 2026", "27 november 2026"),
        ("weekday", "Friday 27 November", "fredag 27 november"),
        ("weekday_year", "Friday 27 November 2026", "fredag 27 november 2026"),
        ("month", "November", "november"),
        ("month_year", "November 2026", "november 2026"),
    ],
)
def test_a_day_is_said_in_the_singular_and_in_small_letters(shape: str, english: str, swedish: str) -> None:
    with translation.override("en"):
        assert dates.said(FRIDAY, shape) == english
    with translation.override("sv"):
        assert dates.said(FRIDAY, shape) == swedish


def test_one_way_to_write_a_clock() -> None:
    with translation.override("en"):
        assert dates.with_clock(FRIDAY, "weekday") == "Friday 27 November, 09:30"
    with translation.override("sv"):
        assert dates.with_clock(FRIDAY, "weekday") == "fredag 27 november kl. 09:30"


def test_a_page_says_a_day_in_its_readers_zone() -> None:
    late = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    with translation.override("sv"):
        drawn = Template('{{ at|said:"weekday" }} {{ at|said:"clock" }} {{ on|said:"short" }}{{ none|said:"short" }}')
        assert drawn.render(Context({"at": late, "on": date(2027, 5, 3), "none": None})) == "fredag 27 november 00:30 3 maj"


def test_no_template_says_a_day_by_django() -> None:
    """Whose Swedish has weekdays in the plural and months with capitals."""
    found = [
        f"{path}: {said}"
        for path in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]
        for said in re.findall(r"\|\s*(?:date|time)\b(?::[^\s|}%]+)?", path.read_text())
        + re.findall(r"{%\s*now\b", path.read_text())
        if said.partition(":")[2].strip("\"'") not in FOR_MACHINES
    ]
    assert found == []


def test_no_code_says_a_day_by_django_or_the_machine() -> None:
    found = [
        f"{path}: {said}"
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts and path.name != "dates.py"
        for said in re.findall(r"\bdate_format\(|\btime_format\(|strftime\([^)]*%[aAbB]|:%[aAbB] ", path.read_text())
    ]
    assert found == []

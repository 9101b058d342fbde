"""How days and clocks are said, in the language of the page. The one place: Django's own formats write Swedish weekdays in
the plural and its months with capitals, so pages use `{{ at|said:"weekday" }}` and code uses these functions.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language, gettext

SHAPES: Final = {
    "short": "d MMM",  # 4 Feb · 4 feb
    "short_year": "d MMM y",  # 4 Feb 2027
    "day": "d MMMM",  # 4 February · 4 februari
    "date": "d MMMM y",  # 4 February 2027
    "weekday": "EEEE d MMMM",  # Thursday 4 February · torsdag 4 februari
    "weekday_year": "EEEE d MMMM y",
    "month": "LLLL",  # February · februari
    "month_year": "LLLL y",  # February 2027
}


def said(on: date, shape: str = "date") -> str:
    """A day; of an aware datetime the day in its own zone."""
    # Swedish shortens months with a point; among words and figures it only disturbs
    return format_date(on, SHAPES[shape], locale=_locale(get_language() or "en")).replace(".", "")


def clock(at: datetime) -> str:
    """Hours and minutes in the zone the datetime itself carries: "09:30"."""
    return f"{at:%H:%M}"


def with_clock(at: datetime, shape: str = "date") -> str:
    # Translators: a day and a clock: "Thursday 27 November, 09:30"
    return gettext("%(day)s, %(clock)s") % {"day": said(at, shape), "clock": clock(at)}


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")

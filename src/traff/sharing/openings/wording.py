"""Openings and wishes in words, as pages and mail say them."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traff.community.people.languages import names_of
from traff.ground.core import dates
from traff.sharing.openings.models import Extent, Opening, Wish


def extent_in_words(opening: Opening) -> str:
    """ "two hours a week", "a full role", "half time, 20 hours a week"."""
    word = str(Extent(opening.extent).label)
    if not opening.hours or opening.extent in {Extent.SWAP, Extent.FULL}:
        return word
    hours = ngettext("%(n)d hour a week", "%(n)d hours a week", opening.hours) % {"n": opening.hours}
    return hours if opening.extent == Extent.HOURS else f"{word}, {hours}"


def period_in_words(opening: Opening) -> str:
    """ "1 Feb to 30 June 2027"; "" when nothing is said."""
    begins, ends = opening.starts_on, opening.ends_on
    if begins and ends:
        return _("%(begins)s to %(ends)s") % {"begins": day(begins), "ends": day(ends)}
    if begins:
        return _("from %(begins)s") % {"begins": day(begins)}
    return _("until %(ends)s") % {"ends": day(ends)} if ends else ""


def where_in_words(opening: Opening) -> str:
    """ "Kiruna", "anywhere", "Kiruna or anywhere"."""
    if opening.place and opening.is_remote:
        return _("%(place)s, or from anywhere") % {"place": opening.place}
    return str(opening.place) if opening.place else _("from anywhere") if opening.is_remote else ""


def languages_in_words(opening: Opening) -> str:
    return ", ".join(names_of(opening.languages))


def wish_in_words(wish: Wish) -> str:
    """What was wished for, a part after the other."""
    where = [str(wish.place)] if wish.place else []
    where += [_("from anywhere")] if wish.is_remote else []
    parts = [
        *([f"“{wish.words}”"] if wish.words else []),
        *([str(wish.topic)] if wish.topic else []),
        *(str(Extent(extent).label) for extent in wish.extents),
        *where,
    ]
    return ", ".join(parts)


def day(on: date) -> str:
    return dates.said(on, "short_year")

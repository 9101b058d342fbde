"""The list of openings, a page at a time."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from traff.ground.accounts.models import Person
from traff.sharing.openings.cards import cards
from traff.sharing.openings.forms import NarrowingForm
from traff.sharing.openings.models import Opening
from traff.sharing.openings.reach import reaching

SIZE = 30


def openings_page(reader: Person, asked: QueryDict) -> dict[str, Any]:
    """`tab=reaching`: those that reach the reader by a rule; else all they may read."""
    is_reaching = asked.get("tab") == "reaching"
    form = NarrowingForm(asked)
    narrowed = {} if is_reaching else form.filters()
    values: dict[str, Any] = {
        "form": form,
        "is_reaching": is_reaching,
        "is_narrowed": bool(narrowed),
        "may_publish": not reader.is_guest,
        "tabs": [
            {"word": pgettext("openings", "All"), "url": "?", "is_here": not is_reaching},
            {"word": _("Reaching me"), "url": "?tab=reaching", "is_here": is_reaching},
        ],
    }
    if is_reaching:
        return {**values, "cards": cards(reaching(reader, most=SIZE))}
    page = int(text) if (text := asked.get("page", "")).isdecimal() and len(text) < 5 else 1
    first = (max(page, 1) - 1) * SIZE
    found = Opening.objects.visible_to(reader).standing(timezone.localdate()).filter(**narrowed).newest_first().with_beside()
    shown = list(found[first : first + SIZE + 1])
    chosen = {name: value for name in form.fields if (value := asked.get(name))}
    older = f"?{urlencode({**chosen, 'page': page + 1})}" if len(shown) > SIZE else ""
    newer = f"?{urlencode({**chosen, 'page': page - 1})}" if page > 1 else ""
    return {**values, "cards": cards(shown[:SIZE]), "older_url": older, "newer_url": newer}

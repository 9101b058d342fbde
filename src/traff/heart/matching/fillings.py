"""What the heart puts on the pages of lower rooms."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from traff.community.people.faces import own_face
from traff.ground.access.reading import once
from traff.ground.accounts.models import Person
from traff.ground.core.markup import clean, to_text
from traff.ground.core.prepared import first, prepared
from traff.heart.matching.interest import Distance, Leaning
from traff.heart.matching.interest_page import shown_to
from traff.heart.matching.listens import listens_of
from traff.heart.matching.models import Suggestion
from traff.heart.matching.reuse import Panel, panel_for
from traff.heart.matching.suggest import is_due, standing_for

WRITTEN = ("body", "situation", "approach", "outcome", "reuse", "text")  # the composer's fields


def home(context: dict[str, Any]) -> str:
    """`home.traffar`: one to three cards."""
    request = context["request"]
    if request.user.is_guest:
        return ""
    values = {"me": own_face(request.user), "meetings": standing_for(request.user), "is_due": is_due(request.user)}
    if values["meetings"]:
        values |= dial_of(request.user)
    return render_to_string("matching/traffar_slot.html", values, request)


def dial_of(person: Person) -> dict[str, Any]:
    """The dial as it stands."""
    return {"distance": Leaning.of(person).step(), "distances": list(Distance)}


def mine(context: dict[str, Any]) -> str:
    """`own_data`: interests, the dial, what was shown."""
    request = context["request"]
    if request.user.is_guest:
        return ""
    values = {"shown": shown_to(request.user), "kept": settings.TRAFF_EXPOSURES_KEPT, **dial_of(request.user)}
    return render_to_string("matching/mine.html", values, request)


def composer(context: dict[str, Any]) -> str:
    """`composer.panel`: others have been here; filled as one types, and at once for what was written before."""
    request = context["request"]
    if context.get("post") is not None:
        return ""
    values = {"me": own_face(request.user), "panel": _panel_of(context)}
    return render_to_string("matching/composer_panel.html", values, request)


def told(context: dict[str, Any]) -> str:
    """`composer.told`: beneath the words, that there is something further down where the panel does not stand beside them."""
    if context.get("post") is not None:
        return ""
    return render_to_string("matching/panel_told.html", {"panel": _panel_of(context)})


def _panel_of(context: dict[str, Any]) -> Panel:
    person, form = context["request"].user, context.get("form")
    if form is None or not context["sheet"].is_begun:
        return Panel()
    title, text = _words_of(form)
    return once(("panel", person.pk, title, text), lambda: panel_for(person, title, text))


def others(context: dict[str, Any]) -> str:
    """`post.aside`: others have been here; a ranking, so it is fetched beside the page."""
    return _later(reverse("beside", args=[context["post"].pk]), _("Others have been here"))


def knowers(context: dict[str, Any]) -> str:
    """`search.aside`: who knows about this; likewise."""
    return _later(f"{reverse('knowers')}?{urlencode({'q': context['query']})}", _("Who knows about this"))


def _later(url: str, word: str) -> str:
    return render_to_string("matching/later.html", {"url": url, "word": word})


def keep_listening(context: dict[str, Any]) -> str:
    """`search.beneath`: a search without good hits can go on by itself."""
    request = context["request"]
    if request.user.is_guest or context.get("impersonated") or context["is_met"]:
        return ""
    return render_to_string("matching/keep_listening.html", {"words": context["words"]}, request)


def own_listening(context: dict[str, Any]) -> str:
    """`own_data`: what one listens for."""
    request = context["request"]
    if request.user.is_guest:
        return ""
    return render_to_string("matching/own_listening.html", {"listens": listens_of(request.user)}, request)


def has_met_somebody(person: Person) -> bool:
    """Whether a newcomer has answered for a träff; that it was shown is not enough."""
    return first(_answered(person)) is not None


@prepared
def _answered(person: Person) -> QuerySet[Suggestion]:
    mine = Suggestion.objects.unrestricted("one's own").filter(receiver=person)
    found: QuerySet[Suggestion] = mine.exclude(answer="", put_off_until=None)[:1]
    return found


def _words_of(form: Any) -> tuple[str, str]:
    """Title and plain text of a form, as they stand in it."""
    values = {name: form[name].value() for name in ("title", *WRITTEN) if name in form.fields}
    texts = [
        to_text(value.html() if hasattr(value, "html") else clean(value or ""))
        for name, value in values.items()
        if name != "title"
    ]
    return str(values.get("title") or ""), "\n".join(text for text in texts if text)

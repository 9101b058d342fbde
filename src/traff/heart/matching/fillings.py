"""What the heart puts on the pages of lower rooms."""

from typing import Any

from django.template.loader import render_to_string

from traff.community.people.faces import face_of
from traff.ground.core.markup import clean, to_text
from traff.ground.search.models import Entry
from traff.heart.matching.reuse import Panel, beside, panel_for
from traff.heart.matching.suggest import is_due, standing_for

WRITTEN = ("body", "situation", "approach", "outcome", "reuse", "text")  # the composer's fields


def home(context: dict[str, Any]) -> str:
    """`home.traffar`: one to three cards."""
    request = context["request"]
    if request.user.is_guest:
        return ""
    values = {"me": face_of(request.user), "meetings": standing_for(request.user), "is_due": is_due(request.user)}
    return render_to_string("matching/traffar_slot.html", values, request)


def composer(context: dict[str, Any]) -> str:
    """`composer.panel`: others have been here; filled as one types, and at once for what was written before."""
    request, form = context["request"], context.get("form")
    if context.get("post") is not None:
        return ""
    found = panel_for(request.user, *_words_of(form)) if form is not None and context["sheet"].is_begun else Panel()
    values = {"me": face_of(request.user), "offers": found.offers, "experts": found.experts}
    return render_to_string("matching/composer_panel.html", values, request)


def others(context: dict[str, Any]) -> str:
    """`post.aside`: others have been here."""
    request, post = context["request"], context["post"]
    entry = Entry.objects.visible_to(request.user).filter(kind="post", subject_id=post.pk).first()
    offers = beside(request.user, entry) if entry else []
    return render_to_string("matching/beside.html", {"offers": offers}, request)


def _words_of(form: Any) -> tuple[str, str]:
    """Title and plain text of a form, as they stand in it."""
    values = {name: form[name].value() for name in ("title", *WRITTEN) if name in form.fields}
    texts = [
        to_text(value.html() if hasattr(value, "html") else clean(value or ""))
        for name, value in values.items()
        if name != "title"
    ]
    return str(values.get("title") or ""), "\n".join(text for text in texts if text)

"""The forms one writes in: a post of any kind, and a reply. What they refuse they say clearly, and keep."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from traff.sharing.content.forms.audience import Place, Places
from traff.sharing.content.forms.beside import RICH, Writing
from traff.sharing.content.forms.line import OneLine
from traff.sharing.content.forms.people import called, names_in
from traff.sharing.content.forms.rich import RichField, RichText, Typed
from traff.sharing.content.models import Case, Kind, Post, Reply
from traff.sharing.content.models.post import TITLED

MOST_TOPICS, LONGEST_TOPIC = 12, 80
LANGUAGES = [
    ("", _("found in the text")),
    *settings.LANGUAGES,
    ("no", _("Norwegian")),
    ("da", _("Danish")),
    ("fi", _("Finnish")),
    ("de", _("German")),
]
ASKED = {
    Kind.UPDATE: _("What are you working on, or wondering about?"),
    Kind.QUESTION: _("What do you want to know?"),
    Kind.CASE: _("What have you done that others could build on?"),
    Kind.IDEA: _("What could we try?"),
    Kind.ARTICLE: _("What do you want to tell?"),
}

MISSING = {
    "title": _("Give it a title, so that others can find it."),
    "reuse": _("What could others reuse? A sentence is enough."),
    "body": _("There is nothing to read here yet."),
}
NEEDED = {
    Kind.UPDATE: ("body",),
    Kind.QUESTION: ("title",),
    Kind.CASE: ("title", "reuse"),
    Kind.IDEA: ("title",),
    Kind.ARTICLE: ("title", "body"),
}
NOWHERE = _("You cannot write there. Choose where it is to be read.")


class PostForm(Writing):
    """A post of one kind. `subject` is the post that is edited; else it is a new one."""

    title = forms.CharField(label=_("Title"), max_length=300, required=False, widget=OneLine())
    body = RichField(label=_("Text"), required=False)
    situation = RichField(label=_("The situation"), required=False)
    approach = RichField(label=_("What we tried"), required=False)
    outcome = RichField(label=_("How it went"), required=False)
    reuse = RichField(label=_("What others could reuse"), required=False)
    topics = forms.CharField(
        label=_("Topics"), required=False, help_text=_("With commas between. #words in the text count too."), max_length=1000
    )
    coauthors = forms.CharField(label=_("Written together with"), required=False, max_length=2000)
    audience = forms.ChoiceField(label=_("Seen by"), required=False, error_messages={"invalid_choice": NOWHERE})
    language = forms.ChoiceField(label=_("Language of the text"), required=False, choices=LANGUAGES)

    def __init__(self, *args: Any, kind: str, subject: Post | None = None, made_from: Post | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind, self.subject = Kind(kind), subject
        self.places = Places(self.person, made_from=made_from, of=subject)
        self.fields["audience"].choices = self.places.choices()  # type: ignore[attr-defined]
        if subject is not None:
            self._start_from(subject)
        for name in self._unused():
            del self.fields[name]
        self._name_fields()

    def _start_from(self, subject: Post) -> None:
        stored = {"body": subject.body, **(subject.case.texts() if self.kind == Kind.CASE else {})}
        for name, html in stored.items():
            self.fields[name].stored = html  # type: ignore[attr-defined]

    def _unused(self) -> list[str]:
        unused = [] if self.kind in TITLED else ["title"]
        unused += [] if self.kind == Kind.CASE else list(Case.FIELDS)
        typed = self.fields["body"].widget.value_from_datadict(self.data, None, "body") or self.initial.get("body")
        if self.kind == Kind.CASE and not (typed and str(getattr(typed, "text", typed)).strip()):
            unused.append("body")
        return unused + (["audience", "coauthors"] if self.subject is not None else [])

    def _name_fields(self) -> None:
        """What each kind calls its fields, and the one it cannot do without."""
        if self.kind == Kind.QUESTION:
            self.fields["title"].label, self.fields["body"].label = _("Your question"), _("More about it")
        if self.kind == Kind.IDEA:
            self.fields["title"].label, self.fields["body"].label = _("The idea in a sentence"), _("More about it")
        if self.kind == Kind.UPDATE and self.subject is None:
            self.fields["body"].label = ASKED[Kind.UPDATE]
        for name in NEEDED[self.kind]:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = MISSING[name]

    def rich(self) -> list[forms.BoundField]:
        """The fields of text, in the order one reads them."""
        return [self[name] for name in RICH if name in self.fields]

    def clean_topics(self) -> list[str]:
        names = [name.strip().lstrip("#").strip() for name in re.split(r",|\n|\s(?=#)", self.cleaned_data["topics"])]
        names = [name for name in dict.fromkeys(names) if any(map(str.isalnum, name))]
        if len(names) > MOST_TOPICS:
            raise ValidationError(_("At most twelve topics: choose those that somebody would look for."))
        if any(len(name) > LONGEST_TOPIC for name in names):
            raise ValidationError(_("A topic is a word or two. Is there a comma missing?"))
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        place = self.places.find(cleaned.get("audience", "")) if "audience" in self.fields else None
        if "audience" in self.fields and place is None and "audience" not in self.errors:
            self.add_error("audience", NOWHERE)
        cleaned["place"] = place
        if place is not None or self.subject is not None:
            self.name_colleagues(cleaned, self.subject.audience if self.subject else place.audience)  # type: ignore[union-attr]
        if place is not None and cleaned.get("coauthors"):
            try:
                cleaned["authors"] = called(names_in(cleaned["coauthors"]), place.audience)
            except ValidationError as trouble:
                self.add_error("coauthors", trouble)
        return cleaned

    def place_at_hand(self) -> Place | None:
        """The chosen place, or the first there is."""
        chosen = self["audience"].value() if "audience" in self.fields else None
        return self.places.find(chosen or "") or next(iter(self.places.all), None)


class ReplyForm(Writing):
    """An answer in a thread, or an edit of one (`subject`)."""

    body = RichField(label=_("Your reply"), error_messages={"required": _("There is nothing to read here yet.")})

    def __init__(self, *args: Any, thread: Post, subject: Reply | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.thread, self.subject = thread, subject
        if subject is not None:
            self.fields["body"].stored = subject.body  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.name_colleagues(cleaned, self.thread.audience)
        return cleaned


def initial_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's fields as a form starts from them."""
    rich = {name: Typed(str(fields[name]), str(fields.get(f"{name}_format") or "markdown")) for name in RICH if name in fields}
    return {**fields, **rich}


__all__ = ["ASKED", "RICH", "PostForm", "ReplyForm", "RichText", "initial_of"]

"""What every form one writes in has beside its words: colleagues named in them, files, and what each picture shows."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traff.ground.access.models import Audience
from traff.ground.files.models import File
from traff.sharing.content import attachments, mentions
from traff.sharing.content.models import Case, Post, Reply
from traff.sharing.content.models.draft import number

RICH = ("body", *Case.FIELDS)
UNREAD = _("%(names)s cannot read this here. Choose other readers, or send it once more as it is.")
UNSAID = _("Say in a few words what the picture shows, for those who cannot see it, or mark it as decoration.")


class Writing(forms.Form):
    """What every form one writes in has: colleagues named in the text, and files beside it, each picture with its words."""

    subject: Post | Reply | None = None
    unread = ""  # handles of whom the writer has been told that they cannot read it

    def __init__(self, *args: Any, person: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.person = person

    def file_ids(self) -> list[int]:
        source: Any = self.data or self.initial
        given = source.getlist("files") if hasattr(source, "getlist") else source.get("files", [])
        return [pk for pk in map(number, given) if pk]

    def files_at_hand(self) -> list[File]:
        """With the words typed for each picture."""
        found = attachments.at_hand(self.file_ids(), self.person, self.subject)
        for file in found:
            file.alt = self.alts().get(file.pk, file.alt)
            hangs = self.subject is not None and file.subject_id == self.subject.pk
            file.is_decoration = file.pk in self.decorations() or (hangs and not file.alt)  # type: ignore[attr-defined]
        return found

    def alts(self) -> dict[int, str]:
        return {pk: str(words) for pk, words in self._by_file("alt")}

    def decorations(self) -> set[int]:
        """Pictures that say nothing, as their writer told."""
        return {pk for pk, ticked in self._by_file("decoration") if ticked}

    def _by_file(self, name: str) -> Iterator[tuple[int, Any]]:
        source: Mapping[str, Any] = self.data or self.initial
        for key in source:
            if found := re.fullmatch(rf"{name}_(\d{{1,9}})", key, re.ASCII):
                yield int(found[1]), source[key]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["files"] = self.files_at_hand()
        if {file.pk for file in cleaned["files"]} != set(self.file_ids()):
            self.add_error(None, attachments.missing())
        if any(file.is_picture and not file.alt.strip() and not file.is_decoration for file in cleaned["files"]):
            self.add_error(None, UNSAID)
        for name in cleaned.keys() & set(RICH):
            cleaned[name] = attachments.told(cleaned[name], cleaned["files"])
        return cleaned

    def name_colleagues(self, cleaned: dict[str, Any], audience: Audience) -> None:
        """Typed @handles become links; who is named and cannot read it is said once, before anything is sent."""
        rich = cleaned.keys() & set(RICH)
        for name in rich:
            cleaned[name] = mentions.linked(cleaned[name], audience, by=self.person)
        left_out = mentions.unread_by((cleaned[name] for name in rich), audience)
        typed = [word for name in rich for word in mentions.typed_in(cleaned[name])]
        left_out.update(mentions.typed_unread(typed, audience, by=self.person))
        if set(left_out) - set(str(self.data.get("unread", "")).lower().split()):
            self.add_error(None, UNREAD % {"names": ", ".join(left_out.values())})
        self.unread = " ".join(left_out)

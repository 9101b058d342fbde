from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person


class NamesForm(forms.Form):
    """What a topic is called, in either language, and how else it is spelled."""

    name_sv = forms.CharField(label=_("In Swedish"), max_length=80, required=False)
    name = forms.CharField(label=_("In English"), max_length=80, required=False)
    aliases = forms.CharField(
        label=_("Other words for it"),
        max_length=1000,
        required=False,
        help_text=_("Abbreviations and other spellings, with commas between. Whoever writes one of them means this topic."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("name", "").strip(" #") or cleaned.get("name_sv", "").strip(" #")):
            raise ValidationError(_("Give it a name, in Swedish or in English."))
        cleaned["aliases"] = cleaned.get("aliases", "").split(",")
        return cleaned


class MergeForm(forms.Form):
    into = forms.CharField(label=_("Merge it into"), max_length=80, help_text=_("The name of the topic that stays."))

    def __init__(self, *args: Any, topic: Topic, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic, self.reader = topic, reader

    def clean_into(self) -> Topic:
        found = Topic.objects.visible_to(self.reader).shown().called(self.cleaned_data["into"].lstrip("# "))
        if found is None or found.pk == self.topic.pk:
            raise ValidationError(_("There is no other topic of that name."))
        return found

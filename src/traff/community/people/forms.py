from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.community.people import languages
from traff.community.people.availability import end_of_week
from traff.community.people.models import Level, Profile
from traff.community.people.photos import LARGEST, TOO_LARGE, portrait
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Place, Unit

MOST_TOPICS = 20


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Units with their depth shown, so that the tree can be read in a list."""

    def label_from_instance(self, obj: Unit) -> str:
        return "\u2003" * (len(obj.path) - 1) + str(obj)


class DirectoryForm(forms.Form):
    """What one knows of the person one looks for."""

    q = forms.CharField(label=_("Name or title"), required=False, max_length=100)
    unit = UnitField(label=_("Unit"), queryset=Unit.objects.order_by("path"), required=False, empty_label=_("All units"))
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.all(), required=False, empty_label=_("All places"))
    topic = forms.CharField(label=_("Topic they know"), required=False, max_length=80)
    language = forms.ChoiceField(label=_("Speaks"), required=False)

    def __init__(self, *args: Any, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.fields["q"].widget.attrs.update({"type": "search", "autocomplete": "off", "placeholder": _("Name or title")})
        language: Any = self.fields["language"]
        language.choices = [("", _("All languages")), *languages.choices()]

    def clean_topic(self) -> Topic | None:
        words = self.cleaned_data["topic"].lstrip("#").strip()
        topic = Topic.objects.visible_to(self.reader).shown().called(words) if words else None
        if words and (topic is None or topic.is_sensitive):
            raise ValidationError(_("Nobody has named this topic. Try another word for it."))
        return topic

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in ("unit", "place", "topic", "language"))

    @property
    def in_address(self) -> dict[str, str]:
        """What is chosen, as it stands in the address."""
        return {name: value for name in self.fields if (value := str(self.data.get(name, "")).strip())}


class KnowingForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a newcomer is asked first."""

    topic_names = forms.CharField(
        label=_("Topics I know"),
        required=False,
        max_length=1000,
        help_text=_("What colleagues may ask you about, with commas between. Choose words others would search for."),
    )

    class Meta:
        model = Profile
        fields: ClassVar[tuple[str, ...]] = ("about",)
        labels: ClassVar[dict[str, Any]] = {"about": _("What have you done that others could reuse?")}
        widgets: ClassVar[dict[str, Any]] = {"about": forms.Textarea(attrs={"rows": 5})}
        help_texts: ClassVar[dict[str, Any]] = {
            "about": _("A few lines: a leak you stopped, a sheet you made, a way to receive newcomers. Here or before you came.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["topic_names"] = ", ".join(str(topic) for topic in self.instance.topics.by_name())

    def clean_topic_names(self) -> list[str]:
        names = [name.lstrip("#").strip()[:80] for name in self.cleaned_data["topic_names"].split(",")]
        named = list(dict.fromkeys(name for name in names if name))
        if len(named) > MOST_TOPICS:
            raise ValidationError(_("Choose at most %(most)d topics, those you know best.") % {"most": MOST_TOPICS})
        return named

    def save(self, commit: bool = True) -> Profile:
        profile: Profile = super().save(commit=False)
        profile.tell(topics=[Topic.objects.named(name) for name in self.cleaned_data["topic_names"]])
        return profile


class ProfileForm(KnowingForm):
    """All that a person says of themselves."""

    picture = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("A square of it is kept. Where and when it was taken is removed."),
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "data-largest": LARGEST, "data-too-large": TOO_LARGE}
        ),
    )
    without_photo = forms.BooleanField(label=_("Remove the photo"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages I speak"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
    )
    is_full = forms.BooleanField(
        label=_("Full this week"),
        required=False,
        help_text=_("Until Sunday no unanswered question is shown to you, and colleagues see that you have enough to do."),
    )

    class Meta:
        model = Profile
        fields = ("title", "about", "about_level", "phone", "phone_level", "languages", "away_until")
        widgets = {
            "about": forms.Textarea(attrs={"rows": 6}),
            "away_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {
            "about": _("What you work with, what you have been through, what you like to be asked about."),
            "away_until": _(
                "That day included. Colleagues see it, and nobody is led to you meanwhile. Leave it empty when you are here."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticked: Any = self.fields["languages"]
        ticked.choices = languages.choices(self.instance.languages)
        for name in ("about_level", "phone_level"):
            self.fields[name].label = _("Shown to")
            level: Any = self.fields[name]
            level.choices = Level.choices
        self.initial["is_full"] = bool(self.instance.full_until and self.instance.full_until >= timezone.localdate())
        if self.instance.person.is_protected:
            del self.fields["picture"], self.fields["without_photo"]

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        return portrait(upload) if upload else None

    def save(self, commit: bool = True) -> Profile:
        """Keep it all; the photo is changed when another came or it was taken away."""
        picture = self.cleaned_data.get("picture")
        if picture or self.cleaned_data.get("without_photo"):
            self.instance.show_face(picture)
        self.instance.full_until = end_of_week(timezone.localdate()) if self.cleaned_data["is_full"] else None
        return super().save(commit)

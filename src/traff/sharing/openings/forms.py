from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from traff.community.groups.models import Group
from traff.community.people import languages
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Place
from traff.sharing.content.forms.audience import Places
from traff.sharing.openings.models import Ask, Extent, Opening

MOST_TOPICS = 10
EXTENTS = [(value, capfirst(label)) for value, label in Extent.choices]
USUAL, LONGEST = timedelta(days=42), timedelta(days=366)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class OpeningForm(forms.Form):
    """Everything that one offers, in the order in which one would tell it."""

    title = forms.CharField(label=_("Title"), max_length=140, help_text=_("As you would say it to somebody in the corridor."))
    building = forms.CharField(label=_("What we are building"), max_length=4000, widget=rows(4))
    help_needed = forms.CharField(label=_("What we need a hand with"), max_length=4000, widget=rows(4))
    extent = forms.ChoiceField(label=_("How much"), choices=EXTENTS, widget=forms.RadioSelect)
    hours = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=40, required=False)
    learns = forms.CharField(label=_("What you will learn"), max_length=2000, widget=rows(3), required=False)
    starts_on = forms.DateField(label=_("From"), widget=DayInput(), required=False)
    ends_on = forms.DateField(label=_("Until"), widget=DayInput(), required=False)
    place = forms.ModelChoiceField(
        label=_("Place"), queryset=Place.objects.all(), required=False, empty_label=_("No special place")
    )
    is_remote = forms.BooleanField(label=_("Can be done from anywhere"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages one manages with"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
    )
    topics = forms.CharField(
        label=_("Topics"),
        required=False,
        max_length=500,
        help_text=_("With commas between. Whoever follows one of them meets the opening."),
    )
    contact = forms.CharField(
        label=_("Whom to ask, beside you"), required=False, max_length=200, help_text=_("A name, perhaps with a phone number.")
    )
    closes_on = forms.DateField(
        label=_("Closes after"), widget=DayInput(), help_text=_("Then it closes by itself, and you are asked how it went.")
    )
    where = forms.ChoiceField(label=_("Who reads it"), required=False)

    def __init__(self, *args: Any, by: Person, opening: Opening | None = None, group: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.opening, self.places = by, opening, Places(by)
        ticked: Any = self.fields["languages"]
        ticked.choices = languages.choices(opening.languages if opening else ())
        if opening is None:
            where: Any = self.fields["where"]
            where.choices = [(slug, str(words).capitalize()) for slug, words in self.places.choices()]
            self.initial.setdefault("where", group)
            self.initial.setdefault("closes_on", timezone.localdate() + USUAL)
        else:
            del self.fields["where"]
            stands = {name: getattr(opening, name) for name in Opening.FIELDS}
            self.initial = {**stands, "topics": ", ".join(str(topic) for topic in opening.topics.by_name()), **self.initial}

    def clean_topics(self) -> list[str]:
        names = [name.strip().lstrip("#").strip()[:80] for name in self.cleaned_data["topics"].split(",")]
        named = list(dict.fromkeys(name for name in names if name))
        if len(named) > MOST_TOPICS:
            raise ValidationError(_("Choose at most %(most)d topics.") % {"most": MOST_TOPICS})
        return named

    def clean_closes_on(self) -> Any:
        last = self.cleaned_data["closes_on"]
        today = timezone.localdate()
        if last < today and not (self.opening and last == self.opening.closes_on):
            raise ValidationError(_("That day has passed. Choose a later one."))
        if last > today + LONGEST:
            raise ValidationError(_("Choose a day within a year; you can move it later."))
        return last

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", _("It ends before it begins."))
        return said

    @property
    def group(self) -> Group | None:
        chosen = self.places.find(self.cleaned_data.get("where", ""))
        return chosen.group if chosen else None

    def publish(self) -> Opening:
        said = {name: value for name, value in self.cleaned_data.items() if name != "where"}
        if self.opening is None:
            return Opening.publish(by=self.by, group=self.group, **said)
        self.opening.edit(by=self.by, **said)
        return self.opening


class NarrowingForm(forms.Form):
    """What the list is narrowed by; it stands in the address and nowhere else."""

    extent = forms.ChoiceField(label=_("How much"), required=False, choices=[("", _("Any extent")), *EXTENTS])
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.all(), required=False, empty_label=_("All places"))
    remote = forms.BooleanField(label=_("Can be done from anywhere"), required=False)

    def filters(self) -> dict[str, Any]:
        chosen = self.cleaned_data if self.is_valid() else {}
        wanted = {"extent": chosen.get("extent"), "place": chosen.get("place"), "is_remote": chosen.get("remote")}
        return {name: value for name, value in wanted.items() if value}


class WishForm(forms.Form):
    """What one wishes for."""

    words = forms.CharField(
        label=_("Words"), required=False, max_length=100, help_text=_("Each of them must appear in the opening.")
    )
    topic = forms.CharField(label=_("Topic"), required=False, max_length=80)
    extents = forms.MultipleChoiceField(
        label=_("How much"), required=False, choices=EXTENTS, widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
    )
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.all(), required=False, empty_label=_("Any place"))
    is_remote = forms.BooleanField(label=_("Can be done from anywhere"), required=False)
    in_mail = forms.BooleanField(
        label=_("Also in the weekly mail"),
        required=False,
        help_text=_("Mail leaves Träff. Whoever can read your mailbox can then guess what you wish for."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_topic(self) -> Topic | None:
        words = self.cleaned_data["topic"].lstrip("#").strip()
        topic = Topic.objects.visible_to(self.by).shown().called(words) if words else None
        if words and topic is None:
            raise ValidationError(_("There is no such topic yet. Write it among the words instead."))
        return topic


class AskForm(forms.Form):
    """A question without a name."""

    text = forms.CharField(label=_("Your question"), max_length=Ask.LONGEST, widget=rows(5))
    says_elsewhere = forms.BooleanField(
        label=_("Say that I work in another unit"),
        required=False,
        help_text=_("It is said only where that hides you among at least five."),
    )


class WordsForm(forms.Form):
    """One more turn of a question."""

    text = forms.CharField(label=_("Your words"), max_length=Ask.LONGEST, widget=rows(3))

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.sharing.content.forms.audience import Places
from traff.sharing.content.forms.people import called, names_in
from traff.sharing.customers.models import Acquaintance, Approach, Introduction, Lived, Tip

ONLY_ME, AS_NOW = "only-me", "as-now"
EARLIEST = 1950
OWN_WORDS = {  # of what one has lived, as one says it oneself
    Lived.SOLD: _("I have sold to them"),
    Lived.DELIVERED: _("I have delivered to them"),
    Lived.SERVICED: _("I have serviced them"),
    Lived.WORKED: _("I have worked there"),
    Lived.DISPUTE: _("I have been through a dispute with them"),
    Lived.OTHER: _("I know them in another way"),
}
NO_PERSONS = _("Name no persons at the customer, and nothing that is their trade secret.")


class AudienceField(forms.ChoiceField):
    """Who reads it, among the places one can write in."""

    def __init__(self, person: Person, *, allows_none: bool = False, now: Audience | None = None, **more: Any) -> None:
        """`now`: who reads it already, which stays a choice also where the person can no longer choose it anew."""
        self.person, self.places, self.allows_none, self.now = person, Places(person), allows_none, now
        only_me = [(ONLY_ME, _("you alone"))] if allows_none else []
        as_now = [(AS_NOW, _("those who read it now"))] if now and self.named(now) == AS_NOW else []
        super().__init__(choices=[*self.places.choices(), *only_me, *as_now], required=False, **more)

    def clean(self, value: Any) -> Audience:
        if value == AS_NOW and self.now:
            return self.now
        if value == ONLY_ME and self.allows_none:
            return Audience.objects.private_to(self.person)
        place = self.places.find(str(value or ""))
        if place is None:
            raise ValidationError(_("Choose one of your groups, or everyone."))
        return place.audience

    def named(self, audience: Audience) -> str:
        """The choice that an audience in hand stands for."""
        if audience.owner_id == self.person.pk and self.allows_none:
            return ONLY_ME
        return next((place.slug for place in self.places.all if place.audience == audience), AS_NOW)


class AcquaintanceForm(forms.ModelForm):  # type: ignore[type-arg]
    """What one has lived through, in under a minute."""

    class Meta:
        model = Acquaintance
        fields = ("kind", "since", "until", "text", "reach", "asks_first")
        labels = {"asks_first": _("Ask me first: I say yes before anything is passed on")}
        help_texts = {
            "until": _("Leave it empty if it still goes on."),
            "text": NO_PERSONS,
            "reach": _(
                "Without your name you are counted among others, and your sentence is shown to nobody before you say yes."
            ),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 2}), "reach": forms.RadioSelect}

    field_order = ("kind", "since", "until", "text", "audience", "reach", "asks_first")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.instance.audience if self.instance.pk else None
        audience = AudienceField(person, allows_none=True, now=now, label=_("Who reads the sentence"))
        self.fields["audience"] = audience
        self.order_fields(self.field_order)
        self.fields["kind"].choices = [("", _("Choose")), *OWN_WORDS.items()]  # type: ignore[attr-defined]
        if now:
            self.initial["audience"] = audience.named(now)
        for name in ("since", "until"):
            self.fields[name].widget.attrs |= {"min": EARLIEST, "max": timezone.localdate().year, "inputmode": "numeric"}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until, now = said.get("since"), said.get("until"), timezone.localdate().year
        for name, year in (("since", since), ("until", until)):
            if year is not None and not EARLIEST <= year <= now:
                self.add_error(name, _("A year between {first} and {last}.").format(first=EARLIEST, last=now))
        if since and until and until < since:
            self.add_error("until", _("It cannot end before it began."))
        return said


class ApproachForm(forms.Form):
    """ "I am about to meet them"."""

    text = forms.CharField(
        label=_("What are you about to do, and what would help?"),
        max_length=Approach.TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_PERSONS,
    )

    meets_on = forms.DateField(
        label=_("When do you meet them?"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Leave it empty if no day is set. When the day is past, colleagues are asked no more."),
    )

    def __init__(self, *args: Any, person: Person, of: Approach | None = None, **kwargs: Any) -> None:
        """`of`: one that stands already, whose readers stay as they are."""
        super().__init__(*args, **kwargs)
        self.stood = of.meets_on if of else None
        self.fields["meets_on"].widget.attrs["min"] = self._earliest().isoformat()
        if of is not None:
            self.initial = {"text": of.text, "meets_on": of.meets_on}
            return
        self.fields["audience"] = AudienceField(
            person,
            label=_("Who may see it"),
            help_text=_(
                "Those of them who know the customer see it on their home page and in the weekly mail. Answering is voluntary."
            ),
        )

    def _earliest(self) -> date:
        return min(timezone.localdate(), self.stood or date.max)

    def clean_meets_on(self) -> date | None:
        on: date | None = self.cleaned_data["meets_on"]
        if on and on < timezone.localdate() and on != self.stood:
            raise ValidationError(_("That day is past. Choose today or later, or leave it empty."))
        return on


class TipForm(forms.Form):
    """One field."""

    text = forms.CharField(label=_("A tip"), max_length=Tip.TEXT, widget=forms.Textarea(attrs={"rows": 2}))


class AskForm(forms.Form):
    """Why one asks."""

    reason = forms.CharField(
        label=_("What do you want to know?"),
        max_length=Introduction.REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It opens your conversation."),
    )


class WallForm(forms.Form):
    """Who stands inside."""

    people = forms.CharField(
        label=_("Who may still know of it"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Names or @handles with commas between. You are included."),
    )
    asks_authors = forms.BooleanField(label=_("Ask the authors of the posts above to look at them"), required=False)
    sure = forms.BooleanField(label=_("I am sure: what has been closed is never opened again"))

    def clean_people(self) -> list[Person]:
        return called(names_in(self.cleaned_data["people"]), Audience.objects.everyone())

"""What one hears of: a row a sort, quiet hours, the weekly mail."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.attention.notifications.models import Choice, Hearing
from traff.ground.accounts.models import Person
from traff.ground.activity import news


class HearingForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Hearing
        fields = ("at_once", "quiet_from", "quiet_until", "quiet_weekends", "weekly", "weekday")
        widgets = {name: forms.TimeInput({"type": "time"}, format="%H:%M") for name in ("quiet_from", "quiet_until")}
        help_texts = {"quiet_weekends": gettext_lazy("Mail waits until quiet hours are over. The weekly mail comes on its day.")}

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, instance=Hearing.of(person))
        self.person, self.sorts = person, news.sorts()
        chosen = {choice.sort: choice for choice in Choice.objects.filter(person=person)}
        for sort in self.sorts:
            choice = chosen.get(sort.key) or Choice(bell=True, mail=sort.at_once)
            named = {"sort": sort.word}
            self.fields[f"bell-{sort.key}"] = forms.BooleanField(
                label=_("As a notification: %(sort)s") % named, initial=choice.bell, required=False
            )
            self.fields[f"mail-{sort.key}"] = forms.BooleanField(
                label=_("By mail at once: %(sort)s") % named, initial=choice.mail, required=False
            )

    def rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """(word, in the bell, by mail) of every sort."""
        for sort in self.sorts:
            yield str(sort.word), self[f"bell-{sort.key}"], self[f"mail-{sort.key}"]

    @transaction.atomic
    def save(self, commit: bool = True) -> Hearing:
        """What is mailed stands in the bell too. A private deed: nobody hears."""
        for sort in self.sorts:
            mail = self.cleaned_data[f"mail-{sort.key}"]
            chosen = {"bell": self.cleaned_data[f"bell-{sort.key}"] or mail, "mail": mail}
            Choice.objects.update_or_create(person=self.person, sort=sort.key, defaults=chosen)
        return super().save(commit)

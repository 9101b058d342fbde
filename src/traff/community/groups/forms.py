from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person


class DescriptionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the group is."""

    class Meta:
        model = Group
        fields = ("name", "purpose", "is_sensitive")
        labels = {"is_sensitive": _("It touches something sensitive: health, faith, union, politics, orientation, origin")}
        help_texts = {
            "purpose": _("One or two sentences: who finds friends here?"),
            "is_sensitive": _("Then it is never a reason for a suggestion, and only members see who is in it."),
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}


class StartForm(DescriptionForm):
    """A new group, in under a minute."""

    door = forms.ChoiceField(
        label=_("Who reads what is written in it"),
        widget=forms.RadioSelect,
        initial="open",
        choices=[
            ("open", _("Everyone in the organisation. Anyone joins with one click.")),
            ("closed", _("Members only, and somebody in it lets new ones in. Others see its name and purpose.")),
            ("hidden", _("Members only, and others do not see that it exists.")),
        ],
        help_text=_("An open group can be closed later. A closed one is never opened: what was said there stays there."),
    )
    field_order = ("name", "purpose", "door", "is_sensitive")

    def start(self, *, by: Person) -> Group:
        said: dict[str, Any] = self.cleaned_data
        described = {name: said[name] for name in ("name", "purpose", "is_sensitive")}
        return Group.start(by=by, **described, is_open=said["door"] == "open", is_listed=said["door"] != "hidden")

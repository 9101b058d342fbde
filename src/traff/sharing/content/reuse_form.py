from django import forms
from django.utils.translation import gettext_lazy as _


class ReuseForm(forms.Form):
    """What one builds on this for; may stay empty."""

    note = forms.CharField(
        label=_("What will you use it for?"),
        help_text=_("Everyone who can read the post sees your note."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

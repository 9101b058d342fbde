from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traff.ground.core.markup import from_markdown, to_markdown
from traff.sharing.content.models import Idea, Post, Stage

OFFERED = 300  # ideas to choose a twin among


class MoveForm(forms.Form):
    """How far an idea has come; with a result, how it went."""

    stage = forms.ChoiceField(label=_("How far has it come?"), choices=Stage, widget=forms.RadioSelect)
    result = forms.CharField(
        label=_("How it went"),
        help_text=_("For a result: what you did, what came of it, what you would do again. Markdown works."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
        required=False,
    )
    note = forms.CharField(
        label=_("Something to say about this step"),
        help_text=_("A sentence for those who follow it. May stay empty."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, idea: Idea, **more: Any) -> None:
        more["initial"] = {"stage": idea.stage, "result": to_markdown(idea.result)}
        super().__init__(*args, **more)

    def clean_result(self) -> str:
        return from_markdown(self.cleaned_data["result"], line_breaks=True)


class TwinForm(forms.Form):
    """Which idea it is the twin of."""

    of = forms.ModelChoiceField(
        label=_("The idea that came first"),
        queryset=Post.objects.unrestricted("none of them yet").none(),
        empty_label=_("Choose"),
    )

    def __init__(self, *args: Any, idea: Idea, person: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        others = Post.objects.visible_to(person).ideas().filter(idea__duplicate_of=None).exclude(pk=idea.pk)
        newest = others.order_by("-pk").values("pk")[:OFFERED]
        self.fields["of"].queryset = Post.objects.visible_to(person).filter(pk__in=newest).order_by("title", "pk")  # type: ignore[attr-defined]

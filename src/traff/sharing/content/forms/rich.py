"""A field one writes text in: the editor sends HTML, a browser without JavaScript sends Markdown, both end as clean HTML."""

from typing import Any, NamedTuple

from django import forms

from traff.ground.core import markup

HTML, MARKDOWN = "html", "markdown"


class Typed(NamedTuple):
    """What stands in the field, and in which of the two forms."""

    text: str
    form: str = MARKDOWN

    def html(self) -> str:
        if self.form == HTML:
            return markup.clean(self.text)
        return markup.from_markdown(self.text, line_breaks=True)

    def markdown(self) -> str:
        return markup.to_markdown(markup.clean(self.text)) if self.form == HTML else self.text


class RichText(forms.Textarea):
    """A textarea with Markdown in it; beside it the HTML that the editor starts from, and which of the two is sent."""

    template_name = "content/fields/rich_text.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed | None:
        text = data.get(name)
        return None if text is None else Typed(text, data.get(f"{name}_format") or MARKDOWN)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        typed = value if isinstance(value, Typed) else Typed(value or "", HTML)
        context = super().get_context(name, typed.markdown(), attrs)
        context["widget"]["html"] = typed.html() if typed.text else ""
        return context

    def format_value(self, value: Any) -> str:
        return str(value or "")

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # an editor stands in its place; the server says what is missing


class RichField(forms.Field):
    """Cleans to HTML. Markdown that was only shown and sent back unchanged leaves the stored HTML as it was."""

    widget = RichText

    def __init__(self, *, stored: str = "", **more: Any) -> None:
        super().__init__(**more)
        self.stored = stored

    def clean(self, value: Any) -> str:
        typed = value if isinstance(value, Typed) else Typed(value or "")
        if self.stored and typed.form == MARKDOWN and _same(typed.text, markup.to_markdown(self.stored)):
            return self.stored
        html = typed.html()
        if self.required and not markup.to_text(html) and "<img" not in html:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return html


def _same(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()

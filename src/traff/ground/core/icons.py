"""Icons, and the kinds of things with their icon and their word. Every icon stands beside a word or names itself."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy
from lucide.templatetags.lucide import lucide


class Kind(NamedTuple):
    """How a kind of thing is shown: an icon of lucide and a word."""

    icon: str
    word: str | Promise


KINDS = {
    "update": Kind("message-circle", pgettext_lazy("kind", "Update")),
    "idea": Kind("lightbulb", pgettext_lazy("kind", "Idea")),
    "article": Kind("newspaper", pgettext_lazy("kind", "Article")),
    "question": Kind("circle-question-mark", pgettext_lazy("kind", "Question")),
    "case": Kind("puzzle", pgettext_lazy("kind", "Case")),
    "reply": Kind("reply", pgettext_lazy("kind", "Reply")),
    "person": Kind("user-round", pgettext_lazy("kind", "Person")),
    "opening": Kind("door-open", pgettext_lazy("kind", "Opening")),
    "group": Kind("users-round", pgettext_lazy("kind", "Group")),
    "message": Kind("messages-square", pgettext_lazy("kind", "Message")),
    "customer": Kind("building-2", pgettext_lazy("kind", "Customer")),
    "project": Kind("hammer", pgettext_lazy("kind", "Project")),
    "topic": Kind("hash", pgettext_lazy("kind", "Topic")),
}
UNKNOWN = Kind("file-text", pgettext_lazy("kind", "Post"))


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """The SVG of a lucide icon, silent to screen readers; the word beside it speaks."""
    svg: str = lucide(name, size=20, **{"class": "icon", "aria-hidden": "true", "focusable": "false"})
    return mark_safe(" ".join(svg.split()))  # noqa: S308 (a file of the lucide package)

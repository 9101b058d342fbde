"""Why one writes, to each reader in their own language.

A reason is kept in the words of the moment. Where it is one of our own sentences around a title, whatever language it was written
in, it is known again and said anew; anything else stands as it was written.
"""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

_sentences: list[Promise] = [gettext_lazy("because of “%(title)s”")]


def register(sentence: Promise) -> None:
    """A sentence of another room, with %(title)s in it; called once, when the house opens."""
    if sentence not in _sentences:
        _sentences.append(sentence)


def in_my_language(kept: str) -> str:
    """The reason as the language of the page says it."""
    for sentence in _sentences:
        for before, after in _around_the_title(sentence):
            if kept.startswith(before) and kept.endswith(after) and len(kept) > len(before + after):
                return str(sentence) % {"title": kept[len(before) : len(kept) - len(after)]}
    return kept


def _around_the_title(sentence: Promise) -> Iterator[tuple[str, str]]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            before, _title, after = str(sentence).partition("%(title)s")
        yield before, after

"""What there is to publish. A new kind is one module (its side table), two templates (to read, to write) and one line here."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from traff.sharing.content.models import Kind, Post


@dataclass(frozen=True)
class KindOfPost:
    """How one kind is named in lists, and where its words stand beside the body."""

    name: str  # as in Post.kind
    plural: str | Promise  # the word of a tab
    detail: str = ""  # the related name of its side table
    texts: tuple[str, ...] = ()  # HTML fields of the side table, in the order one reads them

    @property
    def template(self) -> str:
        """How its words are laid out on its own page."""
        return f"content/kinds/{self.name}.html"


KINDS = {
    kind.name: kind
    for kind in (
        KindOfPost(Kind.UPDATE.value, pgettext_lazy("kinds", "Updates")),
        KindOfPost(Kind.QUESTION.value, pgettext_lazy("kinds", "Questions"), detail="question"),
        KindOfPost(
            Kind.CASE.value, pgettext_lazy("kinds", "Cases"), detail="case", texts=("situation", "approach", "outcome", "reuse")
        ),
        KindOfPost(Kind.IDEA.value, pgettext_lazy("kinds", "Ideas"), detail="idea", texts=("result",)),
        KindOfPost(Kind.ARTICLE.value, pgettext_lazy("kinds", "Articles")),
    )
}


def texts_of(post: Post) -> Iterator[str]:
    """Every piece of HTML of a post, body first, in the order one reads them."""
    kind = KINDS[post.kind]
    yield post.body
    if kind.texts:
        yield from (getattr(getattr(post, kind.detail), name) for name in kind.texts)

"""What people type in a message becomes HTML as everywhere, and a bare address becomes a link."""

import re
from collections.abc import Iterator

from traff.ground.core.markup import clean, from_markdown

ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_PIECE = re.compile(r"(<[^<>]*>)")
_QUOTED = re.compile(r"<(/?)(a|code|pre)[\s>]", re.IGNORECASE)


def html_of(typed: str) -> str:
    """Clean HTML of what stands in the field: Markdown, a line ending where it was ended."""
    return with_links(from_markdown(typed, line_breaks=True))


def with_links(html: str) -> str:
    """Clean HTML whose bare addresses lead somewhere; links and code stay as they are."""
    if "://" not in html:
        return html
    return clean(
        "".join(ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', piece) if is_words else piece for piece, is_words in _pieces(html))
    )


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    depth = 0
    for piece in _PIECE.split(html):
        if found := _QUOTED.match(piece):
            depth += -1 if found[1] else 1
        yield piece, depth == 0 and not piece.startswith("<")

"""What people type in a message becomes HTML as everywhere, and a bare address becomes a link."""

import re

from traff.ground.core.markup import clean, from_markdown
from traff.ground.core.pieces import pieces

ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


def html_of(typed: str) -> str:
    """Clean HTML of what stands in the field: Markdown, a line ending where it was ended."""
    return with_links(from_markdown(typed, line_breaks=True))


def with_links(html: str) -> str:
    """Clean HTML whose bare addresses lead somewhere; links and code stay as they are."""
    if "://" not in html:
        return html
    return clean(
        "".join(ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', piece) if is_words else piece for piece, is_words in pieces(html))
    )

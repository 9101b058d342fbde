"""Clean HTML taken apart: its tags, and the words between them."""

import re
from collections.abc import Iterator

_PIECE = re.compile(r"(<[^<>]*>)")
_QUOTED = re.compile(r"<(/?)(a|code|pre)[\s>]", re.IGNORECASE)


def pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and what stands between them; True for words that are neither link nor code."""
    depth = 0
    for piece in _PIECE.split(html):
        if found := _QUOTED.match(piece):
            depth += -1 if found[1] else 1
        yield piece, depth == 0 and not piece.startswith("<")

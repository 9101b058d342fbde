"""Links to posts of this house become small cards for those who may read them, when they read; nothing of it is stored."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.core.markup import shown
from traff.sharing.content.models import Post

LINK = re.compile(r'<a href="([^"]+)"[^>]*>([^<]*)</a>')
PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
PATH = re.compile(r"/posts/(\d{1,9})/?", re.ASCII)
MOST = 20  # cards on one page


@dataclass(frozen=True)
class LinkedPost:
    kind: str
    url: str
    title: str
    language: str
    names: str
    published_at: datetime


Links = Mapping[int, LinkedPost]


def links_in(texts: Iterable[str], reader: Person, *, all_of: Audience | None = None) -> Links:
    """The posts linked in these texts that the reader may read; with `all_of`, that everybody in that audience may read."""
    ids = {pk for html in texts if "/posts/" in html for pk in _bare(html)}
    if not ids:
        return {}
    found = Post.objects.visible_to(reader).filter(pk__in=sorted(ids)[:MOST])
    if all_of is not None:
        found = found.filter(Q(is_open=True) | Q(audience=all_of))
    return {post.pk: _linked(post) for post in found.with_people()}


def with_cards(html: str, links: Links) -> SafeString:
    """Stored HTML with a card where a paragraph holds nothing but such a link, and beneath it where it holds more."""
    if not links:
        return shown(html)
    return shown(PARAGRAPH.sub(lambda paragraph: _carded(paragraph, links), html))


def _carded(paragraph: re.Match[str], links: Links) -> str:
    cards = "".join(
        render_to_string("content/parts/linked.html", {"linked": links[pk]}).strip()
        for pk in dict.fromkeys(_bare(paragraph[1]))
        if pk in links
    )
    alone = cards and not LINK.sub(lambda link: "" if post_of(link[1]) in links else link[0], paragraph[1]).strip()
    return cards if alone else paragraph[0] + cards


def _bare(html: str) -> list[int]:
    """Ids of posts whose address itself stands as the link's words; a link that its writer has named stays a link."""
    return [pk for address, words in LINK.findall(html) if (pk := post_of(address)) and (pk == post_of(words.strip()))]


def post_of(address: str) -> int | None:
    """The id of the post that an address of this house leads to."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    is_ours = not parts.netloc or parts.hostname in {*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname}
    found = PATH.fullmatch(parts.path) if is_ours else None
    return int(found[1]) if found else None


def _linked(post: Post) -> LinkedPost:
    names = ", ".join(person.name for person in post.people())
    return LinkedPost(post.kind, post.get_absolute_url(), str(post), post.language, names, post.published_at)

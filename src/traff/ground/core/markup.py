"""The one sanitiser for all doors: editor, Markdown, mail, import and API.

Everything people write becomes HTML of the allow-list below before it is stored. No id, class, style, hx-* or data-*
survives, links are http(s), mailto or a path of this site, pictures are files of this site, and nothing that is not in
the list can be expressed. Cleaning twice changes nothing, so what was stored can be taken in again.
"""

import re
from html import escape, unescape
from textwrap import shorten

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "table", "thead", "tbody", "tr", "th", "td", "sub", "sup", "img",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
SILENCED = {  # gone with all they hold
    "script", "style", "iframe", "object", "embed", "applet", "template", "svg", "math", "title", "noscript", "noembed",
    "noframes", "textarea", "select", "xmp", "plaintext", "audio", "video", "canvas",
}  # fmt: skip
SAME = {"b": "strong", "i": "em", "del": "s", "strike": "s", "h1": "h2", "h5": "h4", "h6": "h4"}  # said in our words
OWN_FILE = re.compile(r"/files/\d{1,9}/[\w.%-]{1,300}", re.ASCII)
NUMBER = re.compile(r"\d{1,3}", re.ASCII)
UNTITLED = 90  # characters
DEEPEST = 256  # levels; a real text has ten
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e\ufffe\uffff]")  # control characters, forced direction
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|pre|tr|blockquote|table|ul|ol)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_NESTING = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_FLAT = {"p", "li", "td", "th", "tr", "br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source"}
_H1 = re.compile(r"<h1[\s>]", re.IGNORECASE)
_HEADING = re.compile(r"(</?h)([1-5])(?=[\s>])", re.IGNORECASE)
_SYNONYM = re.compile(rf"(</?)({'|'.join(SAME)})(?=[\s/>])", re.IGNORECASE)
_ADDRESS = re.compile(r"[(<\[]?https?://\S+", re.IGNORECASE)
_NO_PICTURE = re.compile(r'<img(?: alt="[^"]*")?>')


def _attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("img", "src"):
        return value if OWN_FILE.fullmatch(value) else None
    if name in {"start", "colspan", "rowspan"}:
        return value if NUMBER.fullmatch(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    clean_content_tags=SILENCED,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
    attribute_filter=_attribute,
)
_markdown = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
_markdown_with_breaks = MarkdownIt("commonmark", {"html": True, "linkify": False, "breaks": True}).enable(
    ["table", "strikethrough"]
)


def clean(html: str) -> str:
    """Safe HTML of whatever HTML somebody sent; h1 becomes h2, since a page has one h1 of its own."""
    html = storable(html)
    if _H1.search(html):
        html = _HEADING.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", html)
    html = _SYNONYM.sub(lambda match: match[1] + SAME[match[2].lower()], html)
    if _depth(html) > DEEPEST:
        html = from_plain(to_text(html))
    return _NO_PICTURE.sub("", _cleaner.clean(html)).strip()


def from_markdown(text: str, *, line_breaks: bool = False) -> str:
    """Safe HTML of Markdown (CommonMark with tables and strikethrough; https://spec.commonmark.org).

    With `line_breaks` a line ends where its writer ended it, as people expect of a field they type in.
    """
    return clean((_markdown_with_breaks if line_breaks else _markdown).render(storable(text)))


def from_plain(text: str) -> str:
    """Safe HTML of plain text: blank lines part paragraphs."""
    paragraphs = (escape(part).replace("\n", "<br>") for part in re.split(r"\n\s*\n", storable(text).strip()) if part.strip())
    return clean("".join(f"<p>{part}</p>" for part in paragraphs))


def to_markdown(html: str) -> str:
    """Markdown of stored HTML, for who edits without JavaScript; `from_markdown(…, line_breaks=True)` leads back."""
    from markdownify import ATX, markdownify  # heavy, and needed by few

    kept = markdownify(html, heading_style=ATX, bullets="-", sub_symbol="<sub>", sup_symbol="<sup>", escape_misc=True)
    return kept.strip()


def to_text(html: str) -> str:
    """The words alone, one block a line; for search, excerpts, mail."""
    text = _TAG.sub("", _CELL_END.sub(" ", _BLOCK_END.sub("\n", html)))
    return re.sub(r"[ \t]*\n\s*", "\n", unescape(text)).strip()


def beginning(text: str) -> str:
    """What stands for a missing title: whole words of the beginning of a plain text, addresses left out where there are words."""
    words = _ADDRESS.sub("", text)
    return shorten(words if words.strip() else text, UNTITLED, placeholder=" …")


def storable(text: str) -> str:
    """Without what a database or a reader cannot take: control characters, forced direction, half characters."""
    return _UNSTORABLE.sub("", text.encode("utf-8", "replace").decode())


def shown(html: str) -> SafeString:
    """Stored HTML, ready for a template: everything stored was cleaned at the door."""
    return mark_safe(html)  # noqa: S308 (cleaned by `clean` before it was stored)


def _depth(html: str) -> int:
    """How deep the tags are nested, at most; before parsing, which is slow for what is absurdly deep."""
    depth = deepest = 0
    for closing, name in _NESTING.findall(html):
        if name.lower() not in _FLAT:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest

"""The one sanitiser for all doors: editor, Markdown, mail, import and API.

Everything people write becomes HTML of the allow-list below before it is stored. No id, class, style, hx-* or data-*
survives, links are http(s) or mailto, and nothing that is not in the list can be expressed.
"""

import re
from html import escape, unescape

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
OWN_FILE = re.compile(r"/files/\d+/[\w.%-]*")
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    clean_content_tags={"script", "style", "iframe", "object", "template", "svg", "math", "title", "noscript", "textarea"},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
    attribute_filter=lambda tag, name, value: None if (tag, name) == ("img", "src") and not OWN_FILE.fullmatch(value) else value,
)
_markdown = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|pre|tr|blockquote|table|ul|ol)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_DEMOTE = re.compile(r"(</?h)([1-5])(?=[\s>])", re.IGNORECASE)


def clean(html: str) -> str:
    """Safe HTML of whatever HTML somebody sent; h1 becomes h2, since a page has one h1 of its own."""
    if re.search(r"<h1[\s>]", html, re.IGNORECASE):
        html = _DEMOTE.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", html)
    return _cleaner.clean(html).strip()


def from_markdown(text: str) -> str:
    """Safe HTML of Markdown (CommonMark with tables and strikethrough; https://spec.commonmark.org)."""
    return clean(_markdown.render(text))


def from_plain(text: str) -> str:
    """Safe HTML of plain text: blank lines part paragraphs."""
    paragraphs = (escape(part).replace("\n", "<br>") for part in re.split(r"\n\s*\n", text.strip()) if part.strip())
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def to_text(html: str) -> str:
    """The words alone, one block a line; for search, excerpts, mail."""
    text = _TAG.sub("", _CELL_END.sub(" ", _BLOCK_END.sub("\n", html)))
    return re.sub(r"[ \t]*\n\s*", "\n", unescape(text)).strip()


def shown(html: str) -> SafeString:
    """Stored HTML, ready for a template: everything stored was cleaned at the door."""
    return mark_safe(html)  # noqa: S308 (cleaned by `clean` before it was stored)

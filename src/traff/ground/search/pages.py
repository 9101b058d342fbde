"""Answers as pages want them: hits laid out by their owners, choices as links."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from traff.ground.accounts.models import Person
from traff.ground.core.addresses import address_of
from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.core.icons import KINDS
from traff.ground.search import findable
from traff.ground.search.abroad import MEANS
from traff.ground.search.completion import HITS, TOPICS, Completion
from traff.ground.search.facets import Facet, Filters, Option
from traff.ground.search.findable import Presented
from traff.ground.search.hits import Hit
from traff.ground.search.searching import Results
from traff.ground.search.spelling import SHORTEST

FACETS: dict[str, str | Promise] = {
    "kind": pgettext_lazy("facet", "Kind"),
    "unit": pgettext_lazy("facet", "Unit"),
    "place": pgettext_lazy("facet", "Place"),
    "when": pgettext_lazy("facet", "Time"),
    "language": pgettext_lazy("facet", "Language"),
}
AGES: dict[str, str | Promise] = {
    "week": _("The last week"),
    "month": _("The last month"),
    "year": _("The last year"),
    "older": _("Older than a year"),
}


def page_values(found: Results, query: str, reader: Person, *, typed: str = "") -> dict[str, Any]:
    """For `search/results.html`; `typed`: what found nothing, when `query` is asked for instead."""
    typed = typed if typed != query else ""
    chosen, facets = found.filters, [_facet(facet, query, found.filters) for facet in found.facets]
    return {
        "query": query,
        "find_here": not query,
        "unmet": ", ".join(unmet(found)) if typed else "",
        "typed": typed,
        "typed_url": f"{address_of('search')}?{urlencode({'q': typed, 'exact': '1'})}",
        "people": shown(found.people, reader),
        "is_guess": found.is_guess,
        "is_met": found.is_met and not typed,
        "hits": shown(found.hits, reader),
        "total": found.total,
        "is_more": found.is_more,
        "facets": facets,
        "chips": [option for facet in facets for option in facet["options"] if option["is_on"]],
        "chosen": chosen.chosen,
        "clear_url": address(query) if chosen else "",
        "page": found.page,
        "previous_url": address(query, chosen, found.page - 1) if found.page > 1 else "",
        "next_url": address(query, chosen, found.page + 1) if found.page < found.pages else "",
        "ask_url": f"/write/?{urlencode({'kind': 'question', 'title': query})}",
        "is_cut": found.total > found.size * found.pages and found.page == found.pages,
    }


def unmet(found: Results) -> list[str]:
    """Words asked for of which no hit of the page has so much as the beginning."""
    texts = " ".join(f"{said.title} {said.text}".lower() for hit in found.hits for said in (hit.entry, hit.message))
    translated = {meant.split(MEANS)[0].lower() for hit in found.hits for meant in hit.means}
    asked = (term.surface for term in found.question.terms if term.surface.isalpha())
    words = dict.fromkeys(word for word in asked if word.lower() not in FUNCTION_WORDS | translated)
    return [word for word in words if word.lower()[: max(SHORTEST, len(word) - SHORTEST)] not in texts]


def completion_values(found: Completion, query: str, reader: Person) -> dict[str, Any]:
    """For `search/completion.html`."""
    topics = findable.presented("topic", found.topics, reader)
    return {
        "query": query,
        "people": shown(found.people, reader),
        "is_guess": found.is_guess,
        "topics": [topics[concept.subject_id] for concept in found.topics if concept.subject_id in topics][:TOPICS],
        "hits": shown(found.hits[:HITS], reader),
        "all_url": address(query),
    }


def shown(hits: Sequence[Hit], reader: Person) -> list[Presented]:
    """Hits as their owners show them, those of a kind together; who is not to meet one does not."""
    laid_out: dict[tuple[str, int], Presented] = {}
    for kind in {hit.entry.kind for hit in hits}:
        mine = [hit for hit in hits if hit.entry.kind == kind]
        laid_out.update({(kind, pk): made for pk, made in findable.presented(kind, mine, reader).items()})
    keys = [(hit.entry.kind, hit.entry.subject_id) for hit in hits]
    return [laid_out[key] for key in keys if key in laid_out]


def address(query: str, filters: Filters | None = None, page: int = 1, instead: Mapping[str, str | int] | None = None) -> str:
    """Of a search; `instead` replaces a filter, "" takes it away."""
    values = {"q": query, **(filters.chosen if filters else {}), **(instead or {}), "page": page if page > 1 else ""}
    return f"{address_of('search')}?{urlencode({name: value for name, value in values.items() if value})}"


def _facet(facet: Facet, query: str, chosen: Filters) -> dict[str, Any]:
    return {"name": FACETS[facet.name], "options": [_option(facet.name, option, query, chosen) for option in facet.options]}


def _option(name: str, option: Option, query: str, chosen: Filters) -> dict[str, Any]:
    url = address(query, chosen, instead={name: "" if option.is_on else option.value})
    return {"word": option.word or _word(name, str(option.value)), "url": url, "count": option.count, "is_on": option.is_on}


def _word(name: str, value: str) -> str:
    if name == "kind":
        return str(KINDS[value].word)
    if name == "when":
        return str(AGES[value])
    return str(get_language_info({"no": "nb"}.get(value, value))["name_translated"]).capitalize()

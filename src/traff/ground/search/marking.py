"""What of a text is shown: the sentence or the stretch that answers, with the matching words marked over escaped text."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from traff.ground.core.language import SHORTEST_PART, TOKEN, forms, may_be_compound
from traff.ground.search.asking import Question

_SENTENCE = re.compile(r"(?<=[.!?…:])\s+|\n+")
LONGEST = 240  # characters of a sentence shown
BEGIN, END = "\2", "\3"  # stand in no text, and for marks while it is escaped


def best_sentence(text: str, asked: Question, *, longest: int = LONGEST) -> SafeString:
    """The sentence of the text with most of the question in it, marked; cut at words around its first match."""
    weights = {text: term.weight * term.idf for term in asked.terms for text in term.texts}
    best, most = "", -1.0
    for sentence in _SENTENCE.split(text[:20_000]):
        if sentence.strip():
            value = sum(weights[form] for form in _forms_in(sentence, weights))
            if value > most:
                best, most = sentence.strip(), value
    shown = _cut(best, weights, longest)
    is_within = shown[:1].islower() and not text.lstrip().startswith(best)  # behind a colon, or in the middle of a line
    return marked(f"… {shown}" if is_within else shown, asked)


def _forms_in(sentence: str, weights: dict[str, float]) -> set[str]:
    found = {form for token in TOKEN.findall(sentence) for form in _forms(token)}
    return found & weights.keys()


def _forms(token: str) -> set[str]:
    return {*forms(token, "sv"), *forms(token, "en")}


def _cut(sentence: str, weights: dict[str, float], longest: int) -> str:
    if len(sentence) <= longest:
        return sentence
    heaviest = max(
        TOKEN.finditer(sentence),
        key=lambda match: max((weights.get(f, 0.0) for f in _forms(match[0])), default=0.0),
        default=None,
    )
    middle = heaviest.start() if heaviest else 0
    start = max(0, min(middle - longest // 3, len(sentence) - longest))
    start = sentence.find(" ", start) + 1 if start else 0
    piece = sentence[start : start + longest]
    if start + longest < len(sentence) and " " in piece:
        piece = piece[: piece.rindex(" ")] + " …"
    return f"… {piece}" if start else piece


def marked(text: str, asked: Question) -> SafeString:
    """The text escaped, with every word of the question in <mark>."""
    wanted, known = {text for term in asked.terms for text in term.texts}, asked.is_marked

    def mark(match: re.Match[str]) -> str:
        word = match[0]
        if word not in known:
            known[word] = bool(_forms(word) & wanted) or _holds(word.lower(), wanted)
        return f"{BEGIN}{word}{END}" if known[word] else word

    whole = escape(TOKEN.sub(mark, text.replace(BEGIN, " ").replace(END, " ")))
    return mark_safe(whole.replace(BEGIN, "<mark>").replace(END, "</mark>"))  # noqa: S308 (escaped before the marks come in)


def _holds(word: str, wanted: set[str]) -> bool:
    """Whether a compound holds a wanted word at one of its ends."""
    cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    return may_be_compound(word) and any(word[:cut] in wanted or word[cut:] in wanted for cut in cuts)

"""Words: which language a text is in, its tokens, their stems and the parts of Swedish compounds. Pure; cached by token.

A term is a word as written (lower case), its stem, or a part of a compound or identifier, all in one namespace, so that
*kundreferens* meets *referens*, *running* meets *run*, and `Nat.add_comm` meets both itself and `comm`.
Stems: Snowball (https://snowballstem.org). Detection: py3langid, naive Bayes over byte n-grams.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from functools import cache, lru_cache
from typing import Any

LANGUAGES = ("sv", "en", "no", "da", "fi", "de")
STEMMED = {"sv": "swedish", "en": "english", "no": "norwegian", "da": "danish", "fi": "finnish", "de": "german"}
COMPOUNDING = {"sv", "no", "da", ""}
LONGEST = 64  # characters of a term; longer tokens are keys and noise
_CACHED = 1 << 18

TOKEN = re.compile(r"[^\W_]+(?:[._'’\-:/+@][^\W_]+|[._'](?=[^\W_]))*(?:\+\+|#)?")
_PART = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-ZÅÄÖ])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][^\W\d_A-ZÅÄÖ])")
_ADDRESSED = re.compile(
    r"(?<![\w@/.&])@([^\W\d_][\w'’-]*(?: (?:(?:af|av|von|van|der|den|de) )?[A-ZÅÄÖÉÜÆØ][a-zåäöéüæø'’-]+){0,2})"
)
_NOT_PROSE = re.compile(r"```.*?(?:```|$)|`[^`\n]*`|https?://\S+", re.DOTALL)


def tokens(text: str) -> list[str]:
    """The tokens of a text as written, identifiers whole: `Nat.add_comm`, `C++`, `e-post`."""
    return TOKEN.findall(text if text.isascii() else unicodedata.normalize("NFC", text))


def words(text: str) -> list[str]:
    """The plain words of a text, in lower case, in their order; identifiers in parts. What phrases are compared by."""
    return [part.lower() for token in tokens(text) for part in _pieces(token)]


@lru_cache(_CACHED)
def _pieces(token: str) -> tuple[str, ...]:
    return tuple(piece for part in _PART.findall(token) for piece in _CAMEL.split(part))


@cache
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(STEMMED[language], 0)


@lru_cache(_CACHED)
def stem(word: str, language: str) -> str:
    """The stem of a lower-case word: Snowball's and what Swedish needs beside it; the word itself where there is no stemmer."""
    if language not in STEMMED or len(word) < 3:
        return word
    found = str(_stemmer(language).stemWord(_without_article(word) if language == "sv" else word))
    return f"{found[:-2]}l" if language == "sv" and _SYNCOPE.search(found) else found


_SYNCOPE = re.compile(r"[^aeiouyåäö]el$")  # cykel, cyklar


def _without_article(word: str) -> str:
    """A Swedish noun without the article that Snowball leaves on it: lampan → lampa, golvet → golv, rummet → rum, nyckeln."""
    bare = word[:-1] if word.endswith(("ans", "ets", "elns")) else word
    if len(bare) < 5:
        return word
    if bare.endswith(("an", "eln")):
        return bare[:-1]
    if bare.endswith("et") and not bare.endswith("itet"):
        return bare[: -3 if bare.endswith(("mmet", "nnet")) else -2]
    return word


@lru_cache(_CACHED)
def forms(token: str, language: str) -> tuple[str, ...]:
    """The terms one token stands for, without compounds: as written, in parts, stemmed; both ways when the language is unsure."""
    whole = token.lower()
    pieces = [piece.lower() for piece in _pieces(token)]
    found = {whole, *pieces, *(part.lower() for part in _PART.findall(token))}
    for word in tuple(found):
        if word.isalpha():
            found.update(stem(word, guess) for guess in ([language] if language else ("sv", "en")))
    return tuple(sorted(term for term in found if len(term) <= LONGEST and (len(term) > 1 or term == whole)))


_SWEDISH = frozenset(
    [
        "och",
        "att",
        "är",
        "för",
        "på",
        "inte",
        "jag",
        "från",
        "när",
        "också",
        "ett",
        "vår",
        "vårt",
        "våra",
        "mycket",
        "någon",
        "något",
        "hur",
        "till",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "is",
        "that",
        "this",
        "with",
        "you",
        "are",
        "it",
        "have",
        "what",
        "can",
        "was",
        "from",
        "would",
        "not",
        "how",
    ]
)


def language_of(text: str, *, unsure: str = "") -> str:
    """The language of a text (ISO 639-1, of LANGUAGES), or `unsure` when it is too short or too mixed to tell.

    Swedish and English with several of their commonest words are told by these alone: a thousand times faster.
    """
    prose = _NOT_PROSE.sub(" ", text[:4000])[:1000]
    common = prose.lower().split()
    swedish, english = (sum(word in known for word in common) for known in (_SWEDISH, _ENGLISH))
    if max(swedish, english) >= 3 and min(swedish, english) == 0:
        return "sv" if swedish else "en"
    if sum(map(str.isalpha, prose)) < 25:
        return unsure
    language, probability = _identifier().classify(prose)
    return str(language) if probability > 0.8 else unsure


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


SHORTEST_PART = 4


@lru_cache(_CACHED)
def splits(word: str) -> tuple[tuple[str, str], ...]:
    """Every way to see a word as a Swedish compound of two, linking −s, +a and +e undone; most even first."""
    ways = []
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        first, last = word[:cut], word[cut:]
        ways.append((first, last))
        if first.endswith("s") and cut > SHORTEST_PART:
            ways.append((first[:-1], last))  # verksamhet|s|plan
        ways += [(first + "a", last), (first + "e", last)]  # skola → skol|gård, källa → käll|kritik
    return tuple(sorted(ways, key=lambda way: (abs(len(way[0]) - len(way[1])), way)))


def may_be_compound(word: str) -> bool:
    return 2 * SHORTEST_PART <= len(word) <= 40 and word.isalpha()


def parts_of(word: str, attested: Container[str]) -> tuple[str, ...]:
    """The parts of a Swedish compound, both attested in what people wrote; empty when it is none."""
    if not may_be_compound(word):
        return ()
    for first, last in splits(word):
        if first in attested and last in attested:
            return (first, last)
    return ()


def possible_parts(vocabulary: Iterable[str]) -> set[str]:
    """Every word that could be a part of a compound among these: what to ask an attested vocabulary for."""
    return {part for word in vocabulary if may_be_compound(word) for way in splits(word) for part in way}


def stemmed(text: str, language: str) -> str:
    """The text as its stems between single spaces, hyphens and cases levelled: what names are found in."""
    return f" {' '.join(stem(word, language) for word in words(text))} "


def addressed(text: str) -> frozenset[str]:
    """Stems of the names of colleagues that a text speaks to, as in "@Anna-Karin af Sand"."""
    said = words(" ".join(_ADDRESSED.findall(text)))
    return frozenset(stem(word, language) for word in said for language in ("sv", "en"))

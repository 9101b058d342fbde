"""Languages people speak, named in the language of the page (CLDR)."""

from collections.abc import Iterable

from babel import Locale
from django.utils import translation
from django.utils.text import capfirst

HERE = ("sv", "en")
NEAR = ("ar", "da", "de", "es", "et", "fa", "fi", "fr", "hi", "is", "it", "ja", "lt", "lv", "nl", "no")
FAR = ("pl", "pt", "ro", "ru", "se", "so", "tr", "uk", "zh")


def language_name(code: str) -> str:
    """ "sv" → "Swedish", on a Swedish page "svenska"; a code without a name as it is."""
    page = "sv" if (translation.get_language() or "").startswith("sv") else "en"
    return str(Locale(page).languages.get(code.replace("-", "_"), code))


def names_of(codes: Iterable[str]) -> list[str]:
    return [language_name(code) for code in codes]


def choices(beside: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What can be ticked: the common ones, and what already stands there; Swedish and English first."""
    rest = {code: capfirst(language_name(code)) for code in (*NEAR, *FAR, *beside) if code not in HERE}
    first = [(code, capfirst(language_name(code))) for code in HERE]
    return first + sorted(rest.items(), key=lambda pair: pair[1])

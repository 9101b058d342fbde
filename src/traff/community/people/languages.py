"""Languages people speak, named in the language of the page."""

from collections.abc import Iterable

from django.conf.locale import LANG_INFO
from django.utils.text import capfirst
from django.utils.translation import gettext

SPOKEN = "sv en fi nb da de fr es pl pt it nl et lv lt ru uk ar fa tr hi zh-hans ja sr hr bs ro hu cs is sq".split()


def language_name(code: str) -> str:
    """ "sv" → "Swedish", on a Swedish page "svenska"; a code without a name as it is."""
    info = LANG_INFO.get({"no": "nb", "zh": "zh-hans"}.get(code, code))
    return gettext(info["name"]) if info and "name" in info else code


def names_of(codes: Iterable[str]) -> list[str]:
    return [language_name(code) for code in codes]


def choices(beside: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What can be ticked: the common ones, and what already stands there; Swedish and English first."""
    codes = list(dict.fromkeys([*SPOKEN, *beside]))
    rest = sorted(((code, capfirst(language_name(code))) for code in codes[2:]), key=lambda pair: pair[1])
    return [(code, capfirst(language_name(code))) for code in codes[:2]] + rest

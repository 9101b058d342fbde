"""Fellow authors, named as one types: "Björn Ståhl, @cecilia". Only people who may read the piece can stand under it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person, PersonQuerySet

MOST = 20


def names_in(text: str) -> list[str]:
    """The names between the commas, each once."""
    return list(dict.fromkeys(name.strip().lstrip("@") for name in text.replace("\n", ",").split(",") if name.strip(" @")))


def readers_of(audience: Audience) -> PersonQuerySet:
    """Who may be named: those whom the audience includes and who stand in lists at all."""
    return audience.readers().filter(is_protected=False)  # type: ignore[return-value]


def called(names: Iterable[str], audience: Audience) -> list[Person]:
    """The people of these names or handles among an audience's readers.

    Raises ValidationError naming who is not there, and which handles share a name.
    """
    found, troubles = [], []
    for name in list(names)[:MOST]:
        handle = name.rsplit("(", 1)[-1].rstrip(")").strip() if name.endswith(")") else name
        people = list(readers_of(audience).filter(Q(handle__iexact=handle) | Q(name__iexact=name)).by_name()[:6])
        exact = [person for person in people if person.handle.lower() == handle.lower()]
        if len(exact or people) == 1:
            found.append((exact or people)[0])
        elif people:
            ways = ", ".join(f"@{person.handle}" for person in people)
            troubles.append(_("Several people are called {name}. Write one of {ways}.").format(name=name, ways=ways))
        else:
            troubles.append(_("{name} is not among those who will read this.").format(name=name))
    if troubles:
        raise ValidationError(troubles)
    return found

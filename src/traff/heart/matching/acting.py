"""What a person says of a träff, or of how far away it may come from: acted on at once, told to nobody."""

from django.db import transaction
from django.utils import timezone, translation

from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Moment, Person
from traff.heart.matching.meetings import Meeting, meetings
from traff.heart.matching.models import Answer, Looked, Suggestion, SuggestionQuerySet
from traff.heart.matching.suggest import chosen_for, found_of, keep_strangers, mark_as_shown, slots_for


def answered(person: Person, suggestion: Suggestion, said: str) -> None:
    """What its receiver says; when the offer was put aside, another is looked for at the next visit."""
    suggestion.take(said)
    if said == Answer.WRONG_TOPIC:
        _put_away(person, set(suggestion.reasons[: Suggestion.TELLING]))
    if said != Answer.USEFUL:
        Looked.objects.filter(person=person).delete()


def _put_away(person: Person, words: set[str]) -> None:
    """What nobody has seen yet, and stands for words that are no reason any more, does not move up for them."""
    mine = _strangers_of(person)
    mine.filter(pk__in=[row.pk for row in mine if words & set(row.reasons) and not row.is_shown_today()]).delete()


def moved_up(person: Person) -> list[Meeting]:
    """What was found already and takes the place of what was just put aside; marked as shown."""
    chosen = chosen_for(person)
    new = [row for row in chosen if not row.is_shown_today()]
    mark_as_shown(person, chosen)
    return meetings([found_of(person, row) for row in new], person)


@one_look()
@transaction.atomic
def look_elsewhere(person: Person) -> bool:
    """The dial was turned: strangers anew at the distance that holds now. Whether others than before stand there.

    What was not answered makes room; what was shown stays logged as shown, and what the day's lot gave stays with it.
    """
    if not person.is_active or person.is_guest:
        return False
    before = set(_strangers_of(person).values_list("entry_id", flat=True))
    with translation.override(person.language or translation.get_language()):
        keep_strangers(person, slots_for(person))
    return set(_strangers_of(person).values_list("entry_id", flat=True)) != before


def _strangers_of(person: Person) -> SuggestionQuerySet:
    mine: SuggestionQuerySet = Suggestion.objects.unrestricted("one's own").filter(receiver=person, moment=Moment.STRANGER)
    return mine.standing(timezone.now())

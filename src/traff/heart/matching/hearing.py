"""A new post, and who listens for it: found by its terms, asked again with the listener's own eyes, told once."""

from django.db import connection, transaction
from django.utils import timezone, translation

from traff.ground.access.models import Audience
from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.ground.core.function_words import FUNCTION_WORDS
from traff.ground.core.language import forms, language_of, may_be_compound, parts_of, possible_parts, tokens
from traff.ground.search.models import Entry
from traff.ground.search.terms import attested
from traff.heart.matching.listening import Listening, said_in
from traff.heart.matching.meetings import Found
from traff.heart.matching.pair import Times, fitting, times_of
from traff.heart.matching.reuse import by_others, earlier_work, relevant
from traff.heart.matching.suggest import keep_heard

ASKED_AGAIN = 200  # of all that listen, those with most terms in it
ALL_BUT = 0.6  # how much of the words asked for must stand in it
WAITING = """
SELECT l.id FROM matching_listening l, (SELECT terms FROM search_entryterms WHERE entry_id = %(entry)s) AS new
 WHERE l.stopped_at IS NULL AND l.terms && new.terms
   AND (l.words = '' OR NOT EXISTS (SELECT FROM matching_suggestion s WHERE s.listening_id = l.id))
   AND (SELECT count(*) FROM unnest(l.terms) AS t WHERE t = ANY (new.terms)) >= least(2, cardinality(l.terms))
 ORDER BY (SELECT count(*) FROM unnest(l.terms) AS t WHERE t = ANY (new.terms)) DESC, l.id LIMIT %(most)s
"""


@one_look()
def hear(post_id: int, *, is_new: bool = True) -> None:
    """Tell those who listen. `is_new`: the bell rings; an edit is only shown on home."""
    new = Entry.objects.unrestricted("to be heard").filter(kind="post", subject_id=post_id, is_evidence=True).first()
    if new is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"entry": new.pk, "most": ASKED_AGAIN})
        ids = [pk for (pk,) in cursor.fetchall()]
    rows = Listening.objects.select_related("person", "draft").in_bulk(ids)
    times = times_of(new) if rows else {}
    heard: set[int] = set()  # one post is told once to one person, whatever of theirs it fits
    for row in (rows[pk] for pk in ids if pk in rows):
        if row.person_id not in heard and row.person.is_active and not row.person.is_guest and row.is_listening:
            with translation.override(row.person.language or translation.get_language()):
                if _hears(row, new, times, is_new=is_new):
                    heard.add(row.person_id)


def _hears(row: Listening, new: Entry, times: Times, *, is_new: bool) -> bool:
    found = _found(row, row.person, new, times)
    if found is None:
        return False
    tell(row, found, new, is_new=is_new)
    return True


def _found(row: Listening, person: Person, new: Entry, times: Times) -> Found | None:
    """How the new post fits what listens, judged by the two; only if this person may read it and meet its author there."""
    title, text = said_in(row)
    hit = fitting(Entry(title=title, text=text), new, times, is_asked=bool(row.words))
    if hit is None or not hit.reasons or not Entry.objects.visible_to(person).filter(pk=new.pk).exists():
        return None
    is_heard = max(hit.coverage, said_of(row.words, new)) >= ALL_BUT if row.words else bool(relevant([hit]))
    return next(iter(earlier_work(person, by_others(person, [hit]), most=1)), None) if is_heard else None


def said_of(words: str, new: Entry) -> float:
    """The share of the words that stand in it: as written, inflected, or a compound by all its parts."""
    language = language_of(words)
    asked = [word for word in dict.fromkeys(token.lower() for token in tokens(words)) if word not in FUNCTION_WORDS]
    there = {form for token in tokens(f"{new.title}\n{new.text}") for form in forms(token, new.language)}
    known = attested(possible_parts({word for word in asked if may_be_compound(word)}))

    def stands(word: str) -> bool:
        parts = parts_of(word, known)
        return bool(there.intersection(forms(word, language))) or (
            bool(parts) and all(there.intersection(forms(part, language or "sv")) for part in parts)
        )

    return sum(map(stands, asked)) / max(1, len(asked))


@transaction.atomic
def tell(row: Listening, found: Found, new: Entry, *, is_new: bool) -> None:
    """On home, and for words through the bell too, once: then they rest. A draft goes on listening, and rings no bell."""
    if not keep_heard(row, new, found) or not row.words:
        return
    row.told_at = timezone.now()
    row.save(update_fields=["told_at"])
    if is_new:
        own = Audience.objects.private_to(row.person)
        record(actor=None, verb="listening.heard", kind="listening", subject=row, audience=own)

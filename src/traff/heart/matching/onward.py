"""From a new post onward: whose open question does it answer, whose interest does it meet.

Candidates are found by what all readers of the new post may read: what is open, and what its own circle wrote. Each is judged by
the pair of pieces alone (`pair`). So a closed post reaches its own circle alone, and nobody's closed writing takes another's
place: it asks for itself when its writer is looked for. What is kept here holds until that person is next looked for
(`suggest.look_for`), where it competes with everything they may read.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone, translation

from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Moment, Person
from traff.ground.core.time import seconds
from traff.ground.search.asking import postings, question
from traff.ground.search.documents import messages
from traff.ground.search.models import Authored, Entry
from traff.ground.search.reach import Reach
from traff.ground.search.terms import know_terms_of
from traff.heart.matching.exposure import Exposure, exposure_of
from traff.heart.matching.interest import Leaning
from traff.heart.matching.interests import lean_on
from traff.heart.matching.models import Suggestion, Unwanted
from traff.heart.matching.offering import Fit, passes, rank
from traff.heart.matching.pair import Times, fitting, times_of
from traff.heart.matching.relevance import relevance
from traff.heart.matching.reuse import earlier_work, listening, may_listen, relevant
from traff.heart.matching.similar import AS_THREAD, UNASKED, Related
from traff.heart.matching.suggest import keep, keep_earlier, keep_reuse
from traff.heart.matching.surroundings import Surroundings
from traff.heart.matching.ties import familiar, mentioned
from traff.sharing.content.models import Post

JUDGED = 12  # people whose piece is most like the new one
OFFERED = 4  # of them it is put before at once; the rest may meet it when they are looked for next
WEEK = timedelta(days=7)
PER_WEEK = 2  # unasked suggestions of strangers beside those one comes to fetch


class New(NamedTuple):
    """What was published, as every candidate is asked about it."""

    entry: Entry
    author_id: int
    times: Times


@one_look()
def offer_onward(post_id: int) -> None:
    """Match one published post, both ways."""
    post = Post.objects.unrestricted("to be matched").filter(pk=post_id, withdrawn_at=None).first()
    entries = Entry.objects.unrestricted("to be matched").select_related("audience")
    entry = entries.filter(kind="post", subject_id=post_id).first()
    if post is None or entry is None:
        return
    authors = list(post.people())
    for author in authors:
        with translation.override(author.language or translation.get_language()):
            _for_its_author(author, entry)
    if authors and entry.is_evidence:
        new = New(entry, authors[0].pk, times_of(entry))
        found = _candidates(entry, {author.pk for author in authors})
        full = _had_enough(person for person, _piece in found)
        offered = 0
        for person, theirs in found:
            with translation.override(person.language or translation.get_language()):
                offered += _for_a_reader(person, theirs, new, has_room=person.pk not in full)
            if offered == OFFERED:
                break


def _for_its_author(author: Person, entry: Entry) -> None:
    """One's own open question or update listens from now on, and is answered by what stands already."""
    if not author.is_guest and may_listen(entry) and entry in listening(author):
        keep_earlier(author, entry, effort=UNASKED)


def _candidates(entry: Entry, authors: set[int]) -> list[tuple[Person, Entry]]:
    """People who wrote something like it and may read it, each with their piece that is most like it, most alike first."""
    asked = question(entry.title, entry.text, language=entry.language, keep=UNASKED.terms, budget=UNASKED.postings)
    limit = Reach("(is_open OR audience_id = %(circle)s)", {"circle": entry.audience_id})
    rows = postings(asked, limit)
    if not len(rows.term):
        return []
    found = messages(asked, rows, limit, AS_THREAD, keep=60, evidence=True, without=entry.pk)
    scores = dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))
    wrote = Authored.objects.unrestricted("whom it may help").filter(entry__in=list(scores)).exclude(person__in=authors)
    best: dict[int, int] = {}
    for piece, person in wrote.values_list("entry_id", "person_id"):
        if scores[piece] > scores.get(best.get(person, 0), 0.0):
            best[person] = piece
    chosen = sorted(best, key=lambda person: (-scores[best[person]], person))
    people = Person.objects.shown().filter(is_guest=False).in_bulk(chosen)
    readers = [pk for pk in chosen if pk in people and entry.audience.is_read_by(people[pk])][:JUDGED]
    pieces = Entry.objects.unrestricted("whom it may help").in_bulk([best[pk] for pk in readers])
    know_terms_of(pieces)
    return [(people[pk], pieces[best[pk]]) for pk in readers if best[pk] in pieces]


def _for_a_reader(person: Person, theirs: Entry, new: New, *, has_room: bool) -> bool:
    """Whether it was kept: as an answer to their own open question, else as a stranger's that meets their interest."""
    asks = _open_question(person, theirs)
    if (hit := fitting(asks or theirs, new.entry, new.times) if asks or has_room else None) is None:
        return False
    if asks and _helps(person, asks, hit):
        return True  # once is enough
    return has_room and passes(relevance(hit), hit.reasons, hit.named) and _of_a_stranger(person, theirs, new, hit)


def _open_question(person: Person, theirs: Entry) -> Entry | None:
    """The open question or update of theirs to which the piece belongs."""
    mine = listening(person) if may_listen(theirs) else ()
    return next((about for about in mine if about.pk == theirs.thread_id), None)


def _helps(person: Person, about: Entry, hit: Related) -> bool:
    """Kept as earlier work for their question, unless something better stands or it was answered for already."""
    for found in earlier_work(person, relevant([hit]), is_unasked=True):
        mine = Suggestion.objects.unrestricted("one's own").filter(receiver=person, moment=Moment.REUSE, about=about)
        if not mine.filter(Q(score__gte=found.score) | Q(entry=hit.entry)).exists():
            keep_reuse(person, about, found)
        return True
    return False


def _of_a_stranger(person: Person, theirs: Entry, new: New, hit: Related) -> bool:
    around = Surroundings.of(person)
    away = around.not_offered([new.author_id], Moment.STRANGER) | around.same_unit_or_place([new.author_id])
    if new.author_id in away or new.author_id in familiar(person, [new.author_id]) | mentioned(person):
        return False
    lean, distance = lean_on(person, theirs), Leaning.of(person).step()
    if not lean:
        return False
    age = (seconds(timezone.now()) - new.entry.at) / 86_400
    said = relevance(hit), tuple(hit.reasons)
    fit = Fit(
        new.entry.pk, new.author_id, *said, age, unit_id=new.entry.unit_id, features=hit.features, named=hit.named, lean=lean
    )
    unwanted = {word.lower() for word in Unwanted.objects.filter(person=person).values_list("word", flat=True)}
    far = {pk: distance.seen(u) for pk, u in around.unexpectedness_of([new.author_id]).items()}
    exposure, power = exposure_of([new.author_id]), distance.relevance_power
    offers = rank([fit], unexpected=far, exposure=exposure, unwanted=unwanted, relevance_power=power)
    for offer in offers:
        kept = (new.entry, new.author_id, offer.score, list(offer.fit.reasons), None)
        keep(person, Moment.STRANGER, *kept, features=hit.features)
    return bool(offers)


def _had_enough(people: Iterable[Person]) -> set[int]:
    """Attention is scarce: a weekly budget of what nobody asked for, and nothing more while as many wait unanswered.

    What was shown and made room for something else, as when the dial was turned, has had its share of it.
    """
    of_them, since = {"receiver__in": list(people), "moment": Moment.STRANGER}, timezone.now() - WEEK
    rows = Suggestion.objects.unrestricted("a weekly budget").filter(**of_them)
    offered = rows.filter(Q(answer="", put_off_until=None) | Q(made_at__gt=since)).values_list("receiver", "entry")
    seen = Exposure.objects.unrestricted("a weekly budget").filter(**of_them, at__gt=since).values_list("receiver", "entry")
    counts = Counter(receiver for receiver, _entry in {*offered.order_by(), *seen.order_by()})
    return {person for person, count in counts.items() if count >= PER_WEEK}

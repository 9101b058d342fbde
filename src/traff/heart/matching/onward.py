"""From a new post onward: whose open question does it answer, whose interest does it meet.

Candidates are found over everything, shown to nobody; then each candidate is asked again with their own eyes, and only what
they find there is offered. So a closed post reaches its own circle alone, and nothing of it shows elsewhere.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone, translation

from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Moment, Person
from traff.ground.core.time import seconds
from traff.ground.search.asking import postings, question
from traff.ground.search.documents import messages
from traff.ground.search.models import Authored, Entry
from traff.ground.search.reach import Reach
from traff.heart.matching.models import Suggestion, Unwanted
from traff.heart.matching.offering import Fit, exposure_of, rank
from traff.heart.matching.relevance import relevance
from traff.heart.matching.reuse import listening, may_listen, work_like
from traff.heart.matching.similar import AS_THREAD, similar
from traff.heart.matching.suggest import keep, keep_earlier, keep_reuse
from traff.heart.matching.surroundings import Surroundings
from traff.heart.matching.ties import met
from traff.sharing.content.models import Post

ASKED_AGAIN = 6  # people
AMONG = 12  # a new post is offered if it is among so many that are most like one's own piece
TERMS = 16  # of a text, asked for unasked: a second is all there is
WEEK = timedelta(days=7)
PER_WEEK = 2  # unasked suggestions of strangers beside those one comes to fetch
NO_LIMIT = Reach("true", {})


@one_look()
def offer_onward(post_id: int) -> None:
    """Match one published post, both ways."""
    post = Post.objects.unrestricted("to be matched").filter(pk=post_id, withdrawn_at=None).first()
    entry = Entry.objects.unrestricted("to be matched").filter(kind="post", subject_id=post_id).first()
    if post is None or entry is None:
        return
    authors = {person.pk: person for person in post.people()}
    for author in authors.values():
        with translation.override(author.language or translation.get_language()):
            _for_its_author(author, entry)
    if not entry.is_evidence:
        return
    for person, theirs in _candidates(entry, set(authors)):
        with translation.override(person.language or translation.get_language()):
            _for_a_reader(person, theirs, entry)


def _for_its_author(author: Person, entry: Entry) -> None:
    """One's own open question or update listens from now on, and is answered by what stands already."""
    if not author.is_guest and entry in listening(author):
        keep_earlier(author, entry, terms=TERMS)


def _candidates(entry: Entry, authors: set[int]) -> list[tuple[Person, Entry]]:
    """People who wrote something like it, each with their piece that is most like it."""
    asked = question(entry.title, entry.text, language=entry.language, keep=TERMS)
    rows = postings(asked, NO_LIMIT)
    if not len(rows.term):
        return []
    found = messages(asked, rows, NO_LIMIT, AS_THREAD, keep=60, evidence=True, without=entry.pk)
    scores = dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))
    wrote = Authored.objects.unrestricted("whom it may help").filter(entry__in=list(scores)).exclude(person__in=authors)
    best: dict[int, int] = {}
    for piece, person in wrote.values_list("entry_id", "person_id"):
        if scores[piece] > scores.get(best.get(person, 0), 0.0):
            best[person] = piece
    chosen = sorted(best, key=lambda person: (-scores[best[person]], person))[:ASKED_AGAIN]
    people = Person.objects.shown().filter(is_guest=False).in_bulk(chosen)
    pieces = Entry.objects.unrestricted("whom it may help").in_bulk([best[person] for person in chosen])
    return [(people[person], pieces[best[person]]) for person in chosen if person in people and best[person] in pieces]


def _for_a_reader(person: Person, theirs: Entry, new: Entry) -> None:
    """Asked again with the reader's own eyes, from the reader's own piece."""
    for about in listening(person) if may_listen(theirs) else ():
        if about.pk == theirs.thread_id:
            for found in work_like(person, about, terms=TERMS):
                if found.post_id == new.subject_id:
                    keep_reuse(person, about, found)
                    return  # once is enough
    if _had_enough(person):
        return
    author = (
        Authored.objects.visible_to(person).filter(entry=new.pk).order_by("order").values_list("person_id", flat=True).first()
    )
    if author is None:
        return
    around = Surroundings.of(person)
    away = around.not_offered([author], Moment.STRANGER) | set(around.near_ids) | around.same_unit_or_place([author])
    if author in away or met(person, [author]):
        return
    hit = next(iter(similar(person, entry=theirs, limit=AMONG, terms=TERMS, only=new.pk)), None)
    if hit is None or not hit.reasons:
        return
    age = (seconds(timezone.now()) - new.at) / 86_400
    fit = Fit(new.pk, author, relevance(hit), tuple(hit.reasons), age, unit_id=new.unit_id, from_entry_id=theirs.pk)
    unwanted = {word.lower() for word in Unwanted.objects.filter(person=person).values_list("word", flat=True)}
    for offer in rank([fit], unexpected=around.unexpectedness_of([author]), exposure=exposure_of([author]), unwanted=unwanted):
        keep(person, Moment.STRANGER, new, author, offer.score, list(offer.fit.reasons), None)


def _had_enough(person: Person) -> bool:
    """Attention is scarce: a weekly budget of what nobody asked for, and nothing more while as many wait unanswered."""
    rows = Suggestion.objects.unrestricted("a weekly budget").filter(receiver=person, moment=Moment.STRANGER)
    waiting = Q(answer="", put_off_until=None)
    return bool(rows.filter(waiting | Q(made_at__gt=timezone.now() - WEEK)).count() >= PER_WEEK)

"""M1, reuse: while one writes, on a post's page, and by itself for one's own open questions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traff.community.people.faces import Face, faces_of
from traff.ground.accounts.models import Moment, Person
from traff.ground.core.markup import to_text
from traff.ground.core.prepared import prepared
from traff.ground.core.time import seconds
from traff.ground.search.models import Authored, Entry
from traff.heart.matching.listening import stopped_posts
from traff.heart.matching.meetings import Found, Meeting, meetings
from traff.heart.matching.offering import passes
from traff.heart.matching.reasons import Evidence
from traff.heart.matching.relevance import OFFERED, relevance
from traff.heart.matching.similar import FULL, Effort, Related, similar
from traff.heart.matching.surroundings import Surroundings
from traff.heart.matching.ties import mentioned
from traff.heart.matching.who import Knower, who
from traff.sharing.content.models import Kind, Post

SHORTEST = 20  # characters from which a text says what it is about
TELLING = 60  # characters from which it is said that nothing is like it
MOST_OFFERS, MOST_EXPERTS = 3, 3
LOOKED_AT = 30  # threads
CASE_BONUS, ANSWERED_BONUS = 1.25, 1.1  # a case is made to be reused; an accepted answer has been tried
FIRM = (
    0.6,
    0.7,
    0.8,
    0.9,
    1.0,
)  # by words in common: one may be chance, and no case goes before better work for it; a concept counts as two
U_POWER = 0.15  # relevance first; how unexpected it is breaks ties
LISTENS, LISTEN = timedelta(days=30), (Kind.QUESTION, Kind.UPDATE)


@dataclass(frozen=True)
class Expert:
    """The names are those of `core/parts/expert.html`."""

    face: Face
    evidence: list[dict[str, object]]


@dataclass(frozen=True)
class Panel:
    offers: list[Meeting] = field(default_factory=list)
    experts: list[Expert] = field(default_factory=list)
    is_asked: bool = field(default=False, compare=False)  # there was enough to say that nothing is like it

    @property
    def count(self) -> int:
        """Colleagues who have been here, each once."""
        return len({offer.face.id for offer in self.offers} | {expert.face.id for expert in self.experts})

    @property
    def cases(self) -> list[Meeting]:
        return [offer for offer in self.offers if offer.post["kind"] == Kind.CASE]

    @property
    def earlier(self) -> list[Meeting]:
        return [offer for offer in self.offers if offer.post["kind"] != Kind.CASE]


def panel_for(person: Person, title: str, text: str) -> Panel:
    """Others who have been where this text is heading: cases, earlier work, then people. Nothing for a text too short to tell."""
    if len(title) + len(text) < SHORTEST:
        return Panel()
    hits = by_others(person, relevant(similar(person, text, title=title, limit=LOOKED_AT)))
    found = earlier_work(person, hits)
    knowing = _knowers(person, title, text, hits, {row.author_id for row in found})
    return Panel(meetings(found, person), experts(knowing), is_asked=len(title) + len(text) >= TELLING)


def relevant(hits: list[Related]) -> list[Related]:
    """Threads that may be offered to somebody who did not ask for them."""
    return [hit for hit in hits if hit.entry.kind == "post" and hit.reasons and relevance(hit) >= OFFERED]


def by_others(person: Person, hits: list[Related]) -> list[Related]:
    """Without what one wrote oneself, alone or together: neither the work nor the fellow author is news."""
    mine = set(_own(person, [hit.entry.pk for hit in hits]))
    return [hit for hit in hits if hit.entry.pk not in mine]


@prepared
def _own(person: Person, entries: list[int]) -> QuerySet[Authored, int]:
    return Authored.objects.visible_to(person).filter(person=person, entry__any=entries).values_list("entry_id", flat=True)


def _knowers(person: Person, title: str, text: str, hits: list[Related], shown: set[int]) -> list[Knower]:
    """People beside the work: only those who took part in a thread that is relevant itself."""
    return [knower for knower in knowers_in(person, title, text, hits) if knower.person.pk not in shown][:MOST_EXPERTS]


def knowers_in(person: Person, title: str, text: str, hits: list[Related], *, circle: int | None = None) -> list[Knower]:
    """Who took part in these threads, in the order of `who`, each with a piece from one of them."""
    threads = {hit.entry.pk for hit in hits}
    if not threads:
        return []
    found = who(person, text, title=title, circle=circle, candidates=set(_wrote(person, sorted(threads))))
    return [knower for knower in found if any(piece.entry.pk in threads for piece in knower.evidence)]


@prepared
def _wrote(person: Person, threads: list[int]) -> QuerySet[Authored, int]:
    return Authored.objects.visible_to(person).filter(thread_id__any=threads).values_list("person_id", flat=True)


def beside(person: Person, entry: Entry, *, most: int = MOST_OFFERS) -> list[Meeting]:
    """Others have been here: earlier work like this post, by others than its authors. A sensitive post is no reason."""
    if not entry.is_evidence:
        return []
    own = set(entry.authored.visible_to(person).values_list("person_id", flat=True))
    found = [row for row in work_like(person, entry, most=most + 3) if row.author_id not in own]
    return meetings(found[:most], person)


def work_like(
    person: Person, entry: Entry, *, most: int = MOST_OFFERS, effort: Effort = FULL, is_unasked: bool = False
) -> list[Found]:
    """Earlier work like a post."""
    hits = relevant(similar(person, entry=entry, limit=LOOKED_AT, effort=effort))
    return earlier_work(person, hits, most=most, is_unasked=is_unasked)


def earlier_work(person: Person, hits: list[Related], *, most: int = MOST_OFFERS, is_unasked: bool = False) -> list[Found]:
    """Cases, answered questions and other threads by others, relevance first, one an author.

    `is_unasked`: put before somebody who did not look, so from elsewhere: one's own unit and whom one mentions are no news.
    """
    posts = {post.pk: post for post in _posts(person, [hit.entry.subject_id for hit in hits])}
    authors = {pk: [author.pk for author in post.people()] for pk, post in posts.items()}
    around = Surroundings.of(person)
    everybody = {author for group in authors.values() for author in group}
    away, far = around.not_offered(everybody, Moment.REUSE), around.unexpectedness_of(everybody)
    if is_unasked:
        hits = [hit for hit in hits if passes(relevance(hit), hit.reasons, hit.named)]
        away |= around.same_unit(everybody) | mentioned(person)
    left = set(_left(sorted(everybody)))
    best: dict[int, tuple[float, Related]] = {}
    for hit in hits:
        post = posts.get(hit.entry.subject_id)
        askable = [author for author in authors.get(hit.entry.subject_id, []) if author not in away]
        if post is None or not askable or person.pk in authors[post.pk]:
            continue
        author = min(askable, key=lambda pk: (pk in left, authors[post.pk].index(pk)))
        score = _score(hit, post, far.get(author, 0.5))
        if author not in best or best[author][0] < score:
            best[author] = score, hit
    rows = sorted(((score, author, hit) for author, (score, hit) in best.items()), key=lambda row: -row[0])[:most]
    return [
        Found(hit.entry.subject_id, author, hit.reasons, hit.evidence.sentence, score, features=hit.features)
        for score, author, hit in rows
    ]


@prepared
def _posts(person: Person, ids: list[int]) -> QuerySet[Post]:
    found: QuerySet[Post] = Post.objects.visible_to(person).filter(pk__any=ids).with_people()
    return found


@prepared
def _left(people: list[int]) -> QuerySet[Person, int]:
    """Of these, who has left."""
    return Person.objects.filter(pk__any=people, is_active=False).values_list("pk", flat=True)


def _score(hit: Related, post: Post, unexpected: float) -> float:
    bonus = CASE_BONUS if post.kind == Kind.CASE else 1.0
    if post.kind == Kind.QUESTION and post.question.accepted_reply_id:
        bonus = ANSWERED_BONUS
    substance = FIRM[min(len(hit.reasons) + len(hit.named), len(FIRM) - 1)]
    return relevance(hit) ** (1 - U_POWER) * (0.1 + unexpected) ** U_POWER * bonus * substance


def experts(knowers: list[Knower]) -> list[Expert]:
    """People with the proof, as shown."""
    faces = faces_of(knower.person for knower in knowers)
    return [Expert(faces[knower.person.pk], [_piece(piece, knower.person) for piece in knower.evidence]) for knower in knowers]


def _piece(piece: Evidence, person: Person) -> dict[str, object]:
    entry = piece.entry
    if entry.kind == "person":  # what one says of oneself, and not one's name again
        said = {"title": _("Says so on the profile"), "url": person.get_absolute_url(), "title_language": ""}
        return {**said, "kind": "person", "text": piece.sentence, "language": entry.language}
    return {
        "kind": entry.detail or entry.kind,
        "title": piece.title,
        "title_language": entry.language,
        "url": reverse("post", args=[entry.subject_id]),
        "deed": piece.deed,
        "at": piece.at,
        "place": str(entry.place or ""),
        "text": "" if piece.title.startswith(to_text(piece.sentence)) else piece.sentence,  # an update is its own title
        "language": piece.message.language,
    }


def may_listen(entry: Entry) -> bool:
    """Whether it is young enough, and asks or tells by itself; the rest `listening` says."""
    return entry.kind == "post" and entry.detail in LISTEN and entry.at > seconds(timezone.now() - LISTENS)


def listening(person: Person) -> list[Entry]:
    """One's own open questions and updates of the last 30 days, as entries: they listen by themselves.

    Not those about a sensitive matter, nor those withheld from evidence: they are no reason for anything. Nor those told to stop.
    """
    return list(_asking(person, timezone.now() - LISTENS))


@prepared
def _asking(person: Person, since: datetime) -> QuerySet[Entry]:
    mine = Post.objects.visible_to(person).of(person).filter(published_at__gt=since, kind__in=LISTEN)
    unsolved = mine.exclude(question__accepted_reply__isnull=False).newest_first().values("pk")[:10]
    entries = Entry.objects.visible_to(person).filter(kind="post", subject_id__in=unsolved, is_evidence=True)
    found: QuerySet[Entry] = entries.exclude(pk__in=stopped_posts(person))
    return found


def lead_of(about: Entry) -> str:
    """What a card says before its reasons when one's own question found it."""
    if about.title:
        return _("because you asked “%(title)s”, and both are about") % {"title": about.title}
    return _("because you wrote about the same matter:")

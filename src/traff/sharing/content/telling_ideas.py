"""What ideas and sparks tell, and whom: authors, those who voted, and who took it on; each told with their own eyes."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.activity.news import News, Sort
from traff.sharing.content.models import Authorship, Idea, Post, Spark, Stage, Vote

LONGEST = 80  # characters of a title in a sentence
IDEAS = Sort("ideas", gettext_lazy("Your writing gave somebody an idea, and what becomes of ideas you wrote or voted for"))


def register() -> None:
    """Called once, when the house opens."""
    news.register("spark.lit", hear=whom_a_spark_concerns, say=say_lit, sort=IDEAS)
    news.register("idea.taken_on", hear=whom_an_idea_concerns, say=say_taken_on, sort=IDEAS)
    news.register("idea.moved", hear=whom_an_idea_concerns, say=say_moved, sort=IDEAS)


def whom_an_idea_concerns(event: Event) -> Iterable[int]:
    """Who wrote it, who took it on, and who voted for it or for a twin of it."""
    family = Q(pk=event.subject_id) | Q(duplicate_of=event.subject_id)
    ideas = Idea.objects.unrestricted("whom it concerns").filter(family)
    posts = list(ideas.values_list("pk", flat=True))
    authors = Authorship.objects.unrestricted("whom it concerns").filter(post__in=posts)
    votes = Vote.objects.unrestricted("whom it concerns, told to nobody else").filter(idea__in=posts)
    takers = (taker for taker in ideas.values_list("taken_on_by", flat=True) if taker)
    return {*authors.values_list("person_id", flat=True), *votes.values_list("person_id", flat=True), *takers}


def say_taken_on(event: Event, person: Person) -> News | None:
    return _told(event, person, _("%(name)s takes on the idea “%(title)s”"))


def say_moved(event: Event, person: Person) -> News | None:
    """Where it stands now: of two moves in a row the last one is what there is to tell."""
    idea = Idea.objects.visible_to(person).filter(pk=event.subject_id).first()
    if idea is None:
        return None
    said = {
        Stage.NEW: _("%(name)s has let go of the idea “%(title)s”: it is free to take on"),
        Stage.TAKEN: _("%(name)s takes on the idea “%(title)s”"),
        Stage.TRIED: _("The idea “%(title)s” is being tried"),
        Stage.RESULT: _("The idea “%(title)s” has a result: read how it went"),
        Stage.PARKED: _("The idea “%(title)s” is parked for now"),
    }
    return _told(event, person, said[Stage(idea.stage)])


def whom_a_spark_concerns(event: Event) -> Iterable[int]:
    """The authors of what gave the idea."""
    sources = Spark.objects.unrestricted("whom it concerns").filter(post=event.subject_id).values("source")
    return Authorship.objects.unrestricted("whom it concerns").filter(post__in=sources).values_list("person_id", flat=True)


def say_lit(event: Event, person: Person) -> News | None:
    """Told where both ends may be read."""
    mine = Spark.objects.visible_to(person).filter(post=event.subject_id, source__authorships__person=person)
    spark = mine.select_related("source", "post").first()
    if spark is None:
        return None
    words = _("Your “%(source)s” gave %(name)s an idea: “%(title)s”")
    return _told(event, person, words, source=_short(spark.source))


def _told(event: Event, person: Person, words: str, **more: str) -> News | None:
    post = Post.objects.visible_to(person).filter(pk=event.subject_id).first()
    if post is None:
        return None
    name = event.actor.name if event.actor else _("Somebody")
    text = words % {"name": name, "title": _short(post), **more}
    return News(text=text, url=post.get_absolute_url(), thread=f"post/{post.pk}", icon="lightbulb")


def _short(post: Post) -> str:
    return Truncator(str(post)).chars(LONGEST)

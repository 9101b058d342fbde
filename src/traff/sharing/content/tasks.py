"""What passes: the words of what was sent, drafts nobody touched for ninety days, files that hung on nothing as long."""

from uuid import UUID

from procrastinate.contrib.django import app

from traff.community.topics.models import Topic
from traff.ground.activity.models import Event
from traff.ground.files.models import File
from traff.ground.search.mentioning import mentioning
from traff.ground.search.withholding import linked_to
from traff.sharing.content.models import Draft, Post
from traff.sharing.content.reindexing import reindex


@app.periodic(cron="17 3 * * *")
@app.task(name="content.forget_stale_drafts", queueing_lock="content.forget_stale_drafts")
def forget_stale_drafts(timestamp: int) -> None:
    Draft.objects.stale().delete()
    File.forget_unattached(older_than=Draft.KEPT)


@app.task(name="content.topic_marked")
def topic_marked(*, event_id: int) -> None:
    """A topic is sensitive, or is not after all: what is linked to it, by its author or by its name, is indexed anew."""
    if event := Event.objects.unrestricted("what happened").filter(pk=event_id).first():
        named = linked_to("topic", event.subject_id).filter(kind="post").values_list("subject_id", flat=True)
        everything = Post.objects.unrestricted("to be indexed anew")
        tagged = everything.filter(topics=event.subject_id).values_list("pk", flat=True)
        reindex({*named, *tagged})


@app.task(name="content.topic_renamed")
def topic_renamed(*, event_id: int) -> None:
    """A topic has other names, or has taken over another's: what is linked to it and what says its names is indexed anew."""
    if event := Event.objects.unrestricted("what happened").filter(pk=event_id).first():
        topic = Topic.objects.filter(pk=event.subject_id).first()
        named = mentioning([topic.name, topic.name_sv, *topic.aliases]) if topic and topic.is_open else linked_to("topic", 0)
        found = [*named.filter(kind="post").values_list("subject_id", flat=True)]
        found += linked_to("topic", event.subject_id).filter(kind="post").values_list("subject_id", flat=True)
        everything = Post.objects.unrestricted("to be indexed anew")
        found += everything.filter(topics=event.subject_id).values_list("pk", flat=True)
        reindex(found)


@app.task(name="content.group_marked")
def group_marked(*, event_id: int) -> None:
    """The same for a group."""
    if event := Event.objects.unrestricted("what happened").filter(pk=event_id).first():
        reindex(Post.objects.unrestricted("to be indexed anew").filter(group=event.subject_id).values_list("pk", flat=True))


@app.task(name="content.forget_sent_words")
def forget_sent_words(*, key: str) -> None:
    """Sending can no longer be taken back: the words stand where they were sent, and nowhere else."""
    Draft.objects.sent().filter(key=UUID(key)).update(fields={})

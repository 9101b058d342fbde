"""What people's entries hear of."""

from procrastinate.contrib.django import app

from traff.community.people.bulk import make_findable
from traff.community.people.models import Profile
from traff.ground.activity.models import Event


@app.task(name="people.topic_marked")
def topic_marked(*, event_id: int) -> None:
    """Nobody is found by a sensitive topic, and everybody by its names of today: who named it is indexed anew."""
    if event := Event.objects.unrestricted("what happened").filter(pk=event_id).first():
        naming = Profile.objects.filter(topics=event.subject_id)
        make_findable(list(naming.select_related("person__seat").prefetch_related("topics")))

"""How a person is found: by name, title, what they say to everyone, and the topics they know."""

from traff.community.people.models import Level, Profile
from traff.ground.access.models import Audience
from traff.ground.core.language import language_of
from traff.ground.organisation.models import Seat
from traff.ground.search.findable import EntryDraft


def draft_of_person(profile: Profile) -> EntryDraft | None:
    """The entry everybody sees; fields of a narrower level stand in none. Who left or is protected has no entry."""
    person = profile.person
    if not person.is_active or person.is_protected:
        return None
    seat: Seat | None = getattr(person, "seat", None)
    about = profile.about if profile.about_level == Level.EVERYONE else ""
    topics = [topic for topic in profile.topics.all() if not topic.is_sensitive]
    words = [profile.title, about, *(f"{topic.name} {topic.name_sv}".strip() for topic in topics)]
    return EntryDraft(
        kind="person",
        subject_id=person.pk,
        title=person.name,
        text="\n".join(word for word in words if word),
        language=language_of(about, unsure=person.language),
        audience=Audience.objects.everyone(),
        author_ids=[person.pk],
        at=person.joined_at,
        unit_id=seat.unit_id if seat else None,
        place_id=seat.place_id if seat else None,
        concepts=[("topic", topic.pk) for topic in topics],
        is_evidence=False,  # what one says of oneself: weak evidence of what one knows, and of nothing else
    )

"""What search keeps of a person."""

from traff.community.people.findable import draft_of_person
from traff.community.people.models import Level, Profile
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person


def test_only_what_everyone_sees_is_found(bjorn: Person) -> None:
    profile = Profile.of(bjorn)
    profile.title, profile.about, profile.about_level = "Paper engineer", "between us", Level.UNIT
    secret = Topic.objects.named("fackligt")
    Topic.objects.filter(pk=secret.pk).update(is_sensitive=True)
    profile.tell(topics=[Topic.objects.named("korrosion"), Topic.objects.get(pk=secret.pk)])
    draft = draft_of_person(profile)
    assert draft
    assert (draft.title, draft.audience.is_open, draft.is_evidence) == ("Björn Ståhl", True, False)
    assert draft.text == "Paper engineer\nkorrosion"
    assert draft.concepts == [("topic", Topic.objects.get(slug="korrosion").pk)]


def test_who_left_or_is_protected_is_not_found(inga: Person, preben: Person) -> None:
    assert draft_of_person(Profile.of(inga)) is None
    assert draft_of_person(Profile.of(preben)) is None

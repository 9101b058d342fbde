"""The bulk form of `Profile.make_findable`, for imports of many people."""

from collections.abc import Sequence

from traff.community.people.models import Profile
from traff.ground.search import findable


def make_findable(profiles: Sequence[Profile]) -> None:
    """Entries follow the profiles; who left or is protected has none. The persons are read with them."""
    shown: list[Profile] = []
    for profile in profiles:
        if profile.person.is_active and not profile.person.is_protected:
            shown.append(profile)
        else:
            findable.unindex("person", profile)
    findable.index_many([findable.draft_of("person", profile) for profile in shown])

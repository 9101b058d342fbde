from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    name = "traff.attention.following"
    verbose_name = _("Following")

    def ready(self) -> None:
        from traff.attention.following import fillings, taking
        from traff.attention.following.targets import SORTS
        from traff.community.people.first_steps import Step, put_in
        from traff.ground.accounts import own_data
        from traff.ground.core import slots
        from traff.sharing.openings import followed

        followed.told_by(fillings.followed)
        for sort in SORTS:
            slots.fill(f"{sort}.actions", fillings.follow_group if sort == "group" else partial(fillings.follow, sort))
            slots.fill(f"{sort}.menu", partial(fillings.mute, sort))
        slots.fill("own_data", fillings.mine, weight=30)
        own_data.give("follows", taking.follows)
        own_data.give("mutes", taking.mutes)
        following = Step(
            word=_("Follow somebody, or a topic"),
            why=_("What they write comes to your home page. Nobody is told."),
            url_name="people",
            is_done=fillings.follows_somebody,
        )
        put_in(following, weight=30)

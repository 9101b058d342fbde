from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpeningsConfig(AppConfig):
    name = "traff.sharing.openings"
    verbose_name = _("Openings")

    def ready(self) -> None:
        from traff.ground.accounts import own_data
        from traff.ground.activity import news
        from traff.ground.core import digest, navigation, slots
        from traff.ground.search import findable
        from traff.sharing.conversations import reasons
        from traff.sharing.openings import fillings, hits, taking, tasks, telling  # noqa: F401 (tasks: brings its tasks)
        from traff.sharing.openings.conversing import REASON
        from traff.sharing.openings.findable import draft_of_opening
        from traff.sharing.openings.switch import is_shown_to

        findable.register("opening", draft_of_opening, template="openings/hit.html", present=hits.present, is_met_by=is_shown_to)
        news.register("opening.asked", hear=telling.owner_of, say=telling.say_asked, sort=telling.OPENINGS)
        news.register("opening.lapsed", hear=telling.owner_of, say=telling.say_lapsed, sort=telling.OPENINGS)
        reasons.register(REASON)
        slots.fill("home.aside", fillings.home, weight=20)
        slots.fill("group.aside", fillings.group_openings)
        slots.fill("own_data", fillings.own, weight=40)
        own_data.give("openings", taking.openings)
        digest.fill(fillings.in_mail, weight=60)
        way = navigation.Way("/openings/", "door-open", _("Openings"), "o", is_shown_to=is_shown_to)
        navigation.put_in(way, after="/cases/")

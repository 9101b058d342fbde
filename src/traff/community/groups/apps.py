from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

HEARD = ("post.published", "reply.written", "case.reused", "answer.accepted")


class GroupsConfig(AppConfig):
    name = "traff.community.groups"
    verbose_name = _("Groups")

    def ready(self) -> None:
        from traff.community.groups import fillings, hits, taking, telling
        from traff.community.groups.findable import draft_of_group
        from traff.community.groups.tasks import move_clock, move_clocks
        from traff.community.people.first_steps import Step, put_in
        from traff.ground.accounts import own_data
        from traff.ground.activity.listeners import listen, listen_to_batches
        from traff.ground.core import slots
        from traff.ground.search import findable

        findable.register("group", draft_of_group, template="groups/hit.html", present=hits.present)
        telling.register()
        for verb in HEARD:
            listen(verb, move_clock)
            listen_to_batches(verb, move_clocks)
        slots.fill("person.common", fillings.in_common)
        slots.fill("person.aside", fillings.groups_of)
        slots.fill("own_data", fillings.my_groups, weight=20)
        own_data.give("groups", taking.groups)
        joining = Step(
            word=_("Join a group"),
            why=_("About work or anything else. One click in, one click out."),
            url_name="groups",
            is_done=fillings.has_joined,
        )
        put_in(joining, weight=20)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "traff.community.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from traff.community.people import fillings, first_steps, hits, taking, tasks
        from traff.community.people.findable import draft_of_person
        from traff.ground.accounts import own_data
        from traff.ground.activity.listeners import listen
        from traff.ground.core import slots
        from traff.ground.search import findable

        findable.register("person", draft_of_person, template="people/hit.html", present=hits.present)
        for verb in ("topic.marked", "topic.named", "topic.merged"):
            listen(verb, tasks.topic_marked)
        slots.fill("demo.cast", fillings.cast)
        slots.fill("topic.people", fillings.knowing_topic)
        slots.fill("home.welcome", fillings.newcomer)
        slots.fill("own_data", fillings.my_first_steps, weight=10)
        own_data.give("me", taking.me)
        own_data.give("choices", taking.choices)
        own_data.give("done-in-my-name", taking.done_in_my_name)
        own_data.give("files", taking.files)
        knowing = first_steps.Step(
            word=_("Say what you know"),
            why=_("Three topics and a few lines are enough for a colleague to find you."),
            url_name="knowing",
            is_done=first_steps.has_said_what_they_know,
        )
        first_steps.put_in(knowing, weight=10)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "traff.community.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from traff.community.people import fillings, hits, tasks
        from traff.community.people.findable import draft_of_person
        from traff.ground.activity.listeners import listen
        from traff.ground.core import slots
        from traff.ground.search import findable

        findable.register("person", draft_of_person, template="people/hit.html", present=hits.present)
        listen("topic.marked", tasks.topic_marked)
        slots.fill("demo.cast", fillings.cast)
        slots.fill("topic.people", fillings.knowing_topic)

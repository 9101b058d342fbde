from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "traff.community.topics"
    verbose_name = _("Topics")

    def ready(self) -> None:
        from traff.community.topics import hits
        from traff.community.topics.findable import topic_concept
        from traff.ground.search import findable

        findable.register("topic", topic_concept, template="search/topic.html", present=hits.present)

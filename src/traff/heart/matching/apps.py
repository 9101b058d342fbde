from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "traff.heart.matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        from traff.ground.activity.bulk import IMPORTED
        from traff.ground.activity.listeners import listen, listen_to_batches
        from traff.ground.core import slots
        from traff.heart.matching import fillings, tasks

        listen("post.published", tasks.post_published)
        listen("post.edited", tasks.post_edited)
        listen("reply.written", tasks.reply_written)
        listen("group.closed", tasks.group_closed)
        listen_to_batches(IMPORTED, tasks.rebuild_ties)
        slots.fill("home.traffar", fillings.home)
        slots.fill("composer.panel", fillings.composer)
        slots.fill("post.aside", fillings.others)
        slots.fill("search.aside", fillings.knowers)

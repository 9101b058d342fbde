from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "traff.attention.notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from traff.attention.notifications import fillings, sections, taking, tasks
        from traff.attention.notifications.models import Notice
        from traff.ground.accounts import own_data
        from traff.ground.activity import news
        from traff.ground.core import digest, fresh, slots

        news.deliver_by(tasks.AfterUndo(tasks.ring))
        news.recall_by(tasks.recall)
        fresh.count("/bell/", lambda person: Notice.objects.audible_to(person).unread(), read_at="path")
        slots.fill("top.end", fillings.bell)
        slots.fill("keys.more", fillings.keys, weight=10)
        slots.fill("own_data", fillings.mine, weight=40)
        own_data.give("hearing", taking.hearing)
        digest.fill(sections.in_groups, weight=30)
        digest.fill(sections.in_the_bell, weight=60)

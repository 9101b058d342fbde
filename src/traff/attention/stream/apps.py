from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StreamConfig(AppConfig):
    name = "traff.attention.stream"
    verbose_name = _("Stream")

    def ready(self) -> None:
        from traff.attention.stream import shown
        from traff.ground.core import slots

        slots.fill("home.aside", shown.your_groups, weight=30)

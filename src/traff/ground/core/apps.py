from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "traff.ground.core"

    def ready(self) -> None:
        import traff.ground.core.lookups  # noqa: F401 (registers `__any`)

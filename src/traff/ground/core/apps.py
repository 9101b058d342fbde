from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

STATEMENTS = 600  # whose plans a connection keeps: all there are of the pages, or each would push out another


class CoreConfig(AppConfig):
    name = "traff.ground.core"

    def ready(self) -> None:
        import traff.ground.core.lookups  # noqa: F401 (registers `__any`)

        connection_created.connect(_keep_plans)


def _keep_plans(connection: Any, **_more: Any) -> None:
    connection.connection.prepared_max = STATEMENTS

"""A composite foreign key that Django cannot yet express: (audience_id, is_open) → audience (id, is_open)."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.constraints import BaseConstraint


class SameOpenness(BaseConstraint):
    """Keeps a Shared row's openness the same as its audience's: ON UPDATE CASCADE, checked by the database."""

    def __init__(self, *, name: str, audience: str = "audience_id", is_open: str = "is_open") -> None:
        super().__init__(name=name)
        self.audience, self.is_open = audience, is_open

    def _clause(self, schema_editor: BaseDatabaseSchemaEditor) -> str:
        quote = schema_editor.quote_name
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote(self.audience)}, {quote(self.is_open)}) "
            f"REFERENCES access_audience (id, is_open) ON UPDATE CASCADE"
        )

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        return self._clause(schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        return f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} ADD {self._clause(schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database checks it; `Shared.save` fills it in."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "audience": self.audience, "is_open": self.is_open}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameOpenness) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

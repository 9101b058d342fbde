"""Managers that raise unless scoped, so that `group.posts.all()` cannot leak.

A queryset over a guarded model may be read only after `visible_to(person)` or `unrestricted("reason")`. What hangs on
one thing in hand (a reply's post, a case's post) may be followed, because it has exactly that thing's readers: such
models say `follows = "post"`.
"""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.db import models


class Unscoped(RuntimeError):
    """A guarded model was about to be read without anybody asking who reads."""


class GuardedQuerySet(models.QuerySet[Any]):
    _scoped = False
    _hints: dict[str, Any]

    def visible_to(self, person: Any) -> Self:
        """What this person may read: the one rule."""
        return self.filter(self.model.readable_q(person))._mark()

    def unrestricted(self, reason: str) -> Self:
        """Everything; for verbs and bulk work that show nothing to anybody. Say why."""
        if not reason:
            raise Unscoped("unrestricted() wants a reason")
        return self.all()._mark()

    def _mark(self) -> Self:
        self._scoped = True
        return self

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def _guard(self) -> None:
        if not (self._scoped or self._follows_what_is_in_hand() or self.query.is_empty()):
            raise Unscoped(f"{self.model.__name__} is read unscoped: use visible_to(person) or unrestricted(reason)")

    def _follows_what_is_in_hand(self) -> bool:
        """Forward from a thing in hand to what it hangs on, or back to its one-to-one detail."""
        holder = self._hints.get("instance")
        if holder is None:
            return False
        forward = getattr(type(holder), "follows", None)
        if forward and holder._meta.get_field(forward).related_model is self.model:
            return True
        back = getattr(self.model, "follows", None)
        field = self.model._meta.get_field(back) if back else None
        return bool(field and field.one_to_one and field.related_model is type(holder))

    def __and__(self, other: Any) -> Self:
        return self._both(super().__and__(other), other)

    def __or__(self, other: Any) -> Self:
        return self._both(super().__or__(other), other)

    def _both(self, combined: Self, other: Any) -> Self:
        combined._scoped = self._scoped and getattr(other, "_scoped", False)
        return combined

    def _combinator_query(self, combinator: str, *others: Any, **options: Any) -> Self:
        combined: Self = super()._combinator_query(combinator, *others, **options)  # type: ignore[misc]
        combined._scoped = self._scoped and all_scoped(others)
        return combined

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._guard()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        self._guard()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._guard()
        return super().count()

    def exists(self) -> bool:
        self._guard()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._guard()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._guard()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._guard()
        return super().delete()

    def explain(self, *args: Any, **kwargs: Any) -> str:
        self._guard()
        return super().explain(*args, **kwargs)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        self._guard()  # as a subquery of something else
        return super().resolve_expression(*args, **kwargs)


def all_scoped(querysets: tuple[Any, ...]) -> bool:
    return all(getattr(queryset, "_scoped", False) for queryset in querysets)


class Guarded(models.Model):
    """A model that is read only through the rule."""

    follows: ClassVar[str | None] = None  # the foreign key whose readers are exactly this row's readers
    objects: ClassVar[Any] = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def readable_q(cls, person: Any, prefix: str = "") -> models.Q:
        """Whether this person may read a row, as a filter; `prefix` when asked through a relation."""
        if not cls.follows:
            raise Unscoped(f"{cls.__name__} needs `follows` or a rule of its own")
        parent: type[Guarded] = cls._meta.get_field(cls.follows).related_model  # type: ignore[assignment]
        return parent.readable_q(person, f"{prefix}{cls.follows}__")

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        in_hand = type(self).objects.unrestricted("refresh of a thing in hand")
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset or in_hand)

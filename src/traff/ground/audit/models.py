"""The record of what was done with power: append-only, chained, with names kept apart so that they can be erased."""

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

CHAIN_LOCK = 7_201  # advisory lock: one writer at a time, so that the chain has one end


class AuditQuerySet(models.QuerySet["AuditRecord"]):
    def about(self, kind: str, subject_id: int) -> "AuditQuerySet":
        return self.filter(subject_kind=kind, subject_id=subject_id)


class AuditRecord(models.Model):
    """One line of the record; ids and salted digests alone, so that it survives erasure of a person."""

    at = models.DateTimeField()
    actor_id = models.IntegerField(null=True)  # a plain id: survives erasure; null = the command line
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.IntegerField(null=True)
    detail_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "-id"], name="audit_by_subject")]  # "shown to that person"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_kind} {self.subject_id}"

    @classmethod
    @transaction.atomic
    def write(cls, *, actor_id: int | None, verb: str, kind: str, subject_id: int | None, **detail: Any) -> "AuditRecord":
        """Append one line. `detail` may name people and reasons: it is kept in the erasable side table."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        last = cls.objects.order_by("-id").values_list("digest", flat=True).first() or ""
        salt, text = secrets.token_hex(8), json.dumps(detail, ensure_ascii=False, sort_keys=True)
        record = cls(at=timezone.now(), actor_id=actor_id, verb=verb, subject_kind=kind, subject_id=subject_id, previous=last)
        record.detail_digest = hashlib.sha256(f"{salt}{text}".encode()).hexdigest()
        record.digest = record.expected_digest()
        record.save()
        AuditDetail.objects.create(record=record, salt=salt, text=text)
        return record

    @classmethod
    def broken_at(cls) -> "AuditRecord | None":
        """The first line that does not follow from the one before it; None when the chain is whole."""
        previous = ""
        for record in cls.objects.order_by("id").iterator():
            if record.previous != previous or record.digest != record.expected_digest():
                return record
            previous = record.digest
        return None

    def expected_digest(self) -> str:
        at: datetime = self.at
        line = [at.isoformat(), self.actor_id, self.verb, self.subject_kind, self.subject_id, self.detail_digest, self.previous]
        return hashlib.sha256(json.dumps(line).encode()).hexdigest()


class AuditDetail(models.Model):
    """Names and reasons of a record; erasable, while the chain holds its salted digest."""

    record = models.OneToOneField(AuditRecord, models.CASCADE, primary_key=True, related_name="detail")
    salt = models.CharField(max_length=16)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text

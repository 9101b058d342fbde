import pytest
from django.db import DatabaseError, connection, transaction

from traff.ground.audit.models import AuditDetail, AuditRecord


@pytest.mark.django_db
def test_the_record_is_append_only_and_a_broken_chain_is_found() -> None:
    for n in range(3):
        AuditRecord.write(actor_id=n, verb="tested", kind="person", subject_id=n, reason="why not")
    assert AuditRecord.broken_at() is None

    with pytest.raises(DatabaseError), transaction.atomic():
        AuditRecord.objects.filter(actor_id=1).update(verb="nothing happened")
    with connection.cursor() as cursor:  # somebody who holds the database itself
        cursor.execute("ALTER TABLE audit_auditrecord DISABLE TRIGGER audit_append_only")
        cursor.execute("UPDATE audit_auditrecord SET verb = 'nothing happened' WHERE actor_id = 1")
    broken = AuditRecord.broken_at()
    assert broken is not None and broken.actor_id == 1


@pytest.mark.django_db
def test_names_can_be_erased_and_the_chain_stays_whole() -> None:
    AuditRecord.write(actor_id=1, verb="signin.issued", kind="person", subject_id=2, reason="Astrid forgot her password")
    AuditDetail.objects.all().delete()
    assert AuditRecord.broken_at() is None

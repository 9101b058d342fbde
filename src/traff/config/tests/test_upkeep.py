"""Jobs of a worker that died."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from traff.config.upkeep import MOST_ATTEMPTS, take_up_orphans

JOB = (
    "INSERT INTO procrastinate_jobs (task_name, queue_name, status, args, attempts, worker_id) "
    "VALUES (%s, 'default', 'doing', '{}', %s, %s)"
)


@pytest.mark.django_db
def test_an_orphaned_job_is_taken_up_again_until_it_has_failed_too_often() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        alive = cursor.fetchone()[0]
        for job in (("orphan", 0, None), ("hopeless", MOST_ATTEMPTS, None), ("at work", 0, alive)):
            cursor.execute(JOB, job)
    async_to_sync(take_up_orphans.func)(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text, attempts FROM procrastinate_jobs")
        assert {(name, status) for name, status, _ in cursor.fetchall()} == {
            ("orphan", "todo"),
            ("hopeless", "failed"),
            ("at work", "doing"),
        }

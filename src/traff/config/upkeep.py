"""What the worker does for the queue itself: the jobs of a worker that died are taken up again."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app
from procrastinate.jobs import Status

MOST_ATTEMPTS = 5  # a job that brings its worker down each time is given up as failed


@app.periodic(cron="* * * * *", periodic_id="take-up-orphans")
@app.task(name="config.take_up_orphans", queueing_lock="config.take_up_orphans", pass_context=False)
async def take_up_orphans(timestamp: int) -> None:
    """Listeners are idempotent, so a job that was half done, or only thought to be orphaned, may run again."""
    for job in await app.job_manager.get_stalled_jobs():
        if job.id is None:
            continue
        if job.attempts < MOST_ATTEMPTS:
            await app.job_manager.retry_job_by_id_async(job.id, retry_at=datetime.now(UTC))
        else:
            await app.job_manager.finish_job_by_id_async(job.id, status=Status.FAILED, delete_job=False)

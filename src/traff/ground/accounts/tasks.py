"""The accounts' upkeep."""

from django.core.management import call_command
from procrastinate.contrib.django import app

from traff.ground.accounts.pace import forget_old


@app.periodic(cron="23 * * * *")
@app.task(name="accounts.forget_old_pace", queueing_lock="accounts.forget_old_pace")
def forget_old_pace(timestamp: int) -> None:
    forget_old()


@app.periodic(cron="41 3 * * *")
@app.task(name="accounts.clear_sessions", queueing_lock="accounts.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Sessions that have run out, and attempts to sign in that no longer count, go."""
    call_command("clearsessions")
    call_command("axes_reset_logs", age=30, verbosity=0)

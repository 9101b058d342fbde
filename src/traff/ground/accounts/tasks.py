"""The accounts' upkeep."""

from procrastinate.contrib.django import app

from traff.ground.accounts.pace import forget_old


@app.periodic(cron="23 * * * *")
@app.task(name="accounts.forget_old_pace", queueing_lock="accounts.forget_old_pace")
def forget_old_pace(timestamp: int) -> None:
    forget_old()

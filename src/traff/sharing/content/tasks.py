"""What passes: drafts nobody touched for ninety days, and files that were taken in and hung on nothing as long."""

from procrastinate.contrib.django import app

from traff.ground.files.models import File
from traff.sharing.content.models import Draft


@app.periodic(cron="17 3 * * *")
@app.task(name="content.forget_stale_drafts", queueing_lock="content.forget_stale_drafts")
def forget_stale_drafts(timestamp: int) -> None:
    Draft.objects.stale().delete()
    File.forget_unattached(older_than=Draft.KEPT)

"""What happens by itself: older texts are linked to new customers; two weeks after, one question."""

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from traff.ground.access.models import Audience
from traff.ground.activity.models import record
from traff.sharing.customers.linking import link_new
from traff.sharing.customers.models import Approach, Introduction
from traff.sharing.customers.models.outcome import AFTER


@app.task(name="customers.link", queueing_lock="customers.link")
def link(**_batch: int) -> None:
    """After an import."""
    link_new()


@app.periodic(cron="23 6 * * *")
@app.task(name="customers.ask_outcomes", queueing_lock="customers.ask_outcomes")
def ask_outcomes(timestamp: int) -> None:
    """Did it help? Asked of whoever asked, once, two weeks after; of a meeting with a day of its own, after that day."""
    met = Q(meets_on=None) | Q(meets_on__lt=timezone.localdate() - AFTER)
    for approach in Approach.overdue("begun_at").filter(met).select_related("person", "audience"):
        if approach.ask_outcome():
            private = Audience.objects.private_to(approach.person)
            record(actor=None, verb="approach.due", kind="approach", subject=approach, audience=private)
    for made in Introduction.overdue("accepted_at").select_related("asker"):
        if made.ask_outcome():
            private = Audience.objects.private_to(made.asker)
            record(actor=None, verb="introduction.due", kind="introduction", subject=made, audience=private)

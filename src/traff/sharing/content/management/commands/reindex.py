from typing import Any

from django.core.management.base import BaseCommand

from traff.ground.search.translations import learn
from traff.sharing.content.models import Post
from traff.sharing.content.reindexing import reindex


class Command(BaseCommand):
    help = "Index every post and reply anew: after a vocabulary came in, so that what was written before is linked to it too."

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(
            Post.objects.unrestricted("indexed anew").filter(withdrawn_at=None).order_by("pk").values_list("pk", flat=True)
        )
        reindex(ids)
        learn()
        self.stdout.write(f"{len(ids):,} threads are indexed anew.")

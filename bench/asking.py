"""How long the product's calls take in a loaded scratch database (`./traff evaluate` makes one and prints its name).

python bench/asking.py SCRATCH QUERIES.jsonl.gz [N]     wall ms, p50 and p95 over N queries, after ten to warm up
"""

import sys
import time
from datetime import UTC, datetime, timedelta

import django
import numpy as np

django.setup()

from django.db import connection, transaction  # noqa: E402

from traff.ground.access.models import Audience  # noqa: E402
from traff.ground.search.findable import EntryDraft, index_many  # noqa: E402
from traff.ground.search.searching import search  # noqa: E402
from traff.heart.matching.evaluate import scratch, tasks  # noqa: E402
from traff.heart.matching.evaluate.reading import lines, moment  # noqa: E402
from traff.heart.matching.similar import similar  # noqa: E402
from traff.heart.matching.who import who  # noqa: E402


def main() -> None:
    scratch.enter(sys.argv[1])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    queries = list(lines(sys.argv[2]))
    queries = queries[:: max(1, len(queries) // (count + 10))][: count + 10]
    person = tasks._asker(None)
    day = max(moment(query["ts"]) for query in queries)
    calls = {
        "search, title": lambda q: search(person, q["title"], before=day),
        "search, two words": lambda q: search(person, " ".join(q["title"].split()[:2]), before=day),
        "search while typing": lambda q: search(person, q["title"][:7], before=day, is_typing=True, size=5),
        "who, with evidence": lambda q: who(person, q["text"], title=q["title"], before=day),
        "similar (panel, 5)": lambda q: similar(person, q["text"], title=q["title"], before=day, limit=5),
        "publish one (index alone)": publish,
    }
    for name, call in calls.items():
        spent = []
        for query in queries:
            started = time.perf_counter()
            call(query)
            spent.append(1000 * (time.perf_counter() - started))
        spent = spent[10:]
        print(
            f"{name:28} p50 {np.quantile(spent, 0.5):6.0f} ms   p95 {np.quantile(spent, 0.95):6.0f} ms   ({len(spent)})",
            flush=True,
        )


def publish(query: dict[str, str]) -> None:
    with transaction.atomic():
        everyone = Audience.objects.everyone()
        at = datetime.now(UTC) - timedelta(days=300)
        index_many([EntryDraft("bench", 1, query["title"][:300], query["text"], "?", everyone, [], at)])
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
    connection.close()

"""The index's upkeep."""

from procrastinate.contrib.django import app

from traff.ground.search.concepts import forget_changes
from traff.ground.search.terms import fold
from traff.ground.search.translations import learn


@app.periodic(cron="*/5 * * * *")
@app.task(name="search.fold_terms", queueing_lock="search.fold_terms")
def fold_terms(timestamp: int) -> None:
    """Bring the appended counts of words together, so that reading them stays quick."""
    fold()
    forget_changes()


@app.periodic(cron="41 3 * * *")
@app.task(name="search.learn_translations", queueing_lock="search.learn_translations")
def learn_translations(timestamp: int) -> None:
    """What words are called in the other language, from the concepts as they are now."""
    learn()

"""How relevant a thread is that nobody asked for: a number 0..1 with a meaning of its own, unlike a ranking's score.

    rel = sigmoid(−3.4 + .8 · score + 10 · coverage)

score: z-scores of BM25 and character n-grams among the candidates; coverage: the part of the question's weight · idf that stands
in the thread. Set by eye on the demo's meetings and on the two organisations we measure on; to be refitted by feedback.
"""

import math

from traff.heart.matching.similar import Related

OFFERED = 0.45  # below this nothing is offered unasked


def relevance(hit: Related) -> float:
    return 1 / (1 + math.exp(3.4 - 0.8 * min(hit.score, 6.0) - 10 * hit.coverage))

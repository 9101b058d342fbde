"""How relevant a thread is that nobody asked for: a number 0..1 with a meaning of its own, unlike a ranking's score.

    rel = sigmoid(−3.4 + .8 · score + 10 · coverage)          as shipped

score: z-scores of BM25 and character n-grams among the candidates; coverage: the part of the question's weight · idf that stands
in the thread. Set by eye on the demo's meetings and on the two organisations we measure on; refitted by the organisation's own
feedback once there is enough of it (`refitting`).
"""

import math

from traff.heart.matching.similar import Related
from traff.heart.matching.weights import SCORE_CAP, in_use

OFFERED = 0.45  # below this nothing is offered unasked


def relevance(hit: Related) -> float:
    weigh = in_use()
    return 1 / (1 + math.exp(-weigh.bias - weigh.score * min(hit.score, SCORE_CAP) - weigh.coverage * hit.coverage))

"""Words of no language that look like two: stems of generated syllables, compounds of Swedish ones, a few real small words.

Nothing is copied from anybody: the syllables are ours, and the small words (which the language detector goes by) belong to all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SWEDISH = "och att det i en på är som för med den till av om inte vi har jag kan men så när hur var från vid efter ska"
ENGLISH = "and the that in a on is as for with this to of if not we have i can but so when how was from at after will"
PARTS = {  # how a syllable begins, its vowel, how it ends, and how a word does
    "sv": (
        "bl br d f fl g gr h j k kl kr l m n p r s sk st str t tr v",
        "a e i o u å ä ö",
        "g k l ll m n nd ng nk r rd rk rn s st t tt v",
        "a e ning het are",
    ),
    "en": (
        "b bl c ch cl d dr f fr g gl h l m n p pl qu r s sh st t th tr w",
        "a e i o u ea oo ou",
        "b ck d g ll m n nd ng p rd rk sh ss t th ve x",
        "er ing ment ness ly",
    ),
}
SMALL_WORDS = {"sv": SWEDISH.split(), "en": ENGLISH.split()}
STEMS, COMPOUNDS = 20_000, 12_000
FLATTER = 20  # words before the first of Zipf's law: the commonest content word then stands in about a tenth of the posts
SMALL = 0.4  # of a text are small words
OWN = 0.3  # of a topic's texts are words of the topic's own
OF_A_TOPIC = 60  # TOPICS of them fit among the stems


@dataclass(frozen=True)
class Tongue:
    """One language: its content words, commonest first, and how often each is drawn."""

    language: str
    small: list[str]
    words: list[str]
    cumulated: NDArray[np.float64]

    @classmethod
    def of(cls, language: str, rng: np.random.Generator) -> "Tongue":
        stems = _stems(language, rng)
        if language == "sv":
            first, second = rng.integers(0, 3_000, COMPOUNDS), rng.integers(0, 3_000, COMPOUNDS)
            joints = rng.choice(["", "s"], COMPOUNDS)
            made = [stems[a] + joint + stems[b] for a, joint, b in zip(first, joints, second, strict=True)]
            stems = stems[:1_000] + _shuffled(stems[1_000:] + made, rng)
        words = list(dict.fromkeys(stems))
        weights = 1 / (np.arange(len(words)) + FLATTER)
        return cls(language, SMALL_WORDS[language], words, np.cumsum(weights / weights.sum()))

    def text(self, length: int, topic: int, rng: np.random.Generator) -> str:
        """So many words in sentences; some of them the topic's own."""
        drawn = np.searchsorted(self.cumulated, rng.random(length)).tolist()
        kinds, which = rng.random(length).tolist(), rng.integers(0, OF_A_TOPIC, length).tolist()
        own, said = 1_000 + topic * OF_A_TOPIC, []
        for place, kind, choice in zip(drawn, kinds, which, strict=True):
            if kind < SMALL:
                said.append(self.small[choice % len(self.small)])
            elif kind < SMALL + (1 - SMALL) * OWN:
                said.append(self.words[(own + choice) % len(self.words)])
            else:
                said.append(self.words[min(place, len(self.words) - 1)])
        return " ".join(f"{' '.join(said[at : at + 11]).capitalize()}." for at in range(0, length, 11))

    def title(self, topic: int, rng: np.random.Generator) -> str:
        return self.text(int(rng.integers(4, 9)), topic, rng).rstrip(".")


def _stems(language: str, rng: np.random.Generator) -> list[str]:
    onset, vowel, coda, ending = (part.split() for part in PARTS[language])
    made: dict[str, None] = {}
    while len(made) < STEMS:
        syllables = "".join(f"{rng.choice(onset)}{rng.choice(vowel)}{rng.choice(coda)}" for _ in range(int(rng.integers(1, 3))))
        made[syllables + str(rng.choice(["", *ending]))] = None
    return list(made)


def _shuffled(words: list[str], rng: np.random.Generator) -> list[str]:
    return [words[place] for place in rng.permutation(len(words))]

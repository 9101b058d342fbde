"""Character 4-grams: what meets misspelt, inflected and compounded words where stems do not."""

import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from traff.ground.core.language import words

N = 4
BUCKETS = 1 << 16
KEPT = 680  # buckets of one text: 2 kB
FIRST = 1000  # characters of the text beside the title
_ROW = np.dtype([("bucket", "<u2"), ("count", "u1")])


@lru_cache(1 << 17)
def _of_word(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    return tuple(zlib.crc32(padded[i : i + N].encode()) & 0xFFFF for i in range(max(1, len(padded) - N + 1)))


def grams(title: str, text: str) -> bytes:
    """Hashed 4-grams of a title and the beginning of its text with how often they stand there, 3 bytes each, at most 2 kB."""
    counted: Counter[int] = Counter()
    for word in words(f"{title}\n{text[:FIRST]}"):
        counted.update(_of_word(word))
    kept = sorted(list(counted.items())[:KEPT])
    return np.array([(bucket, min(n, 255)) for bucket, n in kept], dtype=_ROW).tobytes()


def likeness(query: bytes, vectors: Sequence[bytes]) -> NDArray[np.float64]:
    """Cosine of the query with each vector: (1 + ln count) · how rare a 4-gram is among these very vectors.

    So no statistic is stored, and nothing outside what the asker may read can move it.
    """
    asked = np.frombuffer(query, dtype=_ROW)
    if not len(asked) or not vectors:
        return np.zeros(len(vectors))
    owner = np.repeat(np.arange(len(vectors)), [len(vector) // _ROW.itemsize for vector in vectors])
    rows: NDArray[Any] = np.frombuffer(b"".join(vectors), dtype=_ROW)
    bucket = rows["bucket"]
    rarity = np.log((1 + len(vectors)) / (1 + np.bincount(bucket, minlength=BUCKETS))) + 1
    weight = rarity[bucket] * (1 + np.log(rows["count"]))
    wanted = np.zeros(BUCKETS)
    wanted[asked["bucket"]] = rarity[asked["bucket"]] * (1 + np.log(asked["count"]))
    dot = np.bincount(owner, wanted[bucket] * weight, len(vectors))
    norm = np.bincount(owner, weight**2, len(vectors))
    cosine: NDArray[np.float64] = dot / np.sqrt(np.maximum(norm, 1e-12) * (wanted**2).sum())
    return cosine

"""Character 4-grams: what meets misspelt, inflected and compounded words where stems do not."""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from traff.ground.core.language import words

N = 4
BUCKETS = 1 << 16
KEPT = 1000  # buckets of one text: 2 kB
FIRST = 1000  # characters of the text beside the title


@lru_cache(1 << 17)
def _of_word(word: str) -> tuple[int, ...]:
    padded = f" {word} "
    return tuple({zlib.crc32(padded[i : i + N].encode()) & 0xFFFF for i in range(max(1, len(padded) - N + 1))})


def grams(title: str, text: str) -> bytes:
    """Sorted hashed 4-grams (uint16, little-endian) of a title and the beginning of its text, at most 2 kB."""
    found: set[int] = set()
    for word in words(f"{title}\n{text[:FIRST]}"):
        found.update(_of_word(word))
        if len(found) >= KEPT:
            break
    return np.array(sorted(found)[:KEPT], dtype="<u2").tobytes()


def likeness(query: bytes, vectors: Sequence[bytes]) -> NDArray[np.float64]:
    """Cosine of the query with each vector, 4-grams weighted by how rare they are among these very vectors.

    So no statistic is stored, and nothing outside what the asker may read can move it.
    """
    asked = np.frombuffer(query, dtype="<u2")
    if not len(asked) or not vectors:
        return np.zeros(len(vectors))
    sizes = np.array([len(vector) // 2 for vector in vectors])
    flat: NDArray[Any] = np.frombuffer(b"".join(vectors), dtype="<u2")
    weight = np.log((1 + len(vectors)) / (1 + np.bincount(flat, minlength=BUCKETS))) + 1
    square = weight**2
    shared = np.zeros(BUCKETS)
    shared[asked] = square[asked]
    owner = np.repeat(np.arange(len(vectors)), sizes)
    dot = np.bincount(owner, shared[flat], len(vectors))
    norm = np.bincount(owner, square[flat], len(vectors))
    cosine: NDArray[np.float64] = dot / np.sqrt(np.maximum(norm, 1e-12) * square[asked].sum())
    return cosine

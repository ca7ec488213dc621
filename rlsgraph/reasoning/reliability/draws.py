"""Draw random numbers that depend on a seed and an id alone, whatever else is drawn and in whatever order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from rlsgraph.reasoning.reliability.causal_graph import Floats
from rlsgraph.reasoning.reliability.defaults import SEED

Words = NDArray[np.uint64]


def generator_for(identifier: str, *, seed: int, purpose: str = "") -> np.random.Generator:
    """Return the generator of one id, seeded with the seed and a hash of the id (and of a purpose, where there is one)."""
    digest = blake2b(identifier.encode(), digest_size=8, person=purpose.encode()).digest()
    return np.random.Generator(np.random.PCG64([seed, int.from_bytes(digest, "big")]))


def logit_normal_draws(
    ids: Sequence[str], means: Sequence[float] | Floats, sds: Sequence[float] | Floats, *, draws: int, seed: int = SEED
) -> Floats:
    """Return draws of each variable's probability, its log odds normal: a row a draw, a column a variable.

    A mean of −∞ gives 0 always, a standard deviation of 0 the same probability always.
    """
    columns = [generator_for(name, seed=seed).standard_normal(draws) for name in ids]
    if not columns:
        return np.empty((draws, 0))
    logits = np.column_stack(columns) * np.asarray(sds, dtype=np.float64) + np.asarray(means, dtype=np.float64)
    return probabilities_of(logits)


def probabilities_of(logits: Floats) -> Floats:
    """Return the probabilities of log odds; those of ±∞ are 1 and 0."""
    positive = 1.0 / (1.0 + np.exp(-np.abs(logits)))
    result: Floats = np.where(logits >= 0, positive, 1.0 - positive)
    return result


class WorldDraws:
    """Draw worlds, in each of which every variable holds or fails, 64 to a machine word.

    World number i is the same for every set of probabilities as far as it can be: variable v holds where its i-th
    uniform number lies below its probability. So a higher probability never undoes a path.
    """

    def __init__(self, ids: Sequence[str], *, seed: int) -> None:
        self._generators = [generator_for(name, seed=seed, purpose="world") for name in ids]

    def next_uniforms(self, count: int) -> Floats:
        """Return the uniform numbers of the next `count` worlds: a row a variable."""
        uniforms = np.empty((len(self._generators), count))
        for row, generator in zip(uniforms, self._generators, strict=True):
            generator.random(out=row)
        return uniforms


def iter_worlds_of_rows(uniforms: Floats, rows: Floats, *, words: int) -> Iterator[Words]:
    """Yield where each variable holds in the same worlds for many rows of probabilities: by variable, row and word.

    A world in which a variable holds for one row has it hold for every row with a higher probability. So each is marked
    once, at the lowest row where it holds, and spread upwards: many times quicker than a comparison for each row.
    `words` words of worlds come at a time; there must be 64 worlds to each word.
    """
    order = np.argsort(rows, axis=0)
    rank = np.argsort(order, axis=0).T
    lowest = np.empty(uniforms.shape, dtype=np.intp)
    for place, row, numbers in zip(lowest, rows.T, uniforms, strict=True):
        place[:] = np.searchsorted(np.sort(row), numbers, side="right")
    by_word = lowest.reshape(len(uniforms), uniforms.shape[1] // 64, 64)
    variables = np.arange(len(uniforms))[:, np.newaxis]
    for first in range(0, by_word.shape[1], words):
        some = by_word[:, first : first + words]
        marks = np.zeros((len(uniforms), len(rows) + 1, some.shape[1]), dtype=np.uint64)
        for bit in range(64):
            marks[variables, some[:, :, bit], np.arange(some.shape[1])] |= np.uint64(1 << bit)
        yield np.bitwise_or.accumulate(marks[:, :-1], axis=1)[variables, rank]


def pack_worlds(holds: NDArray[np.bool_]) -> Words:
    """Return rows of yes-or-no worlds as rows of 64-bit words, padded with no."""
    padding = -holds.shape[1] % 64
    if padding:
        holds = np.pad(holds, ((0, 0), (0, padding)))
    return np.packbits(holds, axis=1, bitorder="little").view(np.uint64)


def unpack_worlds(words: Words, count: int) -> NDArray[np.bool_]:
    """Return the first `count` worlds of each row of words."""
    return _bits(words, count).astype(bool)


def count_worlds(words: Words, count: int) -> NDArray[np.int64]:
    """Return how many of the first `count` worlds of each row of words are marked."""
    counts: NDArray[np.int64] = _bits(words, count).sum(axis=-1, dtype=np.int64)
    return counts


def _bits(words: Words, count: int) -> NDArray[np.uint8]:
    return np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1, bitorder="little")[..., :count]

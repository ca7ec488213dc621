"""Draw random numbers that depend on a seed and an id alone, whatever else is drawn and in whatever order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from rlsgraph.reasoning.reliability.causal_graph import Floats
from rlsgraph.reasoning.reliability.defaults import SEED

Words = NDArray[np.uint64]

_WORDS_MARKED = 8


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

    def next_worlds(self, count: int, rows: Sequence[Floats]) -> list[Words]:
        """Return the next `count` worlds for each row of probabilities: a row of words a variable, padded with no.

        One variable's numbers are held at a time, which stay in the processor's cache.
        """
        found = [np.empty((len(self._generators), -(-count // 64)), dtype=np.uint64) for _ in rows]
        uniforms = np.full(64 * -(-count // 64), np.inf)
        for variable, generator in enumerate(self._generators):
            generator.random(out=uniforms[:count])
            for holds, probabilities in zip(found, rows, strict=True):
                holds[variable] = pack_worlds(uniforms < probabilities[variable])
        return found

    def iter_worlds_of_rows(self, count: int, rows: Floats) -> Iterator[Words]:
        """Yield the next `count` worlds, 64 times a whole number, for many rows of probabilities, some worlds at a time.

        What is yielded goes by variable, row and word. A world in which a variable holds for one row has it hold for every
        row with a higher probability. So each is marked once, at the lowest row where it holds, and spread upwards: many
        times quicker than a comparison for each row.
        """
        order = np.argsort(rows, axis=0)
        rank = np.argsort(order, axis=0).T
        lowest = np.empty((len(self._generators), count // 64, 64), dtype=np.int32)
        for places, row, generator in zip(lowest, rows.T, self._generators, strict=True):
            places[:] = np.searchsorted(np.sort(row), generator.random(count), side="right").reshape(-1, 64)
        variables = np.arange(len(lowest))[:, np.newaxis]
        for first in range(0, count // 64, _WORDS_MARKED):
            some = lowest[:, first : first + _WORDS_MARKED]
            marks = np.zeros((len(lowest), len(rows) + 1, some.shape[1]), dtype=np.uint64)
            for bit in range(64):
                marks[variables, some[:, :, bit], np.arange(some.shape[1])] |= np.uint64(1 << bit)
            yield np.bitwise_or.accumulate(marks[:, :-1], axis=1)[variables, rank]


def pack_worlds(holds: NDArray[np.bool_]) -> Words:
    """Return yes-or-no worlds, 64 times a whole number, as 64-bit words."""
    return np.packbits(holds, axis=-1, bitorder="little").view(np.uint64)


def unpack_worlds(words: Words) -> NDArray[np.bool_]:
    """Return the worlds of each row of words."""
    return _bits(words).astype(bool)


def count_worlds(words: Words, count: int) -> NDArray[np.int64]:
    """Return how many of the first `count` worlds of each row of words are marked."""
    counts: NDArray[np.int64] = _bits(words)[..., :count].sum(axis=-1, dtype=np.int64)
    return counts


def _bits(words: Words) -> NDArray[np.uint8]:
    return np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1, bitorder="little")

"""Draw random numbers that depend on a seed and an id alone, whatever else is drawn and in whatever order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from rlsgraph.reasoning.reliability.causal_graph import CERTAIN, Floats
from rlsgraph.reasoning.reliability.defaults import SEED

Words = NDArray[np.uint64]

ALL_WORLDS = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


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
        """Return the next `count` worlds for each row of probabilities: a row of words a variable, padded with no, and `CERTAIN`.

        One variable's numbers are held at a time, which stay in the processor's cache.
        """
        found = [_words(len(self._generators), -(-count // 64)) for _ in rows]
        uniforms = np.full(64 * -(-count // 64), np.inf)
        for variable, generator in enumerate(self._generators):
            generator.random(out=uniforms[:count])
            for holds, probabilities in zip(found, rows, strict=True):
                holds[variable] = pack_worlds(uniforms < probabilities[variable])
        return found

    def iter_worlds_of_rows(self, count: int, rows: Floats, *, at_once: int) -> Iterator[Words]:
        """Yield the next `count` worlds, 64 times a whole number, for many rows of probabilities, some rows at a time.

        What is yielded goes by variable (and `CERTAIN`), row and word. Single precision tells some thousand worlds apart,
        and is compared in half the time.
        """
        uniforms = np.array([generator.random(count) for generator in self._generators], dtype=np.float32).reshape(-1, count)
        columns = rows.T.astype(np.float32)
        for first in range(0, len(rows), at_once):
            some = columns[:, first : first + at_once, np.newaxis]
            holds = _words(len(uniforms), some.shape[1], count // 64)
            for words, numbers, probabilities in zip(holds[:CERTAIN], uniforms, some, strict=True):
                words[:] = pack_worlds(numbers < probabilities)
            yield holds


def _words(variables: int, *shape: int) -> Words:
    """Return room for the words of variables, and at `CERTAIN` those of what always holds."""
    words = np.empty((variables + 1, *shape), dtype=np.uint64)
    words[CERTAIN] = ALL_WORLDS
    return words


def pack_worlds(holds: NDArray[np.bool_]) -> Words:
    """Return yes-or-no worlds, 64 times a whole number, as 64-bit words."""
    return np.packbits(holds.reshape(-1), bitorder="little").view(np.uint64).reshape(*holds.shape[:-1], -1)


def unpack_worlds(words: Words) -> NDArray[np.bool_]:
    """Return the worlds of each row of words."""
    return _bits(words).astype(bool)


def count_worlds(words: Words, count: int) -> NDArray[np.int64]:
    """Return how many of the first `count` worlds of each row of words are marked."""
    counts: NDArray[np.int64] = _bits(words)[..., :count].sum(axis=-1, dtype=np.int64)
    return counts


def _bits(words: Words) -> NDArray[np.uint8]:
    return np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1, bitorder="little")

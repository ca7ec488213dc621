"""Draw random numbers that depend on a seed and an id alone, whatever else is drawn and in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
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


def pack_worlds(holds: NDArray[np.bool_]) -> Words:
    """Return rows of yes-or-no worlds as rows of 64-bit words, padded with no."""
    padding = -holds.shape[1] % 64
    if padding:
        holds = np.pad(holds, ((0, 0), (0, padding)))
    return np.packbits(holds, axis=1, bitorder="little").view(np.uint64)


def unpack_worlds(words: Words, count: int) -> NDArray[np.bool_]:
    """Return the first `count` worlds of each row of words."""
    bits = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1, bitorder="little")
    return bits[..., :count].astype(bool)

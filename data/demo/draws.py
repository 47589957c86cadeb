"""Chance, repeatable: every subject draws from a stream of its own."""

from zlib import crc32

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def draws(seed: int, *subject: str) -> np.random.Generator:
    """A generator that depends on the seed and the subject only, not on what was drawn before."""
    return np.random.default_rng([seed, crc32("/".join(subject).encode())])

"""Chance, repeatable: every subject draws from a stream of its own."""

from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Objects = npt.NDArray[np.object_]


def draws(seed: int, *subject: str) -> np.random.Generator:
    """A generator that depends on the seed and the subject only, not on what was drawn before."""
    return np.random.default_rng([seed, crc32("/".join(subject).encode())])


def known(flags: Flags, values: Objects) -> Objects:
    """The values where the flags are true, None elsewhere."""
    shown = values.copy()
    shown[~flags] = None
    return shown

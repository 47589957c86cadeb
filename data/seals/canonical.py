"""The one byte form of a seal's content: JSON after RFC 8785, rows in an order of their own."""

import hashlib
import math
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import rfc8785

ROWS = (
    (("data", "units"), ("unit_id",)),
    (("data", "raw"), ("indicator", "unit_id")),
    (("definitions",), ("key",)),
    (("results",), ("unit_id",)),
)
"""Lists whose order says nothing, and what names a row of each. The order of a scheme's own lists
is the scheme's, and stays."""


def plain(value: Any) -> Any:
    """Anything of ours as JSON knows it: objects, lists, text, numbers, true, false, null.

    What is not a number (NaN) is unknown here, so null; JSON has no word for it.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return None if isinstance(value, float) and math.isnan(value) else value


def canonical(content: dict[str, Any]) -> bytes:
    """The bytes that are hashed: equal contents have equal bytes, whatever the order of keys and
    of rows. ValueError where JSON cannot say it, such as an infinite number."""
    made = plain(content)
    for path, names in ROWS:
        _sort(made, path, names)
    return rfc8785.dumps(made)


def _sort(made: dict[str, Any], path: tuple[str, ...], names: tuple[str, ...]) -> None:
    *above, last = path
    for name in above:
        made = made.get(name, {})
    if isinstance(rows := made.get(last), list):
        rows.sort(key=lambda row: tuple(str(row[name]) for name in names))


def digest(content: bytes) -> str:
    """SHA-256, as 64 hexadecimal digits: what `sha256sum` prints of the file."""
    return hashlib.sha256(content).hexdigest()

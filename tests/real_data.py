"""Files of real campuses and ledgers, kept outside the repository; tests do without them."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


def real(path: str) -> Path:
    """A file of the real data, or a skipped test that says which file is absent."""
    found = FOLDER / path
    if not found.exists():
        pytest.skip(f"没有真实数据 {path},跳过")
    return found.resolve()

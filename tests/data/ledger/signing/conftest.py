"""A world with activities that a test may change, once on each database."""

import pytest

from tests.data.ledger.signing import campus


@pytest.fixture
def signing(world_copy: str) -> str:
    """Its URL."""
    return campus.add(world_copy)

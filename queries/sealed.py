"""Whether an evaluation is sealed: what is sealed takes no more ratings."""

from sqlalchemy import Connection

from data.schemes.scheme import Scheme
from queries.evaluation_period import Period


def is_sealed(_conn: Connection, _scheme: Scheme, _period: Period) -> bool:
    """Whether this scheme's evaluation of this period is sealed. Nothing can be sealed yet."""
    return False

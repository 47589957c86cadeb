"""Whether a scheme's evaluation of a period is sealed: then nothing of it is scored any more."""

from sqlalchemy import Connection, exists, select

from data.models.seals import SealedEvaluation


def is_sealed(conn: Connection, scheme: str, period: str) -> bool:
    """Whether there is a seal of this scheme and period, by their keys."""
    own = exists().where(SealedEvaluation.scheme == scheme, SealedEvaluation.period == period)
    return bool(conn.scalar(select(own)))

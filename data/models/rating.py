"""Ratings given on our own form; those of the university's ledger are in campus.rating."""

from datetime import datetime

from sqlalchemy import Float, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data.models.dashboard import DASHBOARD, Own


class GivenRating(Own):
    """What somebody gave for one indicator of one unit over one period. Rows are only added: the
    latest of a rater counts, the earlier ones say what was there before.

    `period` is the key of a period (`queries/evaluation_period.py`), `unit_kind` what the scheme
    judges. `kind` is score, a rater's own, or agreed, what was settled in discussion: its
    `evidence` is then the reason. `level` is the line of the rubric, "" where none was chosen.
    """

    __tablename__ = "given_rating"
    __table_args__ = (
        Index("ix_given_rating_item", "scheme", "period", "indicator", "unit_id"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    scheme: Mapped[str] = mapped_column(String(64))
    scheme_version: Mapped[str] = mapped_column(String(32))
    indicator: Mapped[str] = mapped_column(String(64))
    unit_kind: Mapped[str] = mapped_column(String(16))
    unit_id: Mapped[str] = mapped_column(String(32))
    period: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(8))
    rater: Mapped[str] = mapped_column(String(64))
    rater_name: Mapped[str] = mapped_column(String(64), default="")
    rater_group: Mapped[str] = mapped_column(String(16), default="")
    score: Mapped[float] = mapped_column(Float)
    level: Mapped[str] = mapped_column(String(200), default="")
    evidence: Mapped[str] = mapped_column(String(500))
    link: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime]

"""What was decided about evaluations: who is to be awarded."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.models.dashboard import DASHBOARD, Own


class AwardDecision(Own):
    """What the committee decided of a scheme's awards for a period. Rows are only added: the latest
    counts, the others are its history.

    `units` are the ids of those chosen, none where nobody is to be awarded; `data_version` is the
    one whose proposal was on the screen.
    """

    __tablename__ = "award_decision"
    __table_args__ = (Index("ix_award_decision_scheme", "scheme", "period"), DASHBOARD)

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(64))
    scheme_version: Mapped[str] = mapped_column(String(32))
    period: Mapped[str] = mapped_column(String(32))
    units: Mapped[Any] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(64))
    author_name: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    data_version: Mapped[int]

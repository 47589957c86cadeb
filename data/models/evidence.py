"""What somebody decided of a record as evidence of an indicator; rows are only added."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.models.dashboard import DASHBOARD, Own


class EvidenceMark(Own):
    """One decision: a record of a ledger counts as evidence of an indicator of a scheme for a unit
    in a period (pinned), does not (rejected), or is left to the scheme's rules again (rule).

    The latest of one record counts. `record_id` is the record's own key in its ledger, for visits
    the Monday of the week and the kind of place.
    """

    __tablename__ = "evidence_mark"
    __table_args__ = (
        Index("ix_evidence_mark_unit", "scheme", "unit_kind", "unit_id", "period_key"),
        DASHBOARD,
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    scheme: Mapped[str] = mapped_column(String(64))
    indicator: Mapped[str] = mapped_column(String(64))
    unit_kind: Mapped[str] = mapped_column(String(16))
    unit_id: Mapped[str] = mapped_column(String(32))
    period_key: Mapped[str] = mapped_column(String(32))
    ledger: Mapped[str] = mapped_column(String(16))
    record_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    account: Mapped[str] = mapped_column(String(64))
    account_name: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

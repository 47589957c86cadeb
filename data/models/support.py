"""Our own summary of services: one row a request, so that a day of it can be asked for."""

from datetime import date

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data.models.dashboard import DASHBOARD, Own


class ServiceCase(Own):
    """One service request handed in during the term; `building_id` "" where it names none.

    `finished` may be later than the day a page asks for: it is open on that day. `hours` is the
    time it took, unknown where it is not finished or is said to have been so before it began;
    `rating` is unknown where nobody rated it.
    """

    __tablename__ = "service_case"
    __table_args__ = (Index("ix_service_case_building", "build", "building_id"), DASHBOARD)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    build: Mapped[int]
    request_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(16))
    campus_id: Mapped[str] = mapped_column(String(32))
    cluster_id: Mapped[str] = mapped_column(String(32))
    building_id: Mapped[str] = mapped_column(String(32))
    submitted: Mapped[date]
    finished: Mapped[date | None]
    hours: Mapped[float | None]
    rating: Mapped[int | None]

"""Service requests of a term, each with the day it was handed in and the day it was finished."""

from sqlalchemy import Date, String, Table, case, cast, func, null, select

from data.engine import Rows, hours_between
from data.models.place import Building, Cluster
from data.models.service import ServiceRequest
from data.models.support import ServiceCase
from data.summaries.contacts import Maker
from data.summaries.scratch import Window
from data.summaries.standings import placed


def service_cases(window: Window) -> Rows:
    """Rows of ServiceCase; a request without a building is in none, and is kept."""
    request = ServiceRequest
    submitted = func.date(request.submitted, type_=Date)
    took = hours_between(request.finished, request.submitted)
    return (
        select(
            request.id.label("request_id"),
            cast(request.channel, String(16)).label("channel"),
            *placed(),
            submitted.label("submitted"),
            func.date(request.finished, type_=Date).label("finished"),
            case((request.finished >= request.submitted, took), else_=null()).label("hours"),
            request.rating,
        )
        .select_from(request)
        .outerjoin(Building, Building.id == request.building_id)
        .outerjoin(Cluster, Cluster.id == Building.cluster_id)
        .where(submitted >= window.starts, submitted < window.until)
    )


SERVICES: dict[str, tuple[Table, Maker]] = {
    "service_cases": (ServiceCase.__table__, service_cases),  # type: ignore[dict-item]
}

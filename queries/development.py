"""发展支持 in three rates, one after the other."""

import pandas as pd
from sqlalchemy import Connection

from data.access.viewer import Viewer
from queries.filters import Filters
from queries.rates import rates_of
from queries.service_requests import SERVICES
from queries.spaces import SPACES

DEVELOPMENT = (*SPACES, *SERVICES)


def development_rates(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """The rows of `rates_of` for spaces, culture features and service requests, with `name`."""
    found = rates_of(conn, filters, viewer, DEVELOPMENT)
    return found.assign(name=found["metric"].map({m.key: m.name for m in DEVELOPMENT}))

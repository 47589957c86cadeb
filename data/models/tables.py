"""Every table there is: importing this module declares them all."""

from collections.abc import Iterator

from sqlalchemy import Table

from data.models import (
    activity,
    contact,
    dashboard,
    evaluation,
    evidence,
    forces,
    judging,
    participation,
    party,
    people,
    place,
    rating,
    seals,
    service,
    support,
    time,
)
from data.models.contract import METADATA, Contract

ALL_TABLES = METADATA
DECLARED = (
    *(place, people, time, party, forces, service, activity, evaluation),
    *(dashboard, contact, participation, rating, evidence, judging, seals, support),
)


def contract_tables() -> Iterator[tuple[type[Contract], Table]]:
    """Every contract model with its table, in an order in which they can be filled."""
    models = {mapper.local_table: mapper.class_ for mapper in Contract.registry.mappers}
    for table in ALL_TABLES.sorted_tables:
        if table in models:
            yield models[table], table

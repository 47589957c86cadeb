"""Organisations serve places of their kind, and those in charge are Party members."""

from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from data.contract.declaration import Check, Severity
from data.contract.keys import FOREVER
from data.engine import earliest, latest
from data.models.party import (
    DISPLAY_PLATE,
    FLOOR_ORGANISATIONS,
    WORKSTATION,
    FloorLeader,
    MemberDisplay,
    PartyOrganisation,
    PartyOrganisationScope,
    ResponsibilityArea,
    ResponsibilityAreaMember,
    ResponsibilityAreaRoom,
    WorkstationMember,
)
from data.models.people import PARTY_MEMBERS, Enrolment
from data.models.place import Room
from data.models.time import Term


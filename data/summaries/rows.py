"""Every summary that keeps single rows of a term, with what makes them."""

from data.summaries.activities import ACTIVITIES
from data.summaries.contacts import CONTACTS
from data.summaries.groups import GROUPS
from data.summaries.services import SERVICES

ROWS = CONTACTS | ACTIVITIES | GROUPS | SERVICES

"""台账：台账为什么导不进去？哪里对不上？"""

from components.page import DATA, EVERYONE, Page
from components.panels.ledger_upload import ledger_desk
from data.access.viewer import EVALUATOR
from pages._quality import FRESHNESS, QUALITY_FINDINGS, QUALITY_ROWS

PAGE = Page(
    path="/ledger",
    name="台账",
    question="台账为什么导不进去？哪里对不上？",
    icon="table",
    group=DATA,
    roles=EVERYONE - {EVALUATOR},
    content=ledger_desk,
    blocks=(QUALITY_FINDINGS, FRESHNESS, QUALITY_ROWS),
)

"""The forms beside evidence: who may decide, who is told why not."""

from typing import Any

import pytest
from sqlalchemy import func, select

from data.engine import reading, writing
from data.models.evaluation import Award
from data.models.evidence import EvidenceMark
from data.settings import settings
from queries.schemes import schemes
from tests.test_app import app  # noqa: F401 - the fixture
from tests.test_ledger_page import enter
from tests.world import AUTUMN, TODAY, rows

ADDRESS = "/evaluation/evidence"
HERE = f"?term={AUTUMN}&date={TODAY}&unit=A"
INDICATOR = next(iter(schemes().values())).indicators[0].key
FORM = {"search": HERE, "indicator": INDICATOR, "ledger": "award", "record": "900"}
FORM |= {"state": "pinned", "reason": "与本项有关"}


def marks() -> int:
    """How many decisions are kept."""
    with reading(settings().database_url) as conn:
        return conn.execute(select(func.count()).select_from(EvidenceMark)).scalar_one()


@pytest.fixture(autouse=True, scope="module")
def _award(app: Any) -> None:  # noqa: ARG001, F811
    """An award of building A, which the world does not have."""
    with writing(settings().database_url) as conn:
        rows(conn, Award, "id name level day building_id", (900, "文明楼", "校级", TODAY, "A"))


@pytest.mark.parametrize("role", ["committee", "evaluator"])
def test_a_decision_that_is_kept_leads_back_to_the_list(
    app: Any,  # noqa: F811
    role: str,
) -> None:
    client, before = enter(app, role), marks()
    sent = client.post(ADDRESS, data=FORM | {"search": f"{HERE}&indicator={INDICATOR}&find=楼"})
    assert sent.status_code == 303, sent.text
    assert sent.location.startswith("/evaluation?")
    assert f"indicator={INDICATOR}" in sent.location
    assert "find" not in sent.location
    assert sent.location.endswith("#title-evidence")
    assert marks() == before + 1


@pytest.mark.parametrize("role", ["college", "work_group", "counselor", "steward"])
def test_others_only_read(app: Any, role: str) -> None:  # noqa: F811
    client, before = enter(app, role), marks()
    sent = client.post(ADDRESS, data=FORM)
    assert (sent.status_code, sent.mimetype) == (403, "text/plain")
    assert marks() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"state": "liked"},
        {"indicator": "nothing"},
        {"record": "901"},
        {"ledger": "enrolment"},
        {"search": "?date=yesterday"},
    ],
)
def test_what_cannot_be_kept_is_refused(app: Any, wrong: dict[str, str]) -> None:  # noqa: F811
    client, before = enter(app, "committee"), marks()
    sent = client.post(ADDRESS, data=FORM | wrong)
    assert (sent.status_code, sent.mimetype) == (400, "text/plain")
    assert len(sent.text) > 5
    assert marks() == before


def test_nobody_and_other_sites_decide_nothing(app: Any) -> None:  # noqa: F811
    before = marks()
    assert app.server.test_client().post(ADDRESS, data=FORM).status_code in {302, 303, 401}
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    sent = enter(app, "committee").post(ADDRESS, data=FORM, headers=headers)
    assert sent.status_code == 403
    assert marks() == before

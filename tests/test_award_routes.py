"""The committee's form for awards over the web: who is let in, who is told why not."""

from typing import Any

import pytest
from sqlalchemy import delete, func, select

from data.access.viewer import COMMITTEE, ROLES
from data.engine import reading, writing
from data.models.dashboard import AuditEntry
from data.models.judging import AwardDecision
from data.settings import settings
from tests.test_app import app  # noqa: F401 - the fixture
from tests.test_ledger_page import enter
from tests.world import AUTUMN

HERE = f"?term={AUTUMN}&date=2026-11-20"
FORM = {"search": HERE, "unit": ["", "A"], "note": "会议讨论"}
ADDRESS = "/evaluation/decision"


def kept() -> int:
    """How many decisions are kept."""
    with reading(settings().database_url) as conn:
        return conn.execute(select(func.count()).select_from(AwardDecision)).scalar_one()


def test_the_committee_decides_and_is_led_back_to_it(app: Any) -> None:  # noqa: F811
    try:
        sent = enter(app, COMMITTEE).post(ADDRESS, data=FORM)
        assert sent.status_code == 303
        assert sent.location.startswith("/evaluation?")
        assert "date=2026-11-20" in sent.location
        assert sent.location.endswith("#title-award_decisions")
        with reading(settings().database_url) as conn:
            row = conn.execute(select(AwardDecision.units, AwardDecision.note)).one()
            logged = select(AuditEntry.detail).where(AuditEntry.action == "award_decision")
            assert conn.execute(logged).scalars().all()[-1].endswith(": A")
        assert tuple(row) == (["A"], "会议讨论")
    finally:
        with writing(settings().database_url) as conn:
            conn.execute(delete(AwardDecision))


@pytest.mark.parametrize("role", sorted(set(ROLES) - {COMMITTEE}))
def test_nobody_else_decides(app: Any, role: str) -> None:  # noqa: F811
    sent = enter(app, role).post(ADDRESS, data=FORM)
    assert (sent.status_code, sent.mimetype) == (403, "text/plain")
    assert "党工委" in sent.text
    assert kept() == 0


def test_without_signing_in_nothing_is_kept(app: Any) -> None:  # noqa: F811
    assert app.server.test_client().post(ADDRESS, data=FORM).status_code in {302, 303, 401}
    assert kept() == 0


def test_another_site_cannot_decide(app: Any) -> None:  # noqa: F811
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert enter(app, COMMITTEE).post(ADDRESS, data=FORM, headers=headers).status_code == 403
    assert kept() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": ""},
        {"note": "长" * 501},
        {"unit": ["nowhere"]},
        {"search": "?date=yesterday"},
        {"search": "?scheme=none"},
    ],
)
def test_what_cannot_be_decided_is_told(app: Any, wrong: dict[str, Any]) -> None:  # noqa: F811
    sent = enter(app, COMMITTEE).post(ADDRESS, data=FORM | wrong)
    assert (sent.status_code, sent.mimetype) == (400, "text/plain")
    assert len(sent.text) > 5
    assert kept() == 0

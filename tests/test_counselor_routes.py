"""The calendar file and the notes beside warnings: who gets them, who is told why not."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import func, select, update

from data.access.viewer import COLLEGE, COUNSELOR
from data.engine import reading, writing
from data.models.contact import WarningNote
from data.models.dashboard import Account, AuditEntry
from data.settings import settings
from tests.asking import ROLES
from tests.test_app import app  # noqa: F401 - the fixture
from tests.test_every_block import mentioned
from tests.test_ledger_page import enter
from tests.world import AUTUMN

MINE = f"?term={AUTUMN}&date=2026-11-20"
OF_X = f"{MINE}&college=X"
KEY = f"{AUTUMN}|visits.building.A|outside|9|-1"
FORM = {"search": MINE, "key": KEY, "state": "seen", "note": ""}


def exports() -> int:
    """How many exports are on record."""
    stmt = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "export")
    with reading(settings().database_url) as conn:
        return conn.execute(stmt).scalar_one()


def notes() -> int:
    """How many notes are kept."""
    with reading(settings().database_url) as conn:
        return conn.execute(select(func.count()).select_from(WarningNote)).scalar_one()


def visits(client: FlaskClient, search: str) -> list[Any]:
    """The visits of the calendar file of an address."""
    sent = client.get(f"/worklist.ics{search}")
    assert sent.status_code == 200, sent.text
    assert sent.mimetype == "text/calendar"
    return list(Calendar.from_ical(sent.data).walk("VEVENT"))


def test_a_counselor_takes_the_plan_along_without_names(app: Any) -> None:  # noqa: F811
    before = exports()
    found = visits(enter(app, COUNSELOR), MINE)
    assert found
    said = " ".join(str(visit[part]) for visit in found for part in ("SUMMARY", "DESCRIPTION"))
    assert not mentioned(said)
    assert exports() == before + 1


def test_a_college_without_the_right_to_export_gets_none(app: Any) -> None:  # noqa: F811
    client, before = enter(app, COLLEGE), exports()
    assert visits(client, OF_X)
    rights = update(Account).where(Account.name == ROLES[COLLEGE].viewer.name)
    try:
        with writing(settings().database_url) as conn:
            conn.execute(rights.values(may_export=False))
        assert client.get(f"/worklist.ics{OF_X}").status_code == 403
    finally:
        with writing(settings().database_url) as conn:
            conn.execute(rights.values(may_export=True))
    assert exports() == before + 1


@pytest.mark.parametrize("role", ["committee", "evaluator", "steward"])
def test_where_there_is_no_plan_there_is_no_file(app: Any, role: str) -> None:  # noqa: F811
    """The committee has chosen nobody; the others see only totals."""
    before = exports()
    sent = enter(app, role).get(f"/worklist.ics{MINE}")
    assert (sent.status_code, sent.mimetype) == (403, "text/plain")
    assert "。" in sent.text
    assert exports() == before


def test_a_rule_that_cannot_be_is_told(app: Any) -> None:  # noqa: F811
    sent = enter(app, COUNSELOR).get(f"/worklist.ics{MINE}&weeks=99")
    assert sent.status_code in {400, 403}
    assert "99" in sent.text


def test_nobody_gets_nothing(app: Any) -> None:  # noqa: F811
    client, before = app.server.test_client(), (exports(), notes())
    assert client.get(f"/worklist.ics{MINE}").status_code in {302, 303, 401}
    assert client.post("/warnings/note", data=FORM).status_code in {302, 303, 401}
    assert (exports(), notes()) == before


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"key": "nothing"}, 400),
        ({"state": "gone"}, 400),
        ({"state": "explained"}, 400),  # without a reason
        ({"note": "长" * 2000}, 400),
        ({"search": "?date=yesterday"}, 400),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused(
    app: Any,  # noqa: F811
    wrong: dict[str, str],
    status: int,
) -> None:
    client, before = enter(app, "committee"), notes()
    sent = client.post("/warnings/note", data=FORM | wrong)
    assert (sent.status_code, sent.mimetype) == (status, "text/plain")
    assert len(sent.text) > 5
    assert notes() == before


def test_a_note_that_is_kept_leads_back_to_its_warning(
    app: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The world is too small to warn: what is kept is told in tests/queries/test_warnings.py."""
    kept: list[dict[str, str]] = []
    monkeypatch.setattr(
        "pages._warning_notes.say", lambda _url, _search, _viewer, **said: kept.append(said)
    )
    sent = enter(app, "committee").post("/warnings/note", data=FORM)
    assert sent.status_code == 303
    assert sent.location.startswith("/warnings?")
    assert "date=2026-11-20" in sent.location
    assert sent.location.endswith("#warning-2026-2027-1-visits-building-A-outside-9--1")
    assert kept == [{"key": KEY, "state": "seen", "note": ""}]


def test_another_site_cannot_write_a_note(app: Any) -> None:  # noqa: F811
    client, before = enter(app, "committee"), notes()
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert client.post("/warnings/note", data=FORM, headers=headers).status_code == 403
    assert notes() == before

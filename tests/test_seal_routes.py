"""The form of 封存 and the file of a seal: who may, who is told why not, and that no more goes."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import func, select

from data.access.viewer import COLLEGE, COMMITTEE, COUNSELOR, EVALUATOR, STEWARD, WORK_GROUP
from data.engine import reading
from data.models.seals import SealedEvaluation
from data.settings import settings
from queries.filters import Filters
from tests.test_app import app  # noqa: F401 - the fixture
from tests.test_ledger_page import enter
from tests.world import AUTUMN

SEARCH = f"?term={AUTUMN}&date=2026-11-20&period=term"
FORM = {"search": SEARCH, "note": "会议通过", "supersedes": "", "early": "yes"}


def seals() -> int:
    """How many there are."""
    with reading(settings().database_url) as conn:
        return conn.execute(select(func.count()).select_from(SealedEvaluation)).scalar_one()


def test_the_committee_seals_and_takes_it_along(app: Any) -> None:  # noqa: F811
    client, before = enter(app, COMMITTEE), seals()
    answer = client.post("/evaluation/seal", data=FORM)
    assert answer.status_code == 303, answer.text
    assert seals() == before + 1
    where = answer.headers["Location"]
    assert where.startswith("/evaluation?")
    number = Filters.parse(where.partition("?")[2].partition("#")[0]).seal
    again = client.post("/evaluation/seal", data=FORM)
    assert (again.status_code, seals()) == (400, before + 1)
    assert f"已有封存 {number}" in again.text
    taken = client.get(f"/evaluation/seal/{number}.json")
    assert taken.status_code == 200
    assert taken.mimetype == "application/json"
    with reading(settings().database_url) as conn:
        stmt = select(SealedEvaluation.sha256).where(SealedEvaluation.id == int(number))
        assert hashlib.sha256(taken.data).hexdigest() == conn.scalar(stmt)
    assert enter(app, EVALUATOR).get(f"/evaluation/seal/{number}.json").status_code == 200
    for role in (STEWARD, WORK_GROUP, COUNSELOR, COLLEGE):
        assert enter(app, role).get(f"/evaluation/seal/{number}.json").status_code == 403
    assert client.get("/evaluation/seal/999.json").status_code == 400


def test_a_stranger_gets_nothing(app: Any) -> None:  # noqa: F811
    client, before = app.server.test_client(), seals()
    assert client.post("/evaluation/seal", data=FORM).status_code == 401
    assert client.get("/evaluation/seal/1.json").status_code == 302
    committee = enter(app, COMMITTEE)
    forged = committee.post(
        "/evaluation/seal", data=FORM, headers={"Origin": "https://elsewhere.example"}
    )
    assert forged.status_code == 403
    assert seals() == before


@pytest.mark.parametrize("role", [EVALUATOR, COLLEGE, WORK_GROUP, STEWARD, COUNSELOR])
def test_nobody_else_seals(app: Any, role: str) -> None:  # noqa: F811
    before = seals()
    answer = enter(app, role).post("/evaluation/seal", data=FORM)
    assert (answer.status_code, seals()) == (403, before)


@pytest.mark.parametrize(
    "change",
    [
        {"note": ""},
        {"early": ""},
        {"search": "?scheme=nothing"},
        {"search": "?date=x"},
        {"supersedes": "99"},
        {"version": "99"},
    ],
)
def test_what_cannot_be_sealed_is_refused_in_words(
    app: Any,  # noqa: F811
    change: dict[str, str],
) -> None:
    before = seals()
    form = {**FORM, "search": f"?term={AUTUMN}&date=2026-11-19", **change}
    answer = enter(app, COMMITTEE).post("/evaluation/seal", data=form)
    assert (answer.status_code, seals()) == (400, before)
    assert answer.text


def test_a_seal_is_only_added_and_read(app: Any) -> None:  # noqa: F811
    rules = [r for r in app.server.url_map.iter_rules() if "seal" in r.rule]
    methods = {rule.rule: set(rule.methods or ()) - {"HEAD", "OPTIONS"} for rule in rules}
    assert methods == {
        "/evaluation/seal": {"POST"},
        "/evaluation/seal/<number>.json": {"GET"},
    }

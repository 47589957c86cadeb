"""The forms of 人工评分 over the wire: who is let in, who is told why not, who sees whose."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from data.access import accounts
from data.access.viewer import EVALUATOR, Viewer
from data.engine import reading, writing
from data.models.dashboard import AuditEntry
from data.models.rating import GivenRating
from data.settings import settings
from tests import rated
from tests.asking import ROLES
from tests.forged import Forger
from tests.test_app import app, outputs  # noqa: F401 - the fixtures
from tests.test_ledger_page import enter
from tests.world import AUTUMN

ITEM = "?unit=A&indicator=station"
EVIL = '<img src=x onerror="alert(1)">'
FORM = {"search": ITEM, "kind": "score", "level": "良", "score": "", "evidence": EVIL, "link": ""}


@pytest.fixture(autouse=True)
def _scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("queries.schemes", "components.panels.rating_board"):
        monkeypatch.setattr(f"{name}.schemes", lambda: {"building_year": rated.scheme()})


def kept() -> tuple[int, int]:
    """How many ratings and how many entries of the audit log there are."""
    entries = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "rating")
    with reading(settings().database_url) as conn:
        ratings = conn.execute(select(func.count()).select_from(GivenRating)).scalar_one()
        return ratings, conn.execute(entries).scalar_one()


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"committee", "evaluator"}))
@pytest.mark.parametrize("kind", ["score", "agreed"])
def test_other_roles_are_refused(app: Any, role: str, kind: str) -> None:  # noqa: F811
    before = kept()
    sent = enter(app, role).post("/ratings/give", data=FORM | {"kind": kind, "score": "80"})
    assert (sent.status_code, sent.mimetype) == (403, "text/plain")
    assert "。" in sent.text
    assert kept() == before


def test_nobody_and_other_sites_are_refused(app: Any) -> None:  # noqa: F811
    before = kept()
    assert app.server.test_client().post("/ratings/give", data=FORM).status_code in {302, 401}
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    sent = enter(app, "evaluator").post("/ratings/give", data=FORM, headers=headers)
    assert sent.status_code == 403
    assert enter(app, "evaluator").get("/ratings/give").status_code in {404, 405}
    assert kept() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"evidence": ""},
        {"link": "javascript:alert(1)"},
        {"score": "101"},
        {"search": "?unit=Z&indicator=station"},
        {"search": "?date=yesterday"},
        {"search": ""},
        {"level": "", "score": ""},
    ],
)
def test_what_cannot_be_is_told(app: Any, wrong: dict[str, str]) -> None:  # noqa: F811
    before = kept()
    sent = enter(app, "evaluator").post("/ratings/give", data=FORM | wrong)
    assert (sent.status_code, sent.mimetype) == (400, "text/plain")
    assert len(sent.text) > 5
    assert kept() == before


def test_a_rating_leads_back_and_each_sees_their_own(
    app: Any,  # noqa: F811
    outputs: tuple[str, ...],  # noqa: F811
) -> None:
    """Two evaluators share a scope, and still not an answer."""
    other = Viewer("eve", EVALUATOR, may_export=True)
    with writing(settings().database_url) as conn:
        accounts.add(conn, other, "a long enough pass phrase 1")
    before = kept()
    client = enter(app, "evaluator")
    assert "你还没有评过" not in form(client, outputs)
    sent = client.post("/ratings/give", data=FORM)
    assert sent.status_code == 303
    assert sent.location == f"/ratings{ITEM}#title-rating_form"
    assert kept() == (before[0] + 1, before[1] + 1)
    shown = form(client, outputs)
    assert "demo-evaluator" in shown
    assert "<img" not in shown
    assert "&lt;img src=x onerror" in shown

    eve = app.server.test_client()
    entry = {"name": "eve", "password": "a long enough pass phrase 1"}
    assert eve.post("/sign-in", data=entry).status_code == 303
    hidden = form(eve, outputs)
    assert "onerror" not in hidden
    assert "你还没有评过这一项" in hidden
    for block in ("rating_matrix", "rating_waiting"):
        assert "你已评过" not in cells(eve, outputs, block)
    table = json.dumps(Forger(eve, outputs).table("rating_form", ITEM), ensure_ascii=False)
    assert "onerror" not in table
    with reading(settings().database_url) as conn:
        row = conn.execute(select(GivenRating.rater, GivenRating.score, GivenRating.period)).one()
    assert tuple(row) == ("demo-evaluator", 82.0, AUTUMN)


def form(client: FlaskClient, outputs: tuple[str, ...]) -> str:  # noqa: F811
    """What the form's slot holds."""
    return json.dumps(Forger(client, outputs).block("rating_form", ITEM), ensure_ascii=False)


def cells(client: FlaskClient, outputs: tuple[str, ...], block: str) -> str:  # noqa: F811
    """The cells of a block without its legend."""
    shown = Forger(client, outputs).block(block, ITEM)
    return json.dumps(shown, ensure_ascii=False).partition("<table")[2]

"""The ledger page's own callbacks and downloads answer the steward, whatever others post."""

import base64
import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from components.panels.ledger_preview import ledger_result
from data.access.viewer import STEWARD
from data.engine import reading
from data.errors import NotAllowed
from data.ledger.imports import working
from data.models.dashboard import AuditEntry, ImportRun
from data.settings import settings
from queries import ledger
from queries.ledger import BadUpload, NotTheirs, Upload
from queries.ledgers import LEDGERS, LIMIT
from tests.asking import ROLES
from tests.forged import CALLBACKS
from tests.test_app import app  # noqa: F401 - the fixture

REFUSED = "只有数据管理员可以导入台账。"
FILE = "data:text/csv;base64," + base64.b64encode("楼层编号\n".encode()).decode()
CLAIMS: dict[str, Any] = {
    "contents": FILE,
    "filename": "层长.csv",
    "n_clicks": 1,
    "submit_n_clicks": 1,
    "n_intervals": 1,
    "search": "?run=1",
    "id": "ledger-form",
}
PRESSED = {"ledger": "confirm", "run": 1}
ROUTES = ("/template/floor_leader.xlsx", "/problems/1.txt", "/marked/1.xlsx")
OTHERS = pytest.mark.parametrize("role", sorted(set(ROLES) - {STEWARD}))


def enter(app: Any, role: str) -> FlaskClient:  # noqa: F811
    """Someone signed in as a role."""
    client: FlaskClient = app.server.test_client()
    assert client.post("/sign-in", data={"demo": role}).status_code == 303
    return client


def callbacks(client: FlaskClient) -> list[dict[str, Any]]:
    """The callbacks that fill a part of the ledger page, or are started by one."""
    every = client.get("/_dash-dependencies").get_json()
    return [
        one
        for one in every
        if not one.get("clientside_function")
        and "badges" not in one["output"]
        and "ledger" in json.dumps([one["output"], one["inputs"]])
    ]


def claimed(part: dict[str, str]) -> Any:
    """An input or a state with a likely value; a pattern is met by one button."""
    value = CLAIMS.get(part["property"])
    if not part["id"].startswith("{"):
        return {"id": part["id"], "property": part["property"], "value": value}
    identity = {
        name: PRESSED["run"] if isinstance(wanted, list) else wanted
        for name, wanted in json.loads(part["id"]).items()
    }
    return [{"id": identity, "property": part["property"], "value": value}]


def post(client: FlaskClient, callback: dict[str, Any]) -> str:
    """All that comes back from a callback."""
    inputs = [claimed(one) for one in callback["inputs"]]
    first = inputs[0][0] if isinstance(inputs[0], list) else inputs[0]
    pressed = first["id"]
    if isinstance(pressed, dict):
        pressed = json.dumps(pressed, sort_keys=True, separators=(",", ":"))
    names = callback["output"].strip(".").split("...")
    body = {
        "output": callback["output"],
        "outputs": [_output(name) for name in names] if len(names) > 1 else _output(names[0]),
        "inputs": inputs,
        "state": [claimed(one) for one in callback.get("state", ())],
        "changedPropIds": [f"{pressed}.{first['property']}"],
    }
    return client.post(CALLBACKS, json=body).get_data(as_text=True)


def _output(name: str) -> dict[str, Any]:
    identity, _, prop = name.rpartition(".")
    found = json.loads(identity) if identity.startswith("{") else identity
    return {"id": found, "property": prop.partition("@")[0]}


def said(text: str) -> str:
    """An answer with its Chinese readable."""
    return json.dumps(json.loads(text), ensure_ascii=False) if text else ""


def runs() -> int:
    """How many imports there are."""
    with reading(settings().database_url) as conn:
        return conn.scalar(select(func.count()).select_from(ImportRun)) or 0


@OTHERS
def test_no_callback_answers_anyone_else(app: Any, role: str) -> None:  # noqa: F811
    client = enter(app, role)
    found = callbacks(client)
    assert len(found) >= 4
    for callback in found:
        answered = said(post(client, callback))
        assert REFUSED in answered, (callback["output"], answered)
        assert not json.loads(answered).get("response")
    assert runs() == 0


@OTHERS
@pytest.mark.parametrize("route", ROUTES)
def test_no_file_is_given_to_anyone_else(app: Any, role: str, route: str) -> None:  # noqa: F811
    answered = enter(app, role).get(f"/ledger{route}")
    assert (answered.status_code, answered.get_data(as_text=True)) == (403, REFUSED)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_import_is_on_the_page_of_the_steward_only(app: Any, role: str) -> None:  # noqa: F811
    page = next(one for one in app.PAGES if one.path == "/ledger")
    assert (role in page.roles) == (role != "evaluator")
    if role in page.roles:
        shown = json.dumps(page.content(ROLES[role].viewer).to_plotly_json(), default=str)
        assert ("ledger-upload" in shown) == (role == STEWARD)


def test_the_door_lets_nobody_else_in() -> None:
    other = ROLES["committee"].viewer
    for ask in (ledger.terms, ledger.history, ledger.activities):
        with pytest.raises(NotAllowed):
            ask("sqlite://", other)
    for act in (ledger.run, ledger.confirm, ledger.cancel, ledger.undo, ledger.marked_file):
        with pytest.raises(NotAllowed):
            act("sqlite://", other, 1)
    with pytest.raises(NotAllowed):
        ledger.answer("sqlite://", other, 1, {})
    with pytest.raises(NotAllowed):
        ledger.begin("sqlite://", other, Upload("a.csv", FILE))


def test_a_template_has_a_name_a_person_can_read(app: Any) -> None:  # noqa: F811
    answered = enter(app, STEWARD).get("/ledger/template/floor_leader.xlsx")
    assert answered.status_code == 200
    assert answered.data.startswith(b"PK")
    name = "%E5%85%9A%E5%91%98%E5%B1%82%E9%95%BF%E5%8F%B0%E8%B4%A6%E6%A8%A1%E6%9D%BF.xlsx"
    assert answered.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert answered.headers["Cache-Control"] == "no-store"


def test_a_sign_in_list_has_a_template_too(app: Any) -> None:  # noqa: F811
    answered = enter(app, STEWARD).get("/ledger/template/sign_in.xlsx")
    assert answered.data.startswith(b"PK")
    assert quote("签到名单模板.xlsx") in answered.headers["Content-Disposition"]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("typed", "number"), [("", None), ("71", 71), (" 71 2026 读书会", 71)])
def test_an_activity_is_known_by_the_number_it_begins_with(
    monkeypatch: pytest.MonkeyPatch, typed: str, number: int | None
) -> None:
    monkeypatch.setattr("data.ledger.imports.jobs.launch", lambda *_: None)
    url, mine = settings().database_url, ROLES[STEWARD].viewer
    run = ledger.begin(url, mine, replace(uploaded("学号\n"), activity=typed))
    assert ledger.run(url, mine, run).options.activity == number
    ledger.cancel(url, mine, run)


@pytest.mark.parametrize("typed", ["读书会", "71号", "99999999999", "-1"])
def test_what_is_no_number_is_no_activity(typed: str) -> None:
    with pytest.raises(BadUpload, match="看不出是哪场活动"):
        ledger.begin(
            "sqlite://", ROLES[STEWARD].viewer, replace(uploaded("学号\n"), activity=typed)
        )


def test_what_is_not_there_is_said(app: Any) -> None:  # noqa: F811
    steward = enter(app, STEWARD)
    for route, words in (
        ("/template/salaries.xlsx", "没有这种台账"),
        ("/marked/999.xlsx", "999"),
        ("/problems/999.txt", "999"),
    ):
        answered = steward.get(f"/ledger{route}")
        assert answered.status_code == 404
        assert words in answered.get_data(as_text=True)


@pytest.mark.parametrize("contents", ["", "data:text/csv,abc", "data:;base64,%%%"])
def test_what_is_no_upload_is_refused(contents: str) -> None:
    with pytest.raises(BadUpload, match="没有收到文件内容"):
        _ = Upload("a.csv", contents).content


def test_the_limit_is_measured_before_decoding() -> None:
    body = base64.b64encode(bytes(LIMIT)).decode()
    assert len(Upload("a.csv", f"data:;base64,{body}").content) == LIMIT
    with pytest.raises(BadUpload, match="20 MB"):
        _ = Upload("a.csv", f"data:;base64,{body}AAAA").content


def test_every_ledger_can_be_chosen_once() -> None:
    assert len({one.table for one in LEDGERS}) == len(LEDGERS) == 45
    assert LEDGERS[0].domain == "空间"


def test_taking_a_marked_copy_is_on_record(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    client = enter(app, STEWARD)
    monkeypatch.setattr("data.ledger.imports.jobs.launch", lambda *_: None)
    url = settings().database_url
    number = ledger.begin(url, ROLES[STEWARD].viewer, Upload("层长.csv", FILE))
    answered = client.get(f"/ledger/marked/{number}.xlsx")
    assert answered.data.startswith(b"PK")
    with reading(url) as conn:
        details = list(conn.scalars(select(AuditEntry.detail)))
    assert f"run {number} 层长.csv" in details


def uploaded(text: str) -> Upload:
    """A small ledger as a browser sends it."""
    return Upload("学院.csv", f"data:text/csv;base64,{base64.b64encode(text.encode()).decode()}")


@pytest.mark.usefixtures("app")
def test_what_rows_say_is_for_who_uploaded_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.ledger.imports.jobs.launch", lambda *_: None)
    url, mine = settings().database_url, ROLES[STEWARD].viewer
    other = replace(mine, name="another")
    names = base64.b64encode(
        "学院编号,学院名称,承接学院编号\nX,秘密学院,没有的\n".encode()
    ).decode()
    number = ledger.begin(url, mine, Upload("学院.csv", f"data:text/csv;base64,{names}"))
    working.work(url, number)
    told, hidden = (ledger.run(url, who, number) for who in (mine, other))
    assert (told.own, hidden.own) == (True, False)
    assert [(p.sheet, p.row, p.column) for p in told.problems] == [
        (p.sheet, p.row, p.column) for p in hidden.problems
    ]
    assert "没有的" in str(told)
    assert not {"秘密学院", "没有的"} & {*re.findall(r"[\w]+", str(hidden))}
    assert "秘密学院" not in str(ledger_result(hidden, written=False))
    for act in (ledger.confirm, ledger.marked_file, ledger.problem_text):
        with pytest.raises(NotTheirs, match="demo-steward"):
            act(url, other, number)
    with pytest.raises(NotTheirs):
        ledger.answer(url, other, number, {})
    ledger.cancel(url, other, number)


@pytest.mark.usefixtures("app")
def test_a_preview_of_somebody_else_has_counts_but_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.ledger.imports.jobs.launch", lambda *_: None)
    url, mine = settings().database_url, ROLES[STEWARD].viewer
    number = ledger.begin(url, mine, uploaded("学院编号,学院名称\nQ9,秘密学院\n"))
    working.work(url, number)
    shown = {
        who: str(ledger_result(ledger.run(url, replace(mine, name=who), number), written=False))
        for who in (mine.name, "another")
    }
    assert "秘密学院" in shown[mine.name]
    assert "confirm" in shown[mine.name]
    assert not [word for word in ("秘密学院", "Q9", "confirm") if word in shown["another"]]
    assert "新增" in shown["another"]
    ledger.cancel(url, mine, number)


def test_numbers_no_run_can_have_are_not_found(app: Any) -> None:  # noqa: F811
    steward = enter(app, STEWARD)
    for number in ("99999999999999999999", "-1", "..%2F..%2Fetc"):
        assert steward.get(f"/ledger/problems/{number}.txt").status_code == 404
        assert steward.get(f"/ledger/marked/{number}.xlsx").status_code == 404


def test_a_request_larger_than_any_ledger_is_not_read(app: Any) -> None:  # noqa: F811
    steward = enter(app, STEWARD)
    body = b"[" + b" " * (LIMIT * 2) + b"]"
    answered = steward.post(CALLBACKS, data=body, content_type="application/json")
    assert answered.status_code == 413

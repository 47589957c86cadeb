"""What the server gives away to anyone who posts to it, whatever the pages offer."""

import base64
import importlib
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete, insert, select

from data.access import accounts
from data.engine import reading, writing
from data.models.dashboard import Account, AuditEntry, Installation
from data.settings import settings
from queries.filters import NARROWING
from tests import world
from tests.asking import ROLES
from tests.forged import CALLBACKS, Forger
from tests.test_every_block import mentioned

SPRING_ROOM = f"?term={world.SPRING}&room=BE1"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The application on a refreshed world with an account for each role."""
    from data.summaries.refresh import refresh

    url = world.build(f"sqlite:///{tmp_path_factory.mktemp('app') / 'app.db'}")
    refresh(url, today=world.TODAY)
    with writing(url) as conn:
        conn.execute(insert(Installation).values(key="demo", value="1"))
        for asking in ROLES.values():
            accounts.add(conn, asking.viewer, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATABASE_URL", url)
        patch.setenv("DASHBOARD_DEMO_SIGN_IN", "1")
        settings.cache_clear()
        sys.modules.pop("app", None)
        yield importlib.import_module("app")
        sys.modules.pop("app", None)  # it belongs to this database
    settings.cache_clear()


@pytest.fixture
def outputs(app: Any) -> tuple[str, ...]:
    """The callbacks as the server lists them."""
    client = app.server.test_client()
    client.post("/sign-in", data={"demo": "committee"})
    return tuple(one["output"] for one in client.get("/_dash-dependencies").get_json())


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    """Each of the six roles."""
    return str(request.param)


def enter(app: Any, outputs: tuple[str, ...], role: str) -> Forger:
    """Someone signed in as a role."""
    client = app.server.test_client()
    assert client.post("/sign-in", data={"demo": role}).status_code == 303
    return Forger(client, outputs)


def audited() -> list[AuditEntry]:
    """The exports on record, oldest first."""
    stmt = select(AuditEntry.__table__).where(AuditEntry.action == "export")
    with reading(settings().database_url) as conn:
        rows = conn.execute(stmt.order_by(AuditEntry.id))
        return [AuditEntry(**row._mapping) for row in rows]


def text(answered: dict[str, Any]) -> str:
    """All that came back."""
    return json.dumps(answered, ensure_ascii=False)


def file_of(answered: dict[str, Any]) -> str:
    """The text of a downloaded CSV."""
    return base64.b64decode(answered["response"]["download"]["data"]["content"]).decode("utf-8-sig")


def test_the_blocks_are_those_of_the_pages(app: Any) -> None:
    from tests.test_every_block import EVERY

    assert set(app.BLOCKS.values()) == set(EVERY)


def test_nobody_is_answered_before_signing_in(app: Any, outputs: tuple[str, ...]) -> None:
    stranger = Forger(app.server.test_client(), outputs)
    assert stranger.block("coverage_cards") == {"status": 401}
    assert stranger.download("blind_spots") == {"status": 401}
    assert stranger.client.get("/_dash-layout").status_code == 401
    assert stranger.client.get("/map").status_code == 302
    assert stranger.client.post(CALLBACKS, json={}).status_code == 401


def test_an_address_that_is_no_page_is_not_found(app: Any, outputs: tuple[str, ...]) -> None:
    client = enter(app, outputs, "committee").client
    assert {path: client.get(path).status_code for path in ("/", "/party", "/nothing")} == {
        **{"/": 200, "/party": 200},
        "/nothing": 404,
    }


def test_every_block_answers_within_scope(app: Any, outputs: tuple[str, ...], role: str) -> None:
    forger, asking = enter(app, outputs, role), ROLES[role]
    for search in ("?floor=A1", "?room=A11", SPRING_ROOM):
        for block in app.BLOCKS.values():
            shape = "panel" if block.panel else "graph"
            seen = [forger.block(block.key, search, shape=shape)]
            seen += [forger.table(block.key, search), forger.explanation(block.key, search)]
            assert mentioned(text({"all": seen})) <= asking.students, (block.key, search)


@pytest.mark.parametrize("search", ["?building=A", "?room=A11", "?cluster=Q", "?campus=S"])
def test_a_place_out_of_scope_gives_nothing(
    app: Any, outputs: tuple[str, ...], search: str
) -> None:
    forger, before = enter(app, outputs, "work_group"), len(audited())
    for block in app.BLOCKS.values():
        shape = "panel" if block.panel else "graph"
        shown = forger.block(block.key, search, shape=shape)["response"]
        said = shown.pop(f'{{"block":"{block.key}","part":"{shape}-say"}}', {"children": ""})
        slot = shown.pop(f'{{"block":"{block.key}","part":"{shape}-slot"}}')
        assert (said, slot, shown) == ({"children": ""}, {"hidden": True}, {}), block.key
        for answered in (
            forger.table(block.key, search),
            forger.explanation(block.key, search),
            forger.download(block.key, search),
            forger.picture(block.key, search),
        ):
            assert "不在你的范围内" in text(answered), block.key
            assert not {"rowData", "download", "picture"} & set(text(answered).split('"'))
    assert len(audited()) == before


def test_a_counselor_who_may_not_be_chosen_gives_nothing(
    app: Any, outputs: tuple[str, ...], role: str
) -> None:
    forger, before = enter(app, outputs, role), len(audited())
    mine = {"college": "k1", "counselor": "k1"}.get(role)
    for counselor in {"k1", "k2"} - {mine}:
        search = f"?counselor={counselor}"
        for block in app.BLOCKS.values():
            answered = forger.table(block.key, search)
            assert "可以按辅导员查看" in text(answered), block.key
            assert "rowData" not in text(answered), block.key
        for key in ("coverage_cards", "blind_spots"):
            for kept in (
                forger.explanation(key, search),
                forger.download(key, search),
                forger.picture(key, search),
            ):
                assert not {"explanation", "download", "picture"} & set(text(kept).split('"')), key
    assert len(audited()) == before
    if mine:
        rows = forger.table("coverage_cards", f"?counselor={mine}")["response"]
        assert rows['{"block":"coverage_cards","part":"grid"}']["rowData"]


def test_pages_that_do_not_follow_counselor_and_degree_ignore_them(
    app: Any, outputs: tuple[str, ...]
) -> None:
    forger = enter(app, outputs, "college")
    ignoring = [b for p in app.PAGES if not set(p.filters) & set(NARROWING) for b in p.blocks]
    assert len(ignoring) > 20
    for block in ignoring:
        shape = "panel" if block.panel else "graph"
        plain, narrowed = (
            [forger.block(block.key, search, shape=shape), forger.table(block.key, search)]
            for search in ("?campus=N", "?campus=N&counselor=k1&degree=博士生")
        )
        assert plain == narrowed, block.key
    assert file_of(forger.download("blind_spots", "?campus=N")) == file_of(
        forger.download("blind_spots", "?campus=N&degree=博士生")
    )


def test_names_reach_those_who_may_see_them(app: Any, outputs: tuple[str, ...]) -> None:
    def seen(role: str, search: str) -> set[str]:
        return mentioned(text(enter(app, outputs, role).block("room_residents", search)))

    assert seen("committee", "?room=A11") == {"a1", "a2"}
    assert seen("college", "?room=A11") == {"a1", "a2"}
    assert seen("college", "?room=BE1") == set()
    assert seen("work_group", SPRING_ROOM) == {"b1", "g1"}
    assert seen("evaluator", "?room=A11") == set()


def test_the_list_behind_a_number_shows_persons_in_scope(
    app: Any, outputs: tuple[str, ...]
) -> None:
    def seen(role: str, search: str) -> set[str]:
        wanted = f"{search}&metric=workstation_enrolment"
        return mentioned(text(enter(app, outputs, role).explanation("floor_heatmap", wanted)))

    assert seen("committee", "?floor=A1") == {"a1", "a2", "a3"}
    assert seen("college", "?floor=A1") == {"a1", "a2"}
    assert seen("evaluator", "?floor=A1") == set()
    assert seen("committee", "?building=A") == set()


def test_an_export_is_recorded_with_version_and_hash(app: Any, outputs: tuple[str, ...]) -> None:
    before = len(audited())
    made = file_of(enter(app, outputs, "college").download("blind_spots", "?campus=N"))
    entry = audited()[-1]
    assert len(audited()) == before + 1
    assert (entry.account, entry.action, entry.data_version) == ("demo-college", "export", 1)
    assert entry.detail == "csv blind_spots?campus=N"
    assert entry.file_hash is not None
    assert len(entry.file_hash) == 64
    assert entry.file_hash in made
    again = file_of(enter(app, outputs, "committee").download("blind_spots", "?campus=N"))
    assert entry.file_hash in again  # the hash is of what is said, not of who asked


@pytest.mark.parametrize("act", ["png", "svg"])
def test_a_picture_is_recorded_too(app: Any, outputs: tuple[str, ...], act: str) -> None:
    answered = enter(app, outputs, "evaluator").picture("coverage_steps", act=act)
    made = answered["response"]["picture"]["data"]
    entry = audited()[-1]
    assert made["format"] == act
    assert entry.detail == f"{act} coverage_steps"
    assert entry.file_hash is not None
    assert entry.file_hash[:16] in text(made)


@pytest.mark.parametrize("act", ["csv", "xlsx"])
def test_without_the_right_nothing_is_exported_or_recorded(
    app: Any, outputs: tuple[str, ...], act: str
) -> None:
    before = len(audited())
    steward = enter(app, outputs, "steward")
    for answered in (steward.download("blind_spots", act=act), steward.picture("coverage_steps")):
        assert "没有导出权限" in text(answered)
        assert "response" not in answered or not answered["response"]
    assert len(audited()) == before


def test_rows_are_read_anew_whatever_the_grid_claims(app: Any, outputs: tuple[str, ...]) -> None:
    forger = enter(app, outputs, "committee")
    rows = forger.table("building_list")["response"]['{"block":"building_list","part":"grid"}']
    names = [row["building"] for row in rows["rowData"]]
    forged = [{"row_id": "2", "building": "伪造1号楼"}, {"row_id": "0", "numerator": 99}]
    lines = file_of(forger.download("building_list", rows=forged)).splitlines()
    shown = [line for line in lines if "号楼" in line]
    assert [name in line for name, line in zip((names[2], names[0]), shown, strict=True)] == [
        True,
        True,
    ]
    assert "伪造" not in "".join(lines)
    assert "99" not in "".join(shown)


@pytest.mark.parametrize("row", ["4000", "-1"])
def test_rows_that_are_not_there_cannot_be_exported(
    app: Any, outputs: tuple[str, ...], row: str
) -> None:
    before = len(audited())
    answered = enter(app, outputs, "committee").download("building_list", rows=[{"row_id": row}])
    assert "表格已经更新" in text(answered)
    assert len(audited()) == before


def test_a_block_that_does_not_exist_is_a_numbered_bug(app: Any, outputs: tuple[str, ...]) -> None:
    forger = enter(app, outputs, "committee")
    assert "bug" in text(forger.block("salaries"))
    assert forger.download("salaries") == {}
    assert forger.explanation("salaries") == {}


def test_a_bad_address_is_explained_and_a_disabled_account_is_out(
    app: Any, outputs: tuple[str, ...]
) -> None:
    forger = enter(app, outputs, "counselor")
    assert "没有这个学期" in text(forger.table("blind_spots", "?term=nie"))
    with writing(settings().database_url) as conn:
        accounts.disable(conn, "demo-counselor")
    assert forger.table("blind_spots") == {"status": 401}
    with writing(settings().database_url) as conn:
        conn.execute(delete(Account).where(Account.name == "demo-counselor"))
        accounts.add(conn, ROLES["counselor"].viewer, None)

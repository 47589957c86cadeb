"""The assessment sheet, evidence and the list of organisations as they are drawn."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from plotly.io.json import to_json_plotly

from components.export.files import to_xlsx
from components.export.stamp import Stamp, heads
from components.panels.assessment import assessment_sheet
from components.panels.commendations import commendation_list, no_persons
from components.panels.evidence import MARK, evidence_list
from components.sentences_evidence import of_assessment, of_commendations, of_evidence, of_honours
from data.access.viewer import COLLEGE, Viewer
from data.engine import reading
from pages._evidence import ASSESSMENT, COMMENDATIONS, EVIDENCE
from queries import evaluation
from queries.activities import ACTIVITY_REACH
from queries.assessment import assessment
from queries.commendations import commendations
from queries.evidence import evidence
from queries.unit_honours import unit_honours
from tests import honoured as made
from tests.queries.slices import EVERYONE, slice_of

OF_A = slice_of(unit="A")
METRIC = ACTIVITY_REACH


@pytest.fixture
def conn(honoured: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(evaluation, "chosen_scheme", lambda _: made.scheme())
    with reading(honoured) as opened:
        yield opened


def parts(shown: Any, kind: str) -> list[Any]:
    """Every component of a kind in a tree."""
    children = getattr(shown, "children", None)
    below = children if isinstance(children, (list, tuple)) else [children]
    found = [one for child in below if child is not None for one in parts(child, kind)]
    return [shown, *found] if type(shown).__name__ == kind else found


def said(shown: Any) -> str:
    """All the text of a tree."""
    return str(to_json_plotly(shown))


def test_the_sheet_merges_its_levels(conn: Any) -> None:
    """Four lines: two first-level cells of two lines each, as many of the second level."""
    shown = assessment_sheet(assessment(conn, OF_A, EVERYONE), METRIC, OF_A)
    rows = parts(shown, "Tr")
    assert len(rows) == 6
    spans = [(cell.rowSpan, cell.scope) for cell in parts(shown, "Th") if hasattr(cell, "rowSpan")]
    assert spans == [(2, "rowgroup")] * 4
    columns = [sum(getattr(cell, "colSpan", 1) for cell in row.children) for row in rows]
    assert columns == [7, 7, 5, 7, 5, 7]  # merged cells stand in their first line only
    assert [cell.children for cell in rows[0].children] == [
        *("一级", "二级", "分值", "评分标准", "评价依据", "得分", "备注")
    ]


def test_evidence_offers_decisions_only_to_those_who_may(conn: Any) -> None:
    here = replace(OF_A, indicator="honours")
    for viewer, forms in ((EVERYONE, 7), (Viewer("c", COLLEGE, college="X"), 0)):
        shown = evidence_list(evidence(conn, here, viewer), METRIC, here)
        found = parts(shown, "Form")
        assert len(found) == forms  # one a record, and one to look for more
        assert sum(getattr(form, "action", "") == MARK for form in found) == max(forms - 1, 0)


def test_a_search_without_result_says_so(conn: Any) -> None:
    here = replace(OF_A, indicator="honours", find="没有的")
    shown = said(evidence_list(evidence(conn, here, EVERYONE), METRIC, here))
    assert "没有找到名称里有这几个字的记录" in shown


def test_indicators_without_a_record_stand_out_from_those_without_a_rule(conn: Any) -> None:
    here = slice_of(unit="D")
    shown = said(evidence_list(evidence(conn, here, EVERYONE), METRIC, here))
    assert shown.count("没有记录") == 2
    assert shown.count("方案没有列规则") == 2


def test_sentences(conn: Any) -> None:
    found = evidence(conn, OF_A, EVERYONE)
    assert of_evidence(found, METRIC, OF_A) == (
        "桃苑1号楼的 4 项指标里，方案给 2 项列了选依据的规则，"
        "其中 0 项没有找到记录；共列入 11 条次。"
    )
    here = replace(OF_A, indicator="honours")
    assert of_evidence(evidence(conn, here, EVERYONE), METRIC, here) == (
        "“获奖”有 6 条依据（获奖 5 · 活动 1）；人工列入 0 条，排除 0 条。"
    )
    assert of_assessment(assessment(conn, OF_A, EVERYONE), METRIC, OF_A) == (
        "桃苑1号楼2026-2027-1 学期（截至 2026-11-20）得 75.0 分；4 项指标里 1 项没有得分，"
        "2 项没有列入依据记录。"
    )
    assert of_honours(unit_honours(conn, OF_A, EVERYONE), METRIC, OF_A) == (
        "各学期累计获奖 6 项、经验发表 3 篇，最近一次在 2026-11-12。"
    )
    assert of_commendations(commendations(conn, slice_of(), EVERYONE), METRIC, OF_A) == (
        "2026-2027-1 学期（截至 2026-11-20）：2 个工作站，名额内 1 个。"
        "2 栋楼没有工作站，不在名单里。"
    )


def test_the_list_of_organisations_says_why_nobody_is_named(conn: Any) -> None:
    for viewer in (EVERYONE, Viewer("nobody")):
        shown = commendation_list(commendations(conn, slice_of(), viewer), METRIC, slice_of())
        assert no_persons() in said(shown)


def test_a_file_says_scheme_and_period_above_its_table(conn: Any, tmp_path: Any) -> None:
    found = commendations(conn, slice_of(), EVERYONE)
    told = heads(found, COMMENDATIONS)
    assert told == (
        ("方案", "小方案"),
        ("方案版本", "1"),
        ("评价周期", "2026-2027-1 学期（截至 2026-11-20）"),
    )
    stamp = Stamp("两优一先", "全校", "2026-11-20", 1, "dean", "0" * 64, demo=False, more=told)
    file = tmp_path / "list.xlsx"
    file.write_bytes(to_xlsx(found, COMMENDATIONS, stamp))
    lines = [[cell.value for cell in row] for row in load_workbook(file).active.iter_rows()]
    assert ["方案", "小方案"] in [line[:2] for line in lines]
    assert ["数据版本", "1"] in [line[:2] for line in lines]
    head = next(n for n, line in enumerate(lines) if line[0] == "同类组")
    assert lines[head][-1] == "党工委意见"
    assert lines[head + 1][3:5] == ["桃1工作站", "桃苑1号楼"]
    assert not lines[head + 1][-1]


def test_nothing_is_said_above_an_empty_table() -> None:
    for block in (COMMENDATIONS, ASSESSMENT, EVIDENCE):
        assert heads(pd.DataFrame([]), block) == ()

"""What a scheme's file may say, and that everything wrong with one is told at once, with lines."""

from pathlib import Path
from typing import Any

import pytest

from data.errors import InvalidScheme
from data.locale.translate import ENGLISH, language
from data.schemes.reading import read_scheme
from data.schemes.rule_settings import NEEDS
from data.schemes.scheme import SOURCES, EvidenceRule, Rule, Scheme, Veto

FILE = Path(__file__).with_name("every_rule.toml")
EVERY = FILE.read_text(encoding="utf-8")
METRICS = (
    "floor_coverage",
    "requests_finished",
    "activity_reach",
    "building_coverage",
    "student_coverage",
    "activity_weeks",
    "plate",
    "identity",
    "five_lead",
    "function_coverage",
)
SMALL = """\
key = "small"
version = "1"
name = "小方案"
unit = "building"
period = "term"
note = "检查用"

[[dimension]]
key = "one"
name = "一"
weight = 100
[[dimension.part]]
key = "part"
name = "一之一"
weight = 100
[[dimension.part.indicator]]
key = "first"
name = "第一项"
weight = 60
clause = "条款"
heading = "党建引领"
standard = "按比例"
missing = "exclude"
source = { kind = "metric", key = "plate" }
rule = { kind = "target", target = 1.0 }
[[dimension.part.indicator]]
key = "second"
name = "第二项"
weight = 40
clause = "条款"
heading = "学生参与"
standard = "按比例"
missing = "exclude"
source = { kind = "metric", key = "identity" }
rule = { kind = "goalposts", worst = 0.5, best = 1.0 }
"""
"""Line 18 is the first indicator's name, line 24 its source, 25 its rule; 26 to 35 the second."""


def read(text: str, key: str = "small", **known: Any) -> Scheme:
    return read_scheme(text, f"{key}.toml", METRICS, **known)


def refused(text: str, **known: Any) -> list[str]:
    """Line and reason of every problem, as `18：…`."""
    with pytest.raises(InvalidScheme) as refusal:
        read(text, **known)
    head, *lines = str(refusal.value).split("\n")
    assert head == f"评价方案 small.toml 有 {len(lines)} 处问题："
    return [line.removeprefix("small.toml 第 ").replace(" 行：", "：", 1) for line in lines]


def changed(old: str, new: str) -> list[str]:
    assert SMALL.count(old) == 1, old
    return refused(SMALL.replace(old, new))


def test_a_scheme_can_use_every_kind_of_rule_and_source() -> None:
    scheme = read(EVERY, "every_rule")
    assert {one.rule.kind for one in scheme.indicators} == set(NEEDS)
    assert {one.source.kind for one in scheme.indicators} == set(SOURCES)
    assert sum(scheme.weights) == 100
    by_key = {one.key: one for one in scheme.indicators}
    assert by_key["stars"].rule.bands[1] == (0.8, 80.0)
    assert by_key["missed"].rule == Rule("deduct", required=4, per=20)
    assert (by_key["missed"].floor, by_key["papers"].cap, by_key["posts"].higher) == (60, 90, False)
    assert by_key["raters"].source.groups == (("学生", 30.0), ("学院", 30.0), ("部门", 20.0))
    assert by_key["honours"].evidence == (EvidenceRule("award", (("level", ("省级", "国家级")),)),)
    assert (scheme.aggregation, scheme.dimensions[0].aggregation) == ("geometric", "arithmetic")
    assert scheme.dimensions[0].parts[0].aggregation == "geometric"
    assert scheme.vetoes[0] == Veto("reached", 1, "fixed", "没有工作站，这一项计零分")
    assert hash(scheme) == hash(read(EVERY, "every_rule"))


def test_syntax_is_refused_with_its_line() -> None:
    assert refused(SMALL.replace('name = "一"', "name = 一")) == [
        "10：不是正确的 TOML：Invalid value"
    ]
    (end,) = refused(SMALL + 'award = "')
    assert end.startswith("36：不是正确的 TOML")


def test_an_empty_file_is_told_what_it_lacks() -> None:
    needed = ("key", "version", "name", "unit", "period", "note", "dimension")
    assert refused("") == sorted(f"1：缺少 {name}" for name in needed)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('name = "一"\n', "", "8：缺少 name"),
        (
            'standard = "按比例"\nmissing = "exclude"\nsource = { kind = "metric", key = "plate" }',
            'missing = "exclude"\nsource = { kind = "metric", key = "plate" }',
            "16：缺少 standard",
        ),
        ('name = "一"', 'nmae = "一"', "10：没有 nmae 这个字段；是不是 name？"),
        (
            'unit = "building"',
            'unit = "floor"',
            "4：unit 只能是 building、college_lead、college_belong，没有：floor",
        ),
        (
            'period = "term"',
            'period = "week"',
            "5：period 只能是 term、academic_year、calendar_year，没有：week",
        ),
        (
            'heading = "党建引领"',
            'heading = "党建"',
            "21：heading 只能是 党建引领、队伍入驻、学生参与、文化建设、数字赋能、条件保障，"
            "没有：党建",
        ),
        ("weight = 40", "weight = -40", "29：weight 应当是：不小于 0 的数"),
        ("weight = 40", "weight = nan", "29：weight 应当是：不小于 0 的数"),
        ("weight = 40", "weight = true", "29：weight 应当是：不小于 0 的数"),
        ('name = "第一项"', 'name = "第一项"\nfloor = 120', "19：floor 应当是：0 到 100 的数"),
        ('name = "第一项"', 'name = "第一项"\nfloor = 90\ncap = 90', "19：最低分应当小于最高分"),
        (
            'name = "第一项"',
            'name = "第一项"\naggregation = "sum"',
            "19：没有 aggregation 这个字段",
        ),
        ('key = "second"', 'key = "first"', "27：键名 first 用了不止一次"),
        (
            'key = "second"',
            'key = "第二"',
            "27：key 应当是：小写字母开头，由小写字母、数字、下划线组成，不超过 64 个字符",
        ),
        ('key = "one"', 'key = "total"', "9：一级指标不能叫 total"),
        ('key = "small"', 'key = "large"', "1：key 应当与文件名相同：small"),
        ('key = "plate"', 'key = "plates"', "24：没有可用于评价的指标：plates；是不是 plate？"),
        ('{ kind = "metric", key = "plate" }', '{ kind = "metric" }', "24：来源 metric 需要 key"),
        (
            '{ kind = "metric", key = "plate" }',
            '{ kind = "metric", key = "plate", raters = 2 }',
            "24：来源 metric 用不上 raters",
        ),
        ('kind = "target", target = 1.0', 'kind = "target"', "25：规则 target 需要 target"),
        ("target = 1.0", "target = 0", "25：target 应当是：大于 0 的数"),
        ("target = 1.0", "target = 1, top = 3", "25：规则 target 用不上 top"),
        ('kind = "target", target = 1.0', 'kind = "points"', "25：规则 points 不能用于来源“指标”"),
        (
            'kind = "target", target = 1.0',
            'kind = "bonus", top = 10',
            "25：规则 bonus 不能用于来源“指标”",
        ),
        ("worst = 0.5, best = 1.0", "worst = 1, best = 1", "35：最差和最好相同，分不出高低"),
        (
            "worst = 0.5, best = 1.0",
            "worst = 1.0, best = 0.5",
            "35：最差、最好的大小与 higher 矛盾",
        ),
        (
            'name = "第一项"',
            'name = "第一项"\nhigher = false',
            "26：规则 target 只能用于数值越高越好的指标",
        ),
        (
            'kind = "target", target = 1.0',
            'kind = "bands", bands = [[0.8, 60], [0.9, 100]]',
            "25：各档应当从最好的一档写起，起点和得分依次变差",
        ),
        (
            'kind = "target", target = 1.0',
            'kind = "bands", bands = [[0.8, 60], [0.7, 70]]',
            "25：各档应当从最好的一档写起，起点和得分依次变差",
        ),
        (
            'kind = "target", target = 1.0',
            'kind = "bands", bands = [[0.8, 160]]',
            "25：各档得分应当在 0 到 100 之间",
        ),
        (
            'kind = "target", target = 1.0',
            'kind = "bands", bands = [[0.8]]',
            "25：bands 应当是：若干对 [起点, 得分]",
        ),
        ('kind = "target", target = 1.0', 'kind = "bands", bands = []', "25：分档一档也没有"),
        (
            'kind = "target", target = 1.0',
            'kind = "mixture", parts = { "硕士" = 1.0 }',
            "25：没有这个培养层次：硕士；是不是 硕士生？",
        ),
        ('kind = "target", target = 1.0', 'kind = "mixture", parts = {}', "25：没有写培养层次"),
        (
            'kind = "target", target = 1.0',
            'kind = "line_best", line = 0.8, base = 120',
            "25：base 应当是：0 到 100 的数",
        ),
    ],
)
def test_what_cannot_be_carried_out_is_told_with_its_line(old: str, new: str, problem: str) -> None:
    assert problem in changed(old, new)


def test_weights_must_add_up_on_every_level() -> None:
    assert changed("weight = 40", "weight = 30") == ["15：下级权重合计 90，应为 100"]
    both = SMALL.replace("weight = 100\n[[", "weight = 90\n[[", 1)
    assert refused(both) == ["8：下级权重合计 90，应为 100", "11：下级权重合计 100，应为 90"]
    thirds = SMALL.replace("weight = 60", "weight = 33.3333333").replace(
        "weight = 40", "weight = 66.6666667"
    )
    assert read(thirds).weights == (33.3333333, 66.6666667)


def test_a_weight_of_nothing_is_allowed() -> None:
    text = SMALL.replace("weight = 60", "weight = 0").replace("weight = 40", "weight = 100")
    assert read(text).weights == (0, 100)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('{ kind = "rating", key = "x" }', "来源 rating 需要 rubric"),
        ('{ kind = "rating", key = "x", rubric = {} }', "评分细则是空的"),
        (
            '{ kind = "rating", key = "x", rubric = { a = 101 } }',
            "评分细则的分应当在 0 到 100 之间",
        ),
        (
            '{ kind = "rating", key = "x", rubric = { a = 90 }, groups = { b = 0 } }',
            "各组评分人的权重应当大于 0",
        ),
        (
            '{ kind = "rating", key = "x", rubric = { a = 90 }, raters = 0 }',
            "raters 应当是：正整数",
        ),
        (
            '{ kind = "satisfaction", levels = { 5 = 100, 4 = 80, 3 = 60, 2 = 0 } }',
            "levels 缺少：1",
        ),
        (
            '{ kind = "satisfaction", levels = { 5 = 120, 4 = 80, 3 = 60, 2 = 0, 1 = 0 } }',
            "满意度的分应当在 0 到 100 之间",
        ),
        (
            '{ kind = "awards", levels = { "县级" = 1 } }',
            "levels 只能是 校级、市级、省级、国家级，没有：县级",
        ),
        ('{ kind = "awards", levels = { "校级" = -1 } }', "各级的分不能小于 0"),
        ('{ kind = "awards", levels = {} }', "levels 缺少：校级、市级、省级、国家级"),
        (
            '{ kind = "votes" }',
            "kind 只能是 metric、rating、awards、publications、satisfaction，没有：votes",
        ),
        ("3", "source 应当是：一组设置"),
    ],
)
def test_sources_are_checked(source: str, problem: str) -> None:
    found = changed('{ kind = "metric", key = "plate" }', source)
    assert f"24：{problem}" in found


@pytest.mark.parametrize(
    ("evidence", "problem"),
    [
        (
            '{ ledger = "activity", field = ["党建"] }',
            "field 只能是 学生党建、学生思政、文化建设、学风建设、精神文明、劳动教育、安全稳定，"
            "没有：党建",
        ),
        ('{ ledger = "activity", topic = ["党建"] }', "没有 topic 这个字段"),
        ('{ ledger = "activity", theme = "正其心" }', "theme 应当是：若干段文字"),
        (
            '{ ledger = "gate" }',
            "ledger 只能是 activity、publication、award、visit、space，没有：gate",
        ),
    ],
)
def test_evidence_names_what_the_ledgers_hold(evidence: str, problem: str) -> None:
    found = changed('name = "第一项"', f'name = "第一项"\nevidence = [{evidence}]')
    assert found == [f"19：{problem}"]


def test_a_veto_is_over_something_there_is() -> None:
    veto = '[[veto]]\nindicator = "frist"\nleast = 1\nover = "eon"\nreason = "没有"\n'
    assert refused(SMALL + veto) == [
        "37：本方案没有这个指标：frist；是不是 first？",
        "39：本方案没有这个一级指标：eon；是不是 one？",
    ]
    assert read(SMALL + veto.replace("frist", "first").replace('over = "eon"\n', "")).vetoes == (
        Veto("first", 1, "", "没有"),
    )


def test_clauses_are_checked_where_they_are_known() -> None:
    assert read(SMALL, clauses=("条款",)).key == "small"
    assert refused(SMALL, clauses=("条款一",))[0] == "20：没有这条政策条款：条款；是不是 条款一？"


def test_every_problem_is_told_at_once() -> None:
    text = SMALL.replace('unit = "building"', "unit = 1").replace("weight = 40", "weight = 30")
    text = text.replace('key = "plate"', 'key = "plat"').replace("worst = 0.5", "worst = 1")
    assert refused(text) == [
        "4：unit 应当是：非空的文字",
        "15：下级权重合计 90，应为 100",
        "24：没有可用于评价的指标：plat；是不是 plate？",
        "35：最差和最好相同，分不出高低",
    ]


def test_problems_are_told_in_the_readers_language() -> None:
    token = language.set(ENGLISH)
    try:
        with pytest.raises(InvalidScheme, match="line 15: the weights below add up to 90, not 100"):
            read(SMALL.replace("weight = 40", "weight = 30"))
    finally:
        language.reset(token)


OWN = """\
key = "own"
version = "2"
name = "本校的"
base = "small"

[[change]]
key = "first"
weight = 70
missing = "zero"

[[change]]
key = "second"
weight = 30
rule = { kind = "yes_no", target = 0.9 }
"""


def test_a_scheme_can_build_on_another() -> None:
    small, own = read(SMALL), read(OWN, "own", others={"small": SMALL})
    assert (own.key, own.version, own.name) == ("own", "2", "本校的")
    assert (own.unit, own.period, own.note) == (small.unit, small.period, small.note)
    assert own.weights == (70, 30)
    first, second = own.indicators
    assert (first.missing, first.rule) == ("zero", small.indicators[0].rule)
    assert second.rule == Rule("yes_no", target=0.9)
    assert own.dimensions[0].weight == own.dimensions[0].parts[0].weight == 100
    assert read(SMALL) == small, "what it builds on stays as it was"


def test_a_scheme_can_build_on_one_that_builds_on_another() -> None:
    last = 'key = "last"\nbase = "own"\n[[change]]\nkey = "first"\ncap = 90\n'
    found = read(last, "last", others={"small": SMALL, "own": OWN})
    assert (found.name, found.weights, found.indicators[0].cap) == ("本校的", (70, 30), 90)


def own_refused(text: str, **others: str) -> list[str]:
    with pytest.raises(InvalidScheme) as refusal:
        read(text, "own", others={"small": SMALL, **others})
    _, *lines = str(refusal.value).split("\n")
    return [line.removeprefix("own.toml 第 ").replace(" 行：", "：", 1) for line in lines]


def test_changes_that_cannot_be_made_are_told_where_they_stand() -> None:
    assert own_refused(OWN.replace("weight = 30", "weight = 40")) == [
        "4：下级权重合计 110，应为 100"
    ]
    assert own_refused(OWN.replace('key = "first"', 'key = "frist"'))[0] == (
        "4：下级权重合计 90，应为 100"
    )
    assert "6：引用的方案没有这个指标：frist；是不是 first？" in own_refused(
        OWN.replace('key = "first"', 'key = "frist"')
    )
    assert own_refused(OWN.replace('missing = "zero"', 'name = "新名"')) == [
        "4：下级权重合计 90，应为 100",
        "6：[[change]] 只能改 weight、rule、missing、cap、floor，不能改 name",
    ]
    assert own_refused(OWN.replace("target = 0.9", "top = 0.9")) == [
        "14：规则 yes_no 用不上 top",
        "14：规则 yes_no 需要 target",
    ]
    assert own_refused(OWN.replace('missing = "zero"', 'missing = "nought"')) == [
        "9：missing 只能是 exclude、zero、median、withhold，没有：nought"
    ]
    one = OWN.split("[[", maxsplit=1)[0] + '[change]\nkey = "frist"'
    assert own_refused(one) == ["6：引用的方案没有这个指标：frist；是不是 first？"]
    assert own_refused(OWN + "[[dimension]]\n")[0] == (
        "15：引用别的方案时不能再写 dimension，用 [[change]] 改"
    )


def test_circles_and_unknown_bases_are_refused() -> None:
    assert own_refused(OWN.replace('"small"', '"own"')) == ["4：方案互相引用成圈：own → own"]
    back = SMALL.replace('note = "检查用"', 'note = "检查用"\nbase = "own"')
    assert own_refused(OWN, small=back) == ["4：方案互相引用成圈：own → small → own"]
    assert own_refused(OWN.replace('"small"', '"smal"')) == [
        "4：没有可以引用的方案：smal；是不是 small？"
    ]
    assert own_refused(OWN, small="key =") == ["4：引用的方案 small 读不懂，先改好它"]


def outcome(lines: list[str], key: str) -> str:
    """What reading says: "" where it can be read. Anything but a refusal is a fault."""
    try:
        read("\n".join(lines), key, others={"small": SMALL})
    except InvalidScheme as refusal:
        return str(refusal)
    return ""


FILES = pytest.mark.parametrize(
    ("text", "key"), [(EVERY, "every_rule"), (OWN, "own"), (SMALL, "small")]
)


@FILES
@pytest.mark.parametrize("value", ["3", '"x"', "[]", "{}", "[3]", "[{}]", "true", "nan"])
def test_whatever_stands_in_a_field_is_read_or_refused_with_its_line(
    text: str, key: str, value: str
) -> None:
    lines = text.splitlines()
    fields = [n for n, line in enumerate(lines) if " = " in line]
    said = [
        outcome([*lines[:n], f"{lines[n].partition(' = ')[0]} = {value}", *lines[n + 1 :]], key)
        for n in fields
    ]
    assert all(f"{key}.toml 第 " in one for one in said if one)
    assert sum(map(bool, said)) > len(fields) / 3


@FILES
def test_any_line_may_be_missing(text: str, key: str) -> None:
    lines = text.splitlines()
    said = [outcome(lines[:n] + lines[n + 1 :], key) for n in range(len(lines))]
    assert all(f"{key}.toml 第 " in one for one in said if one)
    assert any(said)

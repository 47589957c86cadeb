"""How an indicator is scored, in words: its rule with the numbers of the scheme filled in."""

from math import isnan

from data.locale.translate import t
from data.schemes.scheme import METRIC, Indicator, Rule
from queries.scoring_rules import KINDS

PLAIN = {"min_max", "z_score", "percentile", "rank", "points"}


def rule_text(indicator: Indicator) -> str:
    """One sentence; shares are written as percentages."""
    rule, share = indicator.rule, indicator.source.kind == METRIC
    if rule.kind in PLAIN:
        said = t(KINDS[rule.kind].formula)
    elif rule.kind == "bands":
        said = _bands(indicator)
    elif rule.kind == "mixture":
        parts = [f"{t(name)} {_shown(target, share)}" for name, target in rule.parts]
        said = t("各培养层次按自己的目标计分再按人数加权：{parts}", parts=t("、").join(parts))
    else:
        said = _filled(rule, share, indicator.higher)
    return f"{t(KINDS[rule.kind].name)}{t('：')}{said}{_bounds(indicator)}"


def value_text(indicator: Indicator, value: float | None) -> str:
    """A value as its rule reads it."""
    mixed = indicator.rule.kind == "mixture"
    return _shown(value, indicator.source.kind == METRIC and not mixed)


def _shown(value: float | None, share: bool) -> str:
    if value is None or isnan(value):
        return "—"
    return f"{value:.1%}" if share else f"{value:,.1f}".removesuffix(".0")


def _filled(rule: Rule, share: bool, higher: bool) -> str:
    """The sentences of the rules that read single settings."""

    def of(value: float | None) -> str:
        return _shown(value, share)

    def plain(value: float | None) -> str:
        return _shown(value, False)

    sides = t("达到") if higher else t("不超过")
    said = {
        "target": lambda: t("{target} 得满分，按比例计分", target=of(rule.target)),
        "goalposts": lambda: t(
            "{worst} 得 0 分，{best} 得满分，中间按比例", worst=of(rule.worst), best=of(rule.best)
        ),
        "line_best": lambda: t(
            "{side} {line} 得 {base} 分，超出部分与同类最好的比",
            side=sides,
            line=of(rule.line),
            base=plain(rule.base),
        ),
        "deduct": lambda: t(
            "应有 {required}，每缺一次扣 {per} 分",
            required=plain(rule.required),
            per=plain(rule.per),
        ),
        "per_item": lambda: t(
            "每次 {per} 分，{top} 分封顶（即满分）", per=plain(rule.per), top=plain(rule.top)
        ),
        "bonus": lambda: t("按级别加分，{top} 分封顶（即满分）", top=plain(rule.top)),
        "yes_no": lambda: t(
            "{side} {target} 得满分，否则不得分", side=sides, target=of(rule.target)
        ),
    }
    return said[rule.kind]()


def _bands(indicator: Indicator) -> str:
    share = indicator.source.kind == METRIC
    mark = "≥" if indicator.higher else "≤"
    steps = [
        t("{mark} {start} 得 {points} 分", mark=mark, start=_shown(a, share), points=f"{b:g}")
        for a, b in indicator.rule.bands
    ]
    return t("，").join(steps)


def _bounds(indicator: Indicator) -> str:
    if indicator.floor <= 0 and indicator.cap >= 100:
        return ""
    low, high = f"{indicator.floor:g}", f"{indicator.cap:g}"
    return t("；最低 {low} 分，最高 {high} 分", low=low, high=high)

"""Giving a rating: what a form says is checked, kept as a new row, and written to the audit log."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import Connection, insert

from data.access import audit
from data.access.viewer import COMMITTEE, Viewer
from data.engine import writing
from data.errors import InvalidFilter, NotAllowed
from data.locale.translate import t
from data.models.evaluation import RATER_GROUPS
from data.models.rating import GivenRating
from data.schemes.scheme import Indicator, Source
from queries.choices import resolve
from queries.filters import Filters
from queries.rating_form import chosen_item, may_agree
from queries.rating_items import MAY_RATE, Round
from queries.ratings import AGREE, FORM, SCORE, Item, Rated
from queries.sealed import is_sealed

RATED = "rating"
"""The action in the audit log."""
LONGEST_EVIDENCE, LONGEST_LINK, FULL = 500, 500, 100
NUMBER = re.compile(r"\d{1,3}(\.\d{1,2})?", re.ASCII)
OWN_ASSESSMENT = RATER_GROUPS[0]


@dataclass(frozen=True)
class Said:
    """What a form says, checked."""

    kind: str
    score: float
    level: str
    group: str
    evidence: str
    link: str


def groups_of(source: Source) -> tuple[str, ...]:
    """The groups one may rate for on our form: those of the scheme, without those who are judged,
    whose own assessment comes by the ledger."""
    return tuple(name for name, _ in source.groups if name != OWN_ASSESSMENT)


def give(url: str, search: str, viewer: Viewer, sent: Mapping[str, str]) -> None:
    """Keep what a form says of the item in `search`; nothing is kept where it is refused, or where
    it says what stands there already.

    Raises NotAllowed for who may not rate or settle it, InvalidFilter for what cannot be.
    """
    if viewer.role not in MAY_RATE:
        raise NotAllowed(t("只有考核评价人员和党工委可以给人工指标评分。"))
    with writing(url) as conn:
        asked, item = chosen_item(conn, resolve(conn, Filters.parse(search), viewer))
        if is_sealed(conn, asked.scheme.key, asked.period.key):
            raise NotAllowed(t("这一期评价已经封存，不能再评分。"))
        said = _agreement(item, viewer, sent) if sent.get("kind") == AGREE else _score(item, sent)
        _keep(conn, asked, item, viewer, said)


def _score(item: Item, sent: Mapping[str, str]) -> Said:
    source = item.indicator.source
    level, points = _level(source, sent.get("level", ""))
    score = _number(sent.get("score", ""), points)
    if score is None:
        raise InvalidFilter(t("请选一档，或填一个 0 到 100 的分数。"))
    group = sent.get("group", "")
    if source.groups and group not in groups_of(source):
        raise InvalidFilter(t("请选择以哪一类评分人的身份评分。"))
    return Said(SCORE, score, level, group if source.groups else "", _evidence(sent), _link(sent))


def _agreement(item: Item, viewer: Viewer, sent: Mapping[str, str]) -> Said:
    if viewer.role != COMMITTEE:
        raise NotAllowed(t("商议的结论由党工委登记。"))
    if not may_agree(item, viewer):
        count = item.indicator.source.raters
        raise InvalidFilter(t("还没有 {count} 位评分人，先评分，再商议。", count=count))
    score = _number(sent.get("score", ""), None)
    if score is None:
        raise InvalidFilter(t("请填商定的分数，0 到 100。"))
    return Said(AGREE, score, "", "", _evidence(sent), _link(sent))


def _level(source: Source, name: str) -> tuple[str, float | None]:
    """The chosen line of the rubric with its points."""
    if not name:
        return "", None
    for line, points in source.rubric:
        if line == name:
            return line, points
    raise InvalidFilter(t("评分标准里没有这一档：{value}", value=name))


def _number(text: str, otherwise: float | None) -> float | None:
    """A score as written; full-width digits too."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return otherwise
    if not NUMBER.fullmatch(plain) or float(plain) > FULL:
        raise InvalidFilter(t("分数请填 0 到 100 的数，最多两位小数，现在是：{value}", value=text))
    return float(plain)


def _evidence(sent: Mapping[str, str]) -> str:
    said = " ".join(sent.get("evidence", "").split())
    if not said:
        raise InvalidFilter(t("请写明依据：看了什么材料、见了什么情况。"))
    if len(said) > LONGEST_EVIDENCE:
        raise InvalidFilter(t("依据最多 {count} 个字，请改短后再提交。", count=LONGEST_EVIDENCE))
    if not said.isprintable():
        raise InvalidFilter(t("依据里有看不见的控制字符，请删去后再提交。"))
    return said


def _link(sent: Mapping[str, str]) -> str:
    """An address that leads to a web page and nowhere else; "" where none is given."""
    text = sent.get("link", "").strip()
    if not text:
        return ""
    if len(text) > LONGEST_LINK or not is_web_address(text):
        raise InvalidFilter(
            t("链接要以 http:// 或 https:// 开头，最多 {count} 个字符。", count=LONGEST_LINK)
        )
    return text


def is_web_address(text: str) -> bool:
    """Whether a browser would go to a web page by it, and run nothing."""
    if not text.isprintable() or any(sign in text for sign in " \"'<>\\`"):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _keep(conn: Connection, asked: Round, item: Item, viewer: Viewer, said: Said) -> None:
    before = item.agreed if said.kind == AGREE else item.of(viewer.name)
    if before is not None and _same(before, said):
        return
    row = {
        "scheme": asked.scheme.key,
        "scheme_version": asked.scheme.version,
        "indicator": item.indicator.key,
        "unit_kind": asked.scheme.unit,
        "unit_id": item.unit_id,
        "period": asked.period.key,
        "kind": said.kind,
        "rater": viewer.name,
        "rater_name": viewer.display_name or viewer.name,
        "rater_group": said.group,
        "score": said.score,
        "level": said.level,
        "evidence": said.evidence,
        "link": said.link,
        "at": audit.utc_now(),
    }
    conn.execute(insert(GivenRating).values(row))
    audit.record(conn, account=viewer.name, action=RATED, detail=_detail(asked, item, before, said))


def _same(before: Rated, said: Said) -> bool:
    """Whether nothing changes; what the ledger holds is said anew on our form."""
    was = (before.score, before.level, before.group, before.evidence, before.link)
    now = (said.score, said.level, said.group, said.evidence, said.link)
    return before.origin == FORM and was == now


def _detail(asked: Round, item: Item, before: Rated | None, said: Said) -> str:
    """Which item, and what it was before and is now."""
    where = f"{asked.scheme.key} {asked.period.key} {item.unit_id} {item.indicator.key}"
    was = f"{before.score:g} {before.level} {before.evidence}" if before else "—"
    now = f"{said.score:g} {said.level} {said.evidence}"
    return f"{said.kind} {where}: {was} → {now}"


def rubric(indicator: Indicator) -> tuple[tuple[str, float], ...]:
    """The lines of an indicator's rubric with their points, the best first."""
    return tuple(sorted(indicator.source.rubric, key=lambda line: -line[1]))

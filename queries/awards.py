"""名额: whom the ranks would propose for an award, and what the committee decided."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select

from data.access import audit
from data.access.viewer import COMMITTEE, EVALUATOR, STEWARD, Viewer
from data.engine import reading, writing
from data.errors import InvalidFilter, NotAllowed
from data.locale.translate import t
from data.models.judging import AwardDecision
from queries.award_places import STATES, VETOED, cuts_of, proposed
from queries.choices import resolve, serving
from queries.evaluated_units import seen_units
from queries.evaluation import Evaluation, evaluate
from queries.evaluation_period import period_text
from queries.filters import Filters
from queries.ranking import may_see
from queries.stability import with_bands
from queries.trial import chosen_spread

SEE_THE_PROPOSAL = frozenset({COMMITTEE, EVALUATOR, STEWARD})
DECIDED = "award_decision"
"""The action in the audit log."""
LONGEST_NOTE = 500
COLUMNS = ["unit_id", "unit", "peer_group", "of", "places", "rank", "total", "low", "high"]
COLUMNS += ["inside", "near", "state", "state_name", "veto", "chosen", "decided", "may_decide"]
COLUMNS += ["period"]
HISTORY = ["decision", "current", "at", "author", "note", "chosen", "unit_id", "unit"]
HISTORY += ["peer_group", "beyond", "scheme_version", "data_version", "period"]


def award_proposal(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per unit, peer group by peer group, the first place first: COLUMNS, for those who
    prepare the decision. `state` is a key of STATES, `inside` the share of draws in which the unit
    is among the `places` of its group, `near` whether that is neither sure nor out of the question;
    `chosen` whether the latest decision names it, `decided` whether there is one."""
    if viewer.role not in SEE_THE_PROPOSAL:
        return pd.DataFrame([], columns=COLUMNS)
    evaluation = evaluate(conn, filters)
    found = with_bands(conn, evaluation, chosen_spread(filters))
    latest = next(iter(_decisions(conn, evaluation)), None)
    state = proposed(found)
    found = found.assign(
        state=state,
        state_name=state.map(STATES),
        chosen=found["unit_id"].isin(latest.units if latest else []),
        decided=latest is not None,
        may_decide=viewer.role == COMMITTEE,
    )
    order = ["peer_group", "rank", "unit_id"]
    return found.sort_values(order, na_position="last", ignore_index=True)[COLUMNS]


def award_decisions(conn: Connection, filters: Filters, viewer: Viewer) -> pd.DataFrame:
    """One row per decision about the scheme and period and unit it names, the latest first:
    HISTORY. `chosen` is how many it names in all, `beyond` how many of them are more than the
    places of their peer groups; where none of them is the viewer's to see, its row names no unit.
    """
    if not may_see(viewer):
        return pd.DataFrame([], columns=HISTORY)
    evaluation = evaluate(conn, filters)
    units = evaluation.units.set_index("unit_id")
    seen = seen_units(conn, evaluation.scheme.unit, viewer)
    cuts = cuts_of(evaluation.scheme.quota, evaluation.results)
    rows: list[dict[str, Any]] = []
    for n, decision in enumerate(_decisions(conn, evaluation)):
        named = [unit for unit in decision.units if seen is None or unit in seen]
        own = {
            "decision": decision.id,
            "current": n == 0,
            "at": decision.at,
            "author": decision.author_name,
            "note": decision.note,
            "chosen": len(decision.units),
            "beyond": _beyond(units, cuts, decision.units),
            "scheme_version": decision.scheme_version,
            "data_version": decision.data_version,
            "period": period_text(evaluation.period),
        }
        rows += [{**own, **_named(units, unit)} for unit in named or [""]]
    return pd.DataFrame(rows, columns=HISTORY)


def decide(url: str, search: str, viewer: Viewer, *, units: Sequence[str], note: str) -> None:
    """Keep whom the committee awards; an empty list says nobody. Nothing is kept where it is
    refused.

    Raises NotAllowed for every other role, InvalidFilter where a unit is not evaluated or struck
    by a veto, or where no reason is given.
    """
    note, chosen = " ".join(note.split()), sorted({unit for unit in units if unit})
    if viewer.role != COMMITTEE:
        raise NotAllowed(t("评优由学生社区党工委决定，你的角色只能查看。"))
    if not note:
        raise InvalidFilter(t("请写一句决定的理由或依据，再提交。"))
    if len(note) > LONGEST_NOTE or not note.isprintable():
        raise InvalidFilter(t("说明最多 {count} 个字，请改短后再提交。", count=LONGEST_NOTE))
    with reading(url) as conn:
        filters = resolve(conn, Filters.parse(search), viewer)
        evaluation, version = evaluate(conn, filters), serving(conn)
        _check(award_proposal(conn, filters, viewer), chosen)
    scheme, period = evaluation.scheme, evaluation.period.key
    with writing(url) as conn:
        conn.execute(
            insert(AwardDecision).values(
                scheme=scheme.key,
                scheme_version=scheme.version,
                period=period,
                units=chosen,
                note=note,
                author=viewer.name,
                author_name=viewer.display_name or viewer.name,
                at=audit.utc_now(),
                data_version=version.id,
            )
        )
        detail = f"{scheme.key} {scheme.version} {period}: {' '.join(chosen) or '-'}"
        audit.record(
            conn, account=viewer.name, action=DECIDED, detail=detail, data_version=version.id
        )


def _check(proposal: pd.DataFrame, chosen: list[str]) -> None:
    state = proposal.set_index("unit_id")["state"]
    unknown = [unit for unit in chosen if unit not in state.index]
    if unknown:
        raise InvalidFilter(t("这些单位不在本期评价里：{units}", units="、".join(unknown)))
    struck = proposal[proposal["unit_id"].isin(chosen) & (proposal["state"] == VETOED)]
    if len(struck):
        raise InvalidFilter(t("被一票否决的单位不能评优：{units}", units="、".join(struck["unit"])))


def _decisions(conn: Connection, evaluation: Evaluation) -> list[Any]:
    """Every decision about a scheme and period, the latest first, in whichever version."""
    stmt = (
        select(AwardDecision)
        .where(
            AwardDecision.scheme == evaluation.scheme.key,
            AwardDecision.period == evaluation.period.key,
        )
        .order_by(AwardDecision.id.desc())
    )
    return list(conn.execute(stmt.with_only_columns(*AwardDecision.__table__.columns)))


def _beyond(units: pd.DataFrame, cuts: dict[str, int], chosen: list[str]) -> int:
    """How many units were chosen over the places of their peer groups."""
    groups = units.reindex(chosen)["peer_group"].value_counts()
    return sum(max(int(count) - cuts.get(str(name), 0), 0) for name, count in groups.items())


def _named(units: pd.DataFrame, unit: str) -> dict[str, str]:
    """A unit of a decision; one that is no longer there is named by its id."""
    if unit not in units.index:
        return {"unit_id": unit, "unit": unit, "peer_group": ""}
    row = units.loc[unit]
    return {"unit_id": unit, "unit": row["unit"], "peer_group": row["peer_group"]}

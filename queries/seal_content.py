"""All that an evaluation stands on, as data: what a seal keeps, and what it is compared with."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.models.dashboard import DataVersion
from data.schemes.scheme import METRIC
from data.seals.canonical import plain
from data.seals.code import code_version
from queries.catalog import BY_KEY
from queries.evaluation import Evaluation
from queries.evaluation_period import Period
from queries.filters import Filters
from queries.metric import Metric

SAID = ("key", "name", "definition", "numerator", "denominator", "excluded", "unit", "clause")
RESULT = ("unit_id", "total", "rank", "of", "veto")


def content_of(conn: Connection, evaluation: Evaluation) -> dict[str, Any]:
    """`period, data, definitions, scheme, code, results` of an evaluation, as JSON knows them.

    `data` is what went in: units, and every unit × indicator as found, with why there is no value.
    `results` has for each unit its total, place, vetoes, and scores of dimensions and indicators;
    `filled` are the indicators whose missing value was given a score.
    """
    made = {
        "period": _period(evaluation.period),
        "data": {
            **_version(conn),
            "units": evaluation.units.to_dict("records"),
            "raw": evaluation.raw.to_dict("records"),
        },
        "definitions": [_definition(metric) for metric in _metrics(evaluation)],
        "scheme": evaluation.scheme,
        "code": code_version(),
        "results": _results(evaluation),
    }
    found: dict[str, Any] = plain(made)
    return found


def sealed_period(content: dict[str, Any], filters: Filters) -> Period:
    """The period of a content, with the same days."""
    told = content["period"]
    parts = [
        Filters(term=one["term"], date=one["date"], usual=filters.usual) for one in told["parts"]
    ]
    return Period(told["kind"], told["key"], tuple(parts))


def _period(period: Period) -> dict[str, Any]:
    parts = [{"term": part.term, "date": part.date} for part in period.parts]
    return {"kind": period.kind, "key": period.key, "parts": parts}


def _version(conn: Connection) -> dict[str, Any]:
    newest = select(DataVersion).order_by(DataVersion.id.desc()).limit(1)
    row = conn.execute(newest).one()
    kept = {"version": row.id, "as_of": row.as_of, "published": row.published}
    return {**kept, "demo": row.demo}


def _metrics(evaluation: Evaluation) -> list[Metric]:
    """Every metric the scheme reads, each once."""
    sources = [one.source for one in evaluation.scheme.indicators]
    keys = dict.fromkeys(source.key for source in sources if source.kind == METRIC)
    return [BY_KEY[key] for key in keys]


def _definition(metric: Metric) -> dict[str, str]:
    return {name: getattr(metric, name) for name in SAID}


def _results(evaluation: Evaluation) -> list[dict[str, Any]]:
    found, scored = evaluation.results, evaluation.scored
    keys = [one.key for one in evaluation.scheme.indicators]
    dimensions = [one.key for one in evaluation.scheme.dimensions]
    rows = []
    for row, scores, filled in zip(
        found.to_dict("records"), scored.scores, scored.filled, strict=True
    ):
        kept: dict[str, Any] = {name: row[name] for name in RESULT}
        kept["dimensions"] = {key: row[key] for key in dimensions}
        kept["scores"] = dict(zip(keys, scores, strict=True))
        kept["filled"] = [key for key, given in zip(keys, filled, strict=True) if given]
        rows.append({**kept, "rank": _whole(kept["rank"]), "of": int(kept["of"])})
    return rows


def _whole(place: float) -> int | None:
    return None if pd.isna(place) else int(place)

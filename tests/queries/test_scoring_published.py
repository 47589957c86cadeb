"""Scoring against the worked example of the OECD/JRC handbook on composite indicators (2008)."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from data.schemes.scheme import GEOMETRIC, Rule, Scheme
from queries.aggregate import aggregate
from queries.scoring import ranks, score_all
from queries.scoring_rules import KINDS, scored
from tests.queries.scoring_schemes import flat, indicator
from tests.real_data import real

LOGARITHMS = ("TELEPHONES_log", "ELECTRICITY_log")


@pytest.fixture(scope="module")
def schooling() -> pd.DataFrame:
    """Table 15: one indicator of 23 countries, normalised in eleven ways."""
    return table("table15_normalisation_schooling.csv")


@pytest.fixture(scope="module")
def worked() -> Any:
    return json.loads(real("published/worked_examples_expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    """Table A.2: eight indicators of the Technology Achievement Index of 23 countries."""
    return table("tableA2_raw_23.csv")


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(real(f"published/{name}"), index_col=0)


def scores(rule: Rule, values: pd.Series) -> pd.Series:
    return pd.Series(scored(indicator("one", rule=rule), values.to_numpy(float)), values.index)


def achievement(worked: Any, weights: list[float], how: str = "arithmetic") -> Scheme:
    """The index with the goalposts of the Human Development Report 2001."""
    posts = worked["hdr2001_goalposts"]
    held = []
    for key, weight in zip(table("table22_weights.csv").index, weights, strict=True):
        worst, best, *_ = posts[key.removesuffix("_log")]
        if key in LOGARITHMS:
            worst, best = np.log10(worst), np.log10(best)
        held.append(indicator(key, weight, Rule("goalposts", worst=worst, best=best)))
    return flat(*held, how=how)


def places(of: Scheme, raw: pd.DataFrame) -> pd.Series:
    values = raw[[one.key for one in of.indicators]].to_numpy(float)
    found = score_all(of, [""] * len(raw), values)
    return pd.Series(ranks(found.totals.total), raw.index)


def differing(found: pd.Series, expected: pd.Series) -> dict[str, float]:
    """By how many places who stands elsewhere than published."""
    off = found - expected
    return off[off != 0].to_dict()


def test_min_max_of_all_countries(schooling: pd.DataFrame) -> None:
    found = scores(Rule("min_max"), schooling["mean_years_school"]) / 100
    assert (found - schooling["minmax"]).abs().max() <= 0.005, "published to two decimals"


def test_standard_scores_of_all_countries(schooling: pd.DataFrame) -> None:
    found = (scores(Rule("z_score"), schooling["mean_years_school"]) - 50) / 10
    assert (found - schooling["zscore"]).abs().max() <= 0.005


def test_distance_to_the_best_of_all_countries(schooling: pd.DataFrame) -> None:
    years = schooling["mean_years_school"]
    found = scores(Rule("target", target=years.max()), years) / 100
    assert (found - schooling["ratio_to_best"]).abs().max() <= 0.005 + 1e-9


def test_percentiles_agree_but_for_ties(schooling: pd.DataFrame) -> None:
    """Equal countries have the worse rank there; here all of them are no better than each other."""
    years = schooling["mean_years_school"]
    found = scores(Rule("percentile"), years).round(1)
    tied = years.duplicated(keep=False)
    assert (found == schooling["percentile"]).sum() == (~tied).sum() == 16
    assert (found[tied] > schooling["percentile"][tied]).all()
    worse = len(years) * found[tied] / 100 - years[tied].map(years.value_counts()) + 1
    assert (100 * worse / len(years)).round(1).tolist() == pytest.approx(
        schooling["percentile"][tied].tolist(), abs=0.11
    )


def test_ranks_agree_but_for_ties(schooling: pd.DataFrame) -> None:
    years, published_rank = schooling["mean_years_school"], schooling["rank_high_is_top"]
    found = len(years) * scores(Rule("rank"), years) / 100
    tied = years.duplicated(keep=False)
    assert found[~tied].round(9).tolist() == published_rank[~tied].tolist()
    lower = scored(indicator("i", rule=Rule("rank"), higher=False), years.to_numpy(float))
    # With the lowest first the published rank is 1 plus how many stand before.
    assert (len(years) * (1 - lower / 100) + 1).round(9).tolist() == published_rank.tolist()


def test_the_categories_are_bands_of_the_percentiles(schooling: pd.DataFrame) -> None:
    bands = ((95.0, 100.0), (85.0, 80.0), (65.0, 60.0), (35.0, 50.0), (15.0, 40.0), (5.0, 20.0))
    found = scores(Rule("bands", bands=bands), schooling["percentile"])
    assert found.tolist() == schooling["categorical"].tolist()


@pytest.mark.parametrize("weighting", ["EW", "BAP"])
def test_places_of_all_countries(worked: Any, raw: pd.DataFrame, weighting: str) -> None:
    weights = table("table22_weights.csv")[weighting].tolist()
    expected = table("table23_rankings_by_weighting.csv")[weighting]
    assert differing(places(achievement(worked, weights), raw), expected) == {}


@pytest.mark.parametrize(
    ("weighting", "off"),
    [
        ("FA", {"Singapore": -1, "Canada": 1, "Czech Republic": 1, "Slovenia": -1}),
        ("AHP", {"New Zealand": 1, "Israel": 1, "Spain": -2}),
    ],
)
def test_places_under_rounded_weights(
    worked: Any, raw: pd.DataFrame, weighting: str, off: dict[str, float]
) -> None:
    """Published to two decimals, these weights move neighbours; some that round to them put every
    country where the handbook has it."""
    weights = table("table22_weights.csv")[weighting].to_numpy(float)
    expected = table("table23_rankings_by_weighting.csv")[weighting]
    assert differing(places(achievement(worked, weights.tolist()), raw), expected) == off
    exact = unrounded(achievement(worked, weights.tolist()), raw, expected)
    assert np.abs(exact - weights).max() <= 0.005
    assert differing(places(achievement(worked, exact.tolist()), raw), expected) == {}


def unrounded(of: Scheme, raw: pd.DataFrame, expected: pd.Series) -> np.ndarray:
    """Weights that round to the scheme's and rank as expected, found by linear programming."""
    keys, weights = [one.key for one in of.indicators], np.array(of.weights)
    ordered = raw.loc[expected.sort_values().index, keys].to_numpy(float)
    normalised = score_all(of, [""] * len(raw), ordered).scores
    found = linprog(
        np.zeros(len(weights)),
        A_ub=np.diff(normalised, axis=0),
        b_ub=np.full(len(raw) - 1, -1e-6),
        bounds=[(weight - 0.0049, weight + 0.0049) for weight in weights],
    )
    assert found.success
    return np.array(found.x)


def test_linear_places_of_all_countries(worked: Any, raw: pd.DataFrame) -> None:
    expected = table("table38_rankings_by_aggregation.csv")["LIN"]
    assert differing(places(achievement(worked, [1.0] * 8), raw), expected) == {}


def test_geometric_places(worked: Any, raw: pd.DataFrame) -> None:
    """Of 23 countries 20 stand where published. Three that lie within half a point of each other
    change places: the raw data, partly imputed, are printed rounded."""
    expected = table("table38_rankings_by_aggregation.csv")["GME"]
    product = achievement(worked, [1.0] * 8, GEOMETRIC)
    assert differing(places(product, raw), expected) == {"Norway": 2, "Canada": -1, "Austria": -1}
    three = raw.loc[["Norway", "Canada", "Austria"], [one.key for one in product.indicators]]
    totals = score_all(product, [""] * 3, three.to_numpy(float)).totals.total
    assert np.ptp(totals) < 0.5


def test_a_product_rewards_who_is_even(worked: Any) -> None:
    told = worked["section6_11_geometric"]
    even = flat(*(indicator(f"i{n}") for n in range(4)), how=GEOMETRIC)
    more = [1 if n == 1 else 0 for n in range(4)]
    values = np.array([told["values_1"], told["values_2"]], float)
    before, after = (aggregate(even, v).total for v in (values, values + more))
    # Published figures are cut off, not rounded: (21 × 2)^¼ is 2.5457.
    for n, key in enumerate("12"):
        assert np.floor(before[n] * 100 + 1e-6) / 100 == told["geometric"][key]
        assert np.floor(after[n] * 100) / 100 == told["after_plus_1_on_second"][key]
    assert values.sum(axis=1).tolist() == [24, 24]


@pytest.mark.parametrize("unit", ["celsius", "fahrenheit"])
@pytest.mark.parametrize("year", [0, 1])
def test_distance_to_the_best_of_two_countries(worked: Any, unit: str, year: int) -> None:
    told = worked["table14_distance_to_best"]
    values = np.array([[told["raw"][f"{c}_{i}"][year] for i in ("tempC", "hum")] for c in "AB"])
    if unit == "fahrenheit":
        values[:, 0] = values[:, 0] * 9 / 5 + 32
    best = values.max(axis=0)
    both = flat(*(indicator(f"i{n}", 1, Rule("target", target=best[n])) for n in range(2)))
    found = score_all(both, ["", ""], values).totals.total / 100
    expected = [told[unit][country][str(2003 + year)] for country in "AB"]
    assert found.round(3).tolist() == pytest.approx(expected, abs=0.0011)


def test_every_rule_that_was_compared_is_one_of_ours() -> None:
    assert {"min_max", "z_score", "target", "percentile", "rank", "bands", "goalposts"} <= set(
        KINDS
    )

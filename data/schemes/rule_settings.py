"""What each kind of rule needs to be told, and which sources it can score."""

from data.schemes.scheme import AWARDS, METRIC, PUBLICATIONS, RATING, SATISFACTION

NEEDS: dict[str, tuple[str, ...]] = {
    "target": ("target",),
    "goalposts": ("worst", "best"),
    "min_max": (),
    "z_score": (),
    "percentile": (),
    "rank": (),
    "line_best": ("line", "base"),
    "bands": ("bands",),
    "deduct": ("required", "per"),
    "per_item": ("per", "top"),
    "bonus": ("top",),
    "yes_no": ("target",),
    "points": (),
    "mixture": ("parts",),
}
"""The settings of each kind of rule, all of them needed; what the kinds do with them stands in
queries/scoring_rules.py."""
SCORES_ONLY: dict[str, tuple[str, ...]] = {
    "points": (RATING, SATISFACTION),
    "bonus": (AWARDS,),
    "per_item": (PUBLICATIONS,),
    "deduct": (PUBLICATIONS,),
    "mixture": (METRIC,),
}
"""Kinds whose formula makes sense of values of these sources alone: points that are a score of 0
to 100 already, points of awards, numbers of things, rates of a part of the students."""
UPWARDS = ("target", "deduct", "per_item", "bonus", "points", "mixture")
"""Kinds under which more is always better."""
POSITIVE = {
    "target": ("target",),
    "line_best": ("line",),
    "deduct": ("required", "per"),
    "per_item": ("per", "top"),
    "bonus": ("top",),
}
"""Settings that mean nothing at 0 or below."""

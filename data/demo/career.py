"""How far students come in the Party, by level and year of study."""

import numpy as np
import pandas as pd

from data.demo.draws import Floats, Ints

STATUSES = ("", "入党积极分子", "发展对象", "预备党员", "中共党员")
ROSTER, MEMBER = 1, 3  # ranks in STATUSES from which a student is on rosters, is a Party member

# Share of students who are at least 入党积极分子, 发展对象, 预备党员, 中共党员, by year of study.
CAREER = {
    "本科生": (
        (0.05, 0.01, 0.004, 0.003),
        (0.20, 0.05, 0.015, 0.006),
        (0.30, 0.12, 0.07, 0.03),
        (0.34, 0.17, 0.14, 0.10),
        (0.35, 0.18, 0.16, 0.15),
    ),
    "硕士生": (
        (0.42, 0.32, 0.28, 0.25),
        (0.48, 0.37, 0.33, 0.29),
        (0.52, 0.42, 0.38, 0.35),
        (0.54, 0.45, 0.42, 0.40),
    ),
    "博士生": (
        (0.58, 0.52, 0.49, 0.47),
        (0.60, 0.54, 0.51, 0.49),
        (0.62, 0.56, 0.54, 0.52),
        (0.63, 0.58, 0.56, 0.54),
        (0.63, 0.58, 0.56, 0.55),
    ),
}


def party_rank(here: pd.DataFrame, stage: Ints, luck: Floats) -> Ints:
    """How far each student has come in the Party; nobody ever falls back."""
    rank = np.zeros(len(here), dtype=np.int64)
    for level, years in CAREER.items():
        mine = (here["degree_level"] == level).to_numpy()
        table = np.array(years)
        for share in table.T:
            reached = np.interp(stage[mine] / 2, np.arange(len(years)), share)
            rank[mine] += luck[mine] < reached
    return rank

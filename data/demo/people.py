"""The students and counselors of the demo campus, once for all terms."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.demo.colleges import COLLEGES
from data.demo.draws import Ints, draws
from data.demo.names import names
from data.demo.sites import FEMALE, MALE, SITES, residents
from data.demo.terms import LATEST, TermDates

CLASS_SIZE = 30
STUDENTS_PER_COUNSELOR = 200
HANDOVER = date(2026, 7, 31)
EARLIER_APPOINTMENT = ("T50002", "yan1", date(2024, 9, 1), date(2025, 8, 31))
# level, letter, share of all students, years of study, share of women
LEVELS = (
    ("本科生", "u", 0.60, 4, 0.36),
    ("硕士生", "g", 0.32, 3, 0.42),
    ("博士生", "g", 0.08, 4, 0.34),
)


@dataclass(frozen=True)
class People:
    """Students in the order of their ids, and counselors; a student's slot is their counselor.

    `before` is who held a slot until the handover, where that was somebody else.
    """

    students: pd.DataFrame
    counselors: pd.DataFrame
    slots: pd.DataFrame

    def counselor_ids(self, term: TermDates) -> pd.Series:
        """Each student's counselor in a term."""
        column = "before" if term.ends <= HANDOVER else "counselor_id"
        return self.students["slot"].map(self.slots[column])


def beds_wanted(students: int) -> dict[str, int]:
    """How many of each group (degree group and gender) need a bed."""
    wanted = dict.fromkeys(("um", "uf", "gm", "gf"), 0.0)
    for _, letter, share, _, women in LEVELS:
        wanted[letter + "f"] += students * share * women
        wanted[letter + "m"] += students * share * (1 - women)
    return {group: round(count) for group, count in wanted.items()}


def people(seed: int, students: int, terms: tuple[TermDates, ...]) -> People:
    """Everyone who was enrolled in any of the terms, and those who look after them."""
    everyone = _students(seed, students, terms)
    slots = _slots(everyone)
    counselors = _counselors(seed, slots)
    return People(everyone, counselors, slots.set_index("slot"))


def people_tables(crowd: People, terms: tuple[TermDates, ...]) -> dict[str, pd.DataFrame]:
    """Students, counselors and the appointments to buildings."""
    builders = crowd.counselors[crowd.counselors["kind"] == "楼宇辅导员"]
    started = [max(d, terms[0].starts) for d in builders["starts"]]
    appointed = pd.DataFrame(
        {
            "counselor_id": builders["id"],
            "building_id": builders["building_id"],
            "starts": started,
            "ends": None,
        }
    )
    appointed.loc[len(appointed)] = EARLIER_APPOINTMENT
    return {
        "student": crowd.students[["id", "name", "gender"]],
        "counselor": crowd.counselors.drop(columns="building_id"),
        "counselor_building": appointed,
    }


def _cohorts(seed: int, students: int, terms: tuple[TermDates, ...]) -> pd.DataFrame:
    rng = draws(seed, "cohorts")
    rows = []
    for number, (level, letter, share, years, women) in enumerate(LEVELS):
        sizes = [c.undergraduates if letter == "u" else c.graduates for c in COLLEGES]
        for order, size in enumerate(sizes):
            for grade in range(terms[0].year - years + 1, LATEST[0] + 1):
                wanted = students * share * size / sum(sizes) / years * rng.uniform(0.95, 1.05)
                rows.append((number, level, letter, years, women, order, grade, wanted))
    names_ = ["level", "degree_level", "letter", "years", "women", "order", "grade", "wanted"]
    cohorts = pd.DataFrame(rows, columns=names_)
    # Cumulative rounding, so that small campuses lose nobody.
    cohorts["count"] = np.diff(np.round(cohorts["wanted"].cumsum()), prepend=0).astype(int)
    return cohorts


def _students(seed: int, students: int, terms: tuple[TermDates, ...]) -> pd.DataFrame:
    cohorts = _cohorts(seed, students, terms)
    rng = draws(seed, "students")
    many = cohorts.loc[cohorts.index.repeat(cohorts["count"])].reset_index(drop=True)
    many["number"] = many.groupby(["level", "order", "grade"]).cumcount()
    many["class_number"] = many["number"] // CLASS_SIZE + 1
    many["gender"] = np.where(rng.random(len(many)) < many["women"], FEMALE, MALE)
    many["name"] = names(rng, many["gender"].to_numpy(str))
    many["college_id"] = np.array([c.id for c in COLLEGES])[many["order"]]
    many["major"] = _majors(many)
    many["class_name"] = (
        many["major"] + many["grade"].astype(str) + "-" + many["class_number"].astype(str) + "班"
    ).where(
        many["letter"] == "u",
        many["degree_level"].str[:1]
        + many["grade"].astype(str)
        + "-"
        + many["class_number"].astype(str)
        + "班",
    )
    many["slot"] = _slot_names(many)
    many["id"] = _ids(rng, many["grade"].to_numpy())
    many["class_code"] = many.groupby(["level", "order", "grade", "class_number"]).ngroup()
    return many.sort_values("id").reset_index(drop=True)


def _majors(many: pd.DataFrame) -> pd.Series:
    choices = {(c, i): m for c, col in enumerate(COLLEGES) for i, m in enumerate(col.majors)}
    counts = np.array([len(c.majors) for c in COLLEGES])[many["order"]]
    which = (many["class_number"].to_numpy() - 1) % counts
    return pd.Series(zip(many["order"], which, strict=True), index=many.index).map(choices)


def _ids(rng: np.random.Generator, grades: Ints) -> pd.Series:
    """Opaque: numbers are shuffled within a year of admission."""
    shuffled = pd.Series(rng.permutation(len(grades))).groupby(grades).rank().astype(int)
    year = pd.Series(grades % 100).astype(str).str.zfill(2)
    return "S" + year + shuffled.astype(str).str.zfill(6)


def _slot_names(many: pd.DataFrame) -> pd.Series:
    """About 200 students each: by year of admission where a college is large, mixed elsewhere."""
    size = many.groupby(["level", "order"])["wanted"].transform("first") * many["years"]
    wanted = np.maximum(1, np.round(size / STUDENTS_PER_COUNSELOR)).astype(int)
    by_year = np.maximum(1, np.round(wanted / many["years"])).astype(int)
    class_number = many["class_number"]
    large = (many["grade"] % many["years"]) * by_year + class_number % by_year
    mixed = (many["grade"] * 7 + class_number) % wanted
    slot = large.where(wanted >= many["years"], mixed)
    few = (many["letter"] == "g") & (size < STUDENTS_PER_COUNSELOR / 2)
    head = many["college_id"] + many["level"].mask(few, 1).astype(str)
    return head + "-" + slot.mask(few, 0).astype(str).str.zfill(2)


def _slots(students: pd.DataFrame) -> pd.DataFrame:
    slots = pd.DataFrame({"slot": np.unique(students["slot"].to_numpy(str))})
    slots["college_id"] = slots["slot"].str[:2]
    slots["counselor_id"] = [f"T{10001 + i}" for i in range(len(slots))]
    replaced = np.arange(len(slots)) % 17 == 5
    earlier = pd.Series([f"T{30001 + i}" for i in range(len(slots))])
    slots["before"] = earlier.where(replaced, slots["counselor_id"])
    return slots


def _counselors(seed: int, slots: pd.DataFrame) -> pd.DataFrame:
    rng = draws(seed, "counselors")
    now = slots[["counselor_id", "college_id"]].set_axis(["id", "college_id"], axis=1)
    gone = slots.loc[slots["before"] != slots["counselor_id"], ["before", "college_id"]]
    gone = gone.set_axis(["id", "college_id"], axis=1)
    taken_over = now["id"].isin(slots.loc[slots["before"] != slots["counselor_id"], "counselor_id"])
    hired = [date(y, 7, 1) for y in rng.integers(2014, 2020, len(now))]
    first = date(HANDOVER.year, 8, 1)
    frames = [
        now.assign(
            kind="学院辅导员",
            starts=[first if new else d for new, d in zip(taken_over, hired, strict=True)],
            ends=None,
        ),
        gone.assign(kind="学院辅导员", starts=date(2016, 7, 1), ends=HANDOVER),
        _building_counselors(),
    ]
    everyone = pd.concat([f.astype(object) for f in frames], ignore_index=True)
    everyone["employment"] = np.where(rng.random(len(everyone)) < 0.82, "专职", "兼职")
    genders = np.where(rng.random(len(everyone)) < 0.5, FEMALE, MALE)
    everyone["name"] = names(rng, genders)
    order = ["id", "name", "kind", "employment", "college_id", "starts", "ends", "building_id"]
    return everyone.reindex(columns=order)


def _building_counselors() -> pd.DataFrame:
    """One for each graduate building of Nanhu, two for the largest; two of Wenchang have none."""
    served = [s.id for s in SITES if residents(s) == "研究生" and s.id not in ("nan3", "dong4")]
    served = [*served, "yan1"]
    return pd.DataFrame(
        {
            "id": [f"T{50001 + i}" for i in range(len(served))],
            "college_id": None,
            "kind": "楼宇辅导员",
            "starts": date(2021, 9, 1),
            "ends": None,
            "building_id": served,
        }
    )

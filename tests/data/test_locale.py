"""Every Chinese sentence a reader can meet has an English one, and none is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from components.figures.activities import WEEKDAYS
from components.figures.change_bars import PARTS as CHANGE_PARTS
from components.figures.field_bars import PARTS as FIELD_PARTS
from components.figures.palette import MET_SHADES, NONE
from components.panels.by_counselor import ONLY_IN_SCOPE
from components.panels.help import TEXT
from components.panels.lists import MISSING
from components.panels.rule_chance import WHY as CHANCE_WHY
from components.panels.worklist import REASONS
from components.portrait_words import VERDICTS
from components.tables import TERMS
from data.access.viewer import ROLES
from data.contract.document import DOMAINS
from data.contract.quality import CHECKS
from data.contract.report import place_of
from data.ledger.signing.counting import REASONS as UNMATCHED
from data.locale.translate import CHINESE, ENGLISH, Phrase, english, language, t
from data.models.activity import COMMUNITY_TYPES, FESTIVALS, FIELDS, GROUP_KINDS, THEMES
from data.models.evaluation import RATER_GROUPS, SUPPORT_CATEGORIES, Award
from data.models.forces import CARRIERS, ENGAGED, Concern, Visit
from data.models.people import DEGREE_LEVELS, Counselor
from data.models.place import Building
from data.models.service import CHANNELS, SPACE_FUNCTIONS, CultureFeature
from data.models.tables import contract_tables
from data.models.time import KeyNode
from data.schemes.scheme import HEADINGS, UNITS
from data.schemes.scheme import MISSING as MISSING_RULES
from data.schemes.scheme import PERIODS as PERIODS_OF
from data.schemes.scheme import SOURCES as VALUE_SOURCES
from data.seals.verifying import NAMES as SEAL_CHECKS
from data.summaries.deeds import NO_THEME
from data.summaries.method import PERIODS, UNTIMED
from pages.counselors import PARTS as PAGE_PARTS
from queries.activity_spread import BUILDING, COLLEGE, GRADE, SEASONS
from queries.assessment import ORDERS
from queries.award_places import STATES as AWARD_STATES
from queries.brand_profile import NO_COLLEGE
from queries.brand_slice import LEVELS as BRAND_LEVELS
from queries.brand_state import RULES as BRAND_RULES
from queries.brand_state import STATES as BRAND_STATES
from queries.catalog import CLAUSES, METRICS
from queries.choices import NEVER_REFRESHED
from queries.chronicle import EVENTS, KINDS
from queries.commendations import MARKS
from queries.compare_change import EARLIER, EARLIER_WRONG
from queries.compare_choice import REFUSALS
from queries.compare_funnel import WORDS as FUNNEL_WORDS
from queries.compare_offer import WORKS
from queries.concern_progress import AGE_NAMES, STEP_NAMES, WAITING_NAMES
from queries.control import RULES
from queries.evaluated_units import COLLEGES as COLLEGE_GROUP
from queries.evaluated_units import FIRST_YEAR
from queries.evaluation_basis import NO_DATA, SAID
from queries.evidence import STATES as EVIDENCE_STATES
from queries.evidence_ledgers import CLASS, LEDGERS
from queries.evidence_marks import DECISIONS
from queries.fact import BETTER, SAME, SMALL, WORSE
from queries.facts import FACTS, PARTS, SECTIONS
from queries.faults import heading
from queries.goals import GOAL_OF
from queries.group_mix import STATES as GROUP_STATES
from queries.honours import NAMES as HONOUR_NAMES
from queries.indicator_values import NOBODY
from queries.key_dates import PAIR_STATES
from queries.key_dates import RUNNING as WINDOW_OPEN
from queries.key_groups import CATEGORY, ONE_COLLEGE, OWN_LIST, WHOLE
from queries.opened_seal import NO_SCHEME, NO_TERM
from queries.peers import LARGEST, SIZES
from queries.period_weeks import STATES as WEEK_STATES
from queries.portrait import ABOUT, PARTY
from queries.portrait_people import (
    BUILDING_COUNSELORS,
    COLLEGES,
    COUNSELORS,
    DEGREES,
    GRADES,
    LEAD,
)
from queries.rating_items import BY_INDICATOR, BY_RATER, TOTAL
from queries.rating_result import STATES as RATING_STATES
from queries.ratings import ORIGINS
from queries.schemes import schemes
from queries.scoring_rules import KINDS as KINDS_OF_RULE
from queries.seal_list import STATES as SEAL_STATES
from queries.seal_words import FIELDS as SEAL_FIELDS
from queries.seal_words import KINDS as SEAL_KINDS
from queries.seal_words import PRESENT
from queries.sealed_results import REASONS as SEAL_REASONS
from queries.series import ALL, MEASURES
from queries.source_honours import NO_ANSWERS, NO_AWARDS, NO_PAPERS, NOT_COUNTED
from queries.students_met import WAYS
from queries.term_calendar import DAY_KINDS
from queries.trial import SPREAD_NAMES
from queries.unmet import SPAN_NAMES
from queries.visit_records import COMPARISONS, EVERYWHERE, RECORD_CHECKS
from queries.warnings import STATES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    ROOT / "app.py",
    *(p for d in ("pages", "components", "queries", "data") for p in (ROOT / d).rglob("*.py")),
]
LATIN_TOO = re.compile(r"^[\x00-\x7f]*$")


def literals() -> Iterator[str]:
    """What stands in the source as t("…") or as Phrase("…")."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("t" | "Phrase"), args=[ast.Constant(str(text)), *_]):
                    yield text


def declared() -> Iterator[str]:
    """What is declared as data and translated where it is shown."""
    for m in METRICS:
        yield from (m.name, m.definition, m.numerator, m.denominator, m.excluded, m.unit, m.clause)
    for clause in CLAUSES:
        yield from (clause.text, clause.held)
    for page in app.PAGES:
        yield from (page.name, page.question, page.group.name if page.group else "")
    for block in app.BLOCKS.values():
        yield from (block.title, *(c.heading for c in block.columns))
    yield from (block.about for block in app.BLOCKS.values())
    for fact in FACTS:
        yield from (fact.name, fact.definition, fact.unit)
    yield from (*SECTIONS, ABOUT, PARTY, *KINDS.values(), *EVENTS)
    yield from (part.name for part in PARTS)
    yield from (BETTER, SAME, WORSE, SMALL, LARGEST, *(name for _, name in SIZES))
    yield from (sentence for _, sentence in VERDICTS)
    yield from (LEAD, BUILDING_COUNSELORS, COUNSELORS, COLLEGES, DEGREES, GRADES)
    yield from (UNTIMED, NO_THEME, *PERIODS, *THEMES, *CARRIERS, *ENGAGED, *CHANNELS)
    yield from (*SPACE_FUNCTIONS, *DEGREE_LEVELS, *FIELDS, *FESTIVALS, *SEASONS, *WEEKDAYS)
    yield from (GRADE, COLLEGE, BUILDING, *COMMUNITY_TYPES, *GROUP_KINDS, *GROUP_STATES)
    yield from (*BRAND_LEVELS, *BRAND_STATES, *BRAND_RULES.values(), NO_COLLEGE)
    for column in (Building.residents, Concern.category, CultureFeature.kind, Award.level):
        yield from column.type.enums
    for title, lines in TEXT:
        yield from (title, *lines)
    yield from (*ROLES.values(), *MISSING.values(), *TERMS, NONE.name, NEVER_REFRESHED)
    yield from (*GOAL_OF.values(), *SPAN_NAMES, *WAYS, *(shade.name for shade in MET_SHADES))
    yield from (*AGE_NAMES, *STEP_NAMES, *WAITING_NAMES, *SUPPORT_CATEGORIES)
    yield from (WHOLE, CATEGORY, ONE_COLLEGE, OWN_LIST)
    yield from (*AWARD_STATES.values(), *CHANCE_WHY.values(), *SPREAD_NAMES.values())
    yield from (*RECORD_CHECKS, *COMPARISONS, EVERYWHERE, ONLY_IN_SCOPE)
    yield from (*Counselor.kind.type.enums, *Counselor.employment.type.enums)
    yield from (*WEEK_STATES, *PAIR_STATES, WINDOW_OPEN, *DAY_KINDS, *KeyNode.kind.type.enums)
    yield from (name for _, name, *_ in FIELD_PARTS)
    yield from (*RATING_STATES.values(), *ORIGINS.values(), *RATER_GROUPS)
    yield from (TOTAL, BY_INDICATOR, BY_RATER, *PERIODS_OF.values(), COLLEGE_GROUP, FIRST_YEAR)
    yield from UNMATCHED
    yield from compared()
    yield from (*SEAL_KINDS, *SEAL_FIELDS, PRESENT, *SEAL_STATES, *SEAL_REASONS, *SEAL_CHECKS)
    yield from (NO_SCHEME, NO_TERM)
    yield from warned()
    yield from evaluated()
    yield from proven()
    yield from quality()


def compared() -> Iterator[str]:
    """What is said of units side by side."""
    yield from (*UNITS.values(), *REFUSALS.values(), EARLIER_WRONG, *EARLIER.values())
    yield from (*FUNNEL_WORDS.values(), *WORKS.values(), FIRST_YEAR, COLLEGE_GROUP)
    yield from (name for _, name, *_ in CHANGE_PARTS)


def warned() -> Iterator[str]:
    """What is said of weekly series and of their warnings."""
    for measure in MEASURES:
        yield from (measure.name, measure.unit, measure.when_low, measure.when_high)
    yield from (*RULES.values(), *STATES.values(), ALL, *REASONS.values())
    yield from (name for name, _ in PAGE_PARTS)


def evaluated() -> Iterator[str]:
    """What the shipped schemes say, and the words around them."""
    for kind in KINDS_OF_RULE.values():
        yield from (kind.name, kind.formula)
    yield from (*UNITS.values(), *PERIODS_OF.values(), *VALUE_SOURCES.values())
    yield from MISSING_RULES.values()
    yield from (*HEADINGS, FIRST_YEAR, COLLEGE_GROUP, NOBODY)
    for scheme in schemes().values():
        yield from (scheme.name, scheme.note, scheme.award, *(v.reason for v in scheme.vetoes))
        for dimension in scheme.dimensions:
            yield from (dimension.name, *(part.name for part in dimension.parts))
        for one in scheme.indicators:
            yield from (one.name, one.standard, *(said for said, _ in one.source.rubric))


def proven() -> Iterator[str]:
    """What is said of evidence, and of values that come from it."""
    yield from (*LEDGERS.values(), CLASS, *EVIDENCE_STATES.values(), *DECISIONS.values())
    yield from (*ORDERS.values(), *SAID.values(), *MARKS, *HONOUR_NAMES.values())
    yield from (NO_AWARDS, NO_PAPERS, NO_ANSWERS, NOT_COUNTED, *Visit.venue.type.enums)
    yield NO_DATA


def quality() -> Iterator[str]:
    """What the checks say of their faults and of the rows, and what the ledgers are called."""
    for check in CHECKS:
        for text in (check.title, check.effect, check.remedy, place_of(check.place)):
            yield from parts(text)
        yield from (heading(column) for column in check.found.selected_columns)
    for model, _ in contract_tables():
        yield from (model.title, model.keeper)
    yield from (title for _, title in DOMAINS)


def parts(text: str) -> Iterator[str]:
    """What of a text is looked up: a plain one itself, a phrase's template and its phrases."""
    if not isinstance(text, Phrase):
        yield text
        return
    yield text.template
    for value in text.values.values():
        if isinstance(value, Phrase):
            yield from parts(value)


def said() -> set[str]:
    """Every source text; what is Latin in Chinese too needs no translation."""
    return {text for text in (*literals(), *declared()) if text and not LATIN_TOO.match(text)}


def test_the_catalogue_is_exactly_what_is_said() -> None:
    assert set(english()) == said()


def test_translations_keep_the_names_to_be_filled_in() -> None:
    for source, target in english().items():
        assert set(re.findall(r"\{\w+\}", source)) == set(re.findall(r"\{\w+\}", target)), source


def test_no_translation_is_chinese() -> None:
    left = [e for e in english().values() if re.search("[\u4e00-\u9fff]", e.replace("中文", ""))]
    assert left == []


@pytest.mark.parametrize(("spoken", "expected"), [(CHINESE, "没有数据"), (ENGLISH, "No data")])
def test_t_says_it_in_the_language_of_the_request(spoken: str, expected: str) -> None:
    token = language.set(spoken)
    try:
        assert t("没有数据") == expected
    finally:
        language.reset(token)


def test_a_phrase_is_said_later_its_phrases_too_and_other_values_as_they_are() -> None:
    cell = Phrase("{name}：{value}", name=Phrase("姓名"), value="姓名")
    assert cell == "姓名：姓名"
    token = language.set(ENGLISH)
    try:
        assert t(cell) == "Name: 姓名"
        assert t(Phrase("{said}；{more}", said=cell, more=cell)) == "Name: 姓名; Name: 姓名"
    finally:
        language.reset(token)
    assert t(cell) == "姓名：姓名"

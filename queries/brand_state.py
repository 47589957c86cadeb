"""Where a brand stands in its life — 培育, 成长, 成熟 or 衰退 — and the rule that says so.

The policy names no thresholds: those below are ours, and the page says so beside every state.
"""

from dataclasses import dataclass

SEEDLING, GROWING, MATURE, FALLING = "培育", "成长", "成熟", "衰退"
CLOSED, UNKNOWN = "停办", "无法判断"
STATES = (SEEDLING, GROWING, MATURE, FALLING, CLOSED, UNKNOWN)
TERMS = 3
"""A brand that lives in its third term has been through a whole year, and can be compared."""
WEEKS = 4
"""Before a month of teaching is over, one session more or less would decide."""
CHANGE, APART = 3, 2
"""A change counts from a third of what there was, and from two sessions: of the few sessions that
a building's brand has in a term, a single one is no trend."""
EVERY = 4
"""Held in a quarter of the teaching weeks, about once a month, a brand has a rhythm."""
RULES = {
    "closed": "已登记停办",
    "partial": "你只看得到它的一部分场次，不作判断",
    "never": "已汇总的学期里还没有办过",
    "young": "办过的学期不满 3 个",
    "short": "已汇总的学期不满 3 个，看不出它办了多久",
    "early": "本学期结束的教学周不满 4 周，不作判断",
    "unmatched": "到同一教学周，对比学期和本学期都还没有办",
    "fell": "到同一教学周，比对比学期少三分之一以上且至少少 2 场，或本学期一场也没有",
    "grew": "到同一教学周，比对比学期多三分之一以上且至少多 2 场",
    "steady": "到同一教学周，与对比学期相差不大，平均每 4 个教学周至少有 1 周有活动",
    "rare": "到同一教学周，与对比学期相差不大，但平均每 4 个教学周不到 1 周有活动",
}
"""The rules in the order in which they are tried; the first that fits decides."""
STATE_OF = {
    **{"closed": CLOSED, "young": SEEDLING, "rare": SEEDLING},
    **{"fell": FALLING, "grew": GROWING, "steady": MATURE},
}
"""The state each rule leads to; the others say why nothing is known."""


@dataclass(frozen=True)
class Life:
    """What the rule looks at. `terms` had a session, of the `known` summarised terms up to now;
    `whole` where these hold its whole life. `now` and `then` are sessions of this term and of the
    one it is compared with (None where there is none) up to the same teaching week; `active` of
    `weeks` ended teaching weeks had one. `partial` where the viewer does not see every session."""

    terms: int
    known: int
    whole: bool
    now: int
    then: int | None
    active: int
    weeks: int
    closed: bool = False
    partial: bool = False


def rule_of(life: Life) -> str:
    """The key in RULES of the first rule that fits."""
    return _unknown(life) or _compared(life)


def state_of(rule: str) -> str:
    """The state a rule leads to."""
    return STATE_OF.get(rule, UNKNOWN)


def _unknown(life: Life) -> str:
    """Why a brand is not compared; "" where it is."""
    few = life.terms < TERMS
    reasons = (
        ("closed", life.closed),
        ("partial", life.partial),
        ("never", not life.terms),
        ("young", few and (life.whole or life.known >= TERMS)),
        ("short", few),
        ("early", life.weeks < WEEKS),
        ("unmatched", not life.now and not life.then),
    )
    return next((rule for rule, fits in reasons if fits), "")


def _compared(life: Life) -> str:
    then = life.then or 0
    change = life.now - then
    if not life.now or (change <= -APART and -change * CHANGE >= then):
        return "fell"
    if change >= APART and change * CHANGE >= then:
        return "grew"
    return "steady" if life.active * EVERY >= life.weeks else "rare"

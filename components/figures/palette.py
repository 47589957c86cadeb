"""Colours that keep their order in grey and for colour-blind eyes, with patterns beside them."""

from dataclasses import dataclass, replace

from data.locale.translate import t

INK, MUTED, LINE = "#22303c", "#5b6875", "#c3ccd5"
ACCENT, TARGET = "#1f6f8b", "#8a5a00"
HATCH = "rgba(34,48,60,0.45)"
FONT = (
    '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",'
    '"WenQuanYi Zen Hei",sans-serif'
)


@dataclass(frozen=True)
class Shade:
    """A class of rates up to `upto`: colour, pattern, name in the legend, class in CSS, and the
    colour of writing on it."""

    upto: float
    colour: str
    pattern: str
    name: str
    css: str
    ink: str


NONE = Shade(-1.0, "#dfe4e8", "", "无数值", "none", INK)
ZERO = Shade(0.0, "#b2412f", "/", "0%", "zero", "#ffffff")
SHADES = (
    ZERO,
    Shade(0.5, "#e08a63", "", "0–50%", "low", INK),
    Shade(0.8, "#f3cfa9", "", "50–80%", "mid", INK),
    Shade(0.999999, "#9fc8d6", "", "80–100%", "high", INK),
    Shade(1.0, "#2c7a95", "", "100%", "full", "#ffffff"),
)
LEGEND = (*SHADES, NONE)

_BELOW = ("未见到 20% 以上", "未见到 10–20%", "未见到 5–10%", "未见到 5% 以内", "全部见到")
_UPTO = (0.8, 0.9, 0.95, 0.999999, 1.0)
MET_SHADES = tuple(
    replace(shade, upto=upto, name=name)
    for shade, upto, name in zip(SHADES, _UPTO, _BELOW, strict=True)
)
"""Classes of a share of people met, which is soon near all: told apart by who is left."""


def shade(value: float | None, scale: tuple[Shade, ...] = SHADES) -> Shade:
    """The class of a rate."""
    if value is None:
        return NONE
    return next(s for s in scale if value <= s.upto or s is scale[-1])


def shade_name(which: Shade) -> str:
    """As written in a legend."""
    return t(which.name) if which in (NONE, *MET_SHADES) else which.name

"""What every exported file says of itself: title, slice, day, version, who, and a hash."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.block import Block
from components.tables import cell, values
from data.locale.translate import t


@dataclass(frozen=True)
class Stamp:
    """`digest` is the SHA-256 of title, slice, version and rows: equal exports, equal hashes.

    `quality` names the findings that touch what is shown, "" where there are none; `more` are
    names and texts of its own.
    """

    title: str
    slice: str
    as_of: str
    version: int
    exporter: str
    digest: str
    demo: bool
    quality: str = ""
    more: tuple[tuple[str, str], ...] = ()

    def lines(self) -> list[tuple[str, str]]:
        """As printed above a table."""
        found = [
            (t("标题"), self.title),
            *self.more,
            (t("筛选"), self.slice),
            (t("数据截至"), self.as_of),
            (t("数据版本"), str(self.version)),
            (t("导出人"), self.exporter),
            (t("校验码"), self.digest),
        ]
        if self.quality:
            found.append((t("数据质量"), self.quality))
        return [*found, (t("说明"), t("演示数据，全部为虚构"))] if self.demo else found

    def short(self) -> str:
        """As printed under a picture."""
        text = t(
            "{slice} · 数据版本 {version} · {exporter} · 校验码 {digest}",
            slice=self.slice,
            version=self.version,
            exporter=self.exporter,
            digest=self.digest[:16],
        )
        return f"{t('演示数据')} · {text}" if self.demo else text


def heads(df: pd.DataFrame, block: Block) -> tuple[tuple[str, str], ...]:
    """What a block says of the whole of its table."""
    if df.empty:
        return ()
    return tuple((t(c.heading), cell(values(df.head(1), c)[0], c.kind)) for c in block.heads)


def digest(title: str, slice_: str, version: int, df: pd.DataFrame, block: Block) -> str:
    """SHA-256 of what the file says, apart from who asked for it."""
    rows: list[Any] = [[c.key, values(df, c)] for c in block.columns]
    said = json.dumps([title, slice_, version, rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()

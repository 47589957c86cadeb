"""The whole corpus through the import: `python -m tests.data.ledger.corpus`."""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from data.errors import DashboardError
from data.ledger.files.reading import read
from tests.data.ledger.corpus import broken, campus
from tests.data.ledger.corpus.files import cases
from tests.data.ledger.corpus.judging import Verdict, fingerprint, judge


def main() -> int:
    """Every file, and a table of what was planted and found."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        url = campus.build(f"sqlite:///{Path(folder) / 'campus.db'}")
        untouched = fingerprint(url)
        verdicts = [judge(url, case, untouched) for case in cases()]
    for verdict in verdicts:
        if not verdict.right:
            _say(_told(verdict))
    _say(summary(verdicts))
    refused = [_refused(name, content) for _, name, content in broken.files()]
    _say(f"不是台账的文件 {len(refused)} 个，拒绝 {sum(refused)} 个")
    _say(f"用时 {time.monotonic() - started:.0f} 秒")
    return 0 if all(v.right for v in verdicts) and all(refused) else 1


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def summary(verdicts: list[Verdict]) -> str:
    """Per kind of fault: how many were planted and found at their place."""
    planted = Counter(fault.kind for v in verdicts for fault in v.case.planted)
    missed = Counter(fault.kind for v in verdicts for fault in v.missed)
    clean = [v for v in verdicts if not v.case.planted]
    lines = [f"{'缺陷':<22}{'植入':>6}{'找到':>6}"]
    lines += [f"{kind:<24}{n:>6}{n - missed[kind]:>6}" for kind, n in sorted(planted.items())]
    total, lost = sum(planted.values()), sum(missed.values())
    lines += [
        f"{'合计':<22}{total:>6}{total - lost:>6}",
        f"文件 {len(verdicts)} 个，其中没有缺陷的 {len(clean)} 个，"
        f"{sum(v.right for v in clean)} 个逐行正确、再次导入不变、撤销后复原",
        f"误报 {sum(len(v.extra) for v in verdicts)} 条，"
        f"其中在没有缺陷的文件里 {sum(len(v.extra) for v in clean)} 条；"
        f"出错 {sum(len(v.failures) for v in verdicts)} 次",
    ]
    return "\n".join(lines)


def _told(verdict: Verdict) -> str:
    lines = [f"--- {verdict.case.name} {verdict.case.table}"]
    lines += [f"没有报告：{fault}" for fault in verdict.missed]
    lines += [f"误报：{problem.text}" for problem in verdict.extra]
    return "\n".join([*lines, *verdict.failures])


def _refused(name: str, content: bytes) -> bool:
    try:
        read(name, content)
    except DashboardError:
        return True
    _say(f"没有拒绝：{name}")
    return False


if __name__ == "__main__":
    sys.exit(main())

"""Text files as rows: which encoding, which delimiter, and where a quote is left open."""

import csv
from io import StringIO

from data.ledger.files.refusing import refusal

DELIMITERS = ",\t;，|"
SAMPLED_LINES = 20
CONTROLS = frozenset(map(chr, range(32))) - set("\t\r\n\v\f")
SAVE_AS_CSV = "请用 Excel 或 WPS 打开后另存为 .xlsx 或“CSV UTF-8”，再上传"


def rows(name: str, content: bytes) -> list[list[str]]:
    """Every record of the file; the text is as written."""
    text = _text(name, content)
    first, _, rest = text.partition("\n")
    declared = first.strip().removeprefix("sep=") if first.startswith("sep=") else ""
    delimiter = declared if len(declared) == 1 else _delimiter(text)
    source = f"\n{rest}" if declared else text
    return _records(name, source, delimiter)


def _text(name: str, content: bytes) -> str:
    """UTF-8 if it can be, else GB18030, which old Chinese programs write; UTF-16 by its mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in content:
        raise refusal(name, "不是文本，也不是能识别的表格", "请选择 .xlsx、.xls 或 .csv 文件")
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # GB18030 makes characters of nearly anything; what is no text gives itself away.
        if encoding != "gb18030" or set(text).isdisjoint(CONTROLS):
            return text
    raise refusal(name, "不是 UTF-8 或 GB18030 编码的文本，也不是能识别的表格", SAVE_AS_CSV)


def _delimiter(text: str) -> str:
    """The one most lines agree on, counted outside quotes."""
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:SAMPLED_LINES]
    bare = ["".join(line.split('"')[::2]) for line in lines]

    def score(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in bare]
        return sum(n > 0 for n in counts), sum(counts)

    best = max(DELIMITERS, key=score)
    return best if score(best)[0] else ","


def _records(name: str, text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[list[str]] = []
    line = 1
    try:
        for record in reader:
            found.append(record)
            line = reader.line_num + 1
    except csv.Error as error:
        reason = f"第 {line} 行起引号不成对，读不出后面的内容"
        raise refusal(name, reason, "请补上或删去多余的英文引号，再上传") from error
    return found

"""What is wrong with a ledger, in the words and row numbers its owner sees."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `row` and `column` are one-based as shown; 0 means the whole sheet or row.

    `choices` are (id, description) pairs where a name fits several things: the owner is asked.
    """

    sheet: str
    row: int
    column: int
    heading: str
    value: str
    reason: str
    remedy: str
    choices: tuple[tuple[str, str], ...] = ()
    table: str = ""

    @property
    def place(self) -> str:
        """Where it stands: `“一月”C5(楼宇名称)`."""
        cell = f"{letters(self.column)}{self.row}" if self.column and self.row else ""
        row = "" if cell or not self.row else f"第 {self.row} 行"
        heading = f"({''.join(self.heading.split())})" if self.heading else ""
        return f"“{self.sheet}”{cell}{row}{heading}"

    @property
    def text(self) -> str:
        """The whole sentence, as printed in a terminal and in the problem list."""
        value = f"：“{self.value}”" if self.value else ""
        return f"{self.place}{value} {self.reason}；{self.remedy}"


def letters(column: int) -> str:
    """A one-based column number as spreadsheets write it: 1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found

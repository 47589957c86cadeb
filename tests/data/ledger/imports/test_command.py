"""Ledgers at a terminal: the verdict first, every problem in a line, 2 where nothing is written."""

from pathlib import Path

import pytest
from sqlalchemy import text

from data.__main__ import main
from data.engine import writing
from tests.data.ledger.bringing import held

COLLEGES = "学院编号,学院名称\nX,矿业学院\nZ,材料学院\n"
COUNSELORS = "工号,姓名,类别,专兼职,学院编号\nk9,新人,学院辅导员,专职,{}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files that belong together, and one that is wrong."""
    for name, content in (
        ("学院.csv", COLLEGES),
        ("辅导员.csv", COUNSELORS.format("Z")),
        ("有误.csv", COUNSELORS.format("没有")),
    ):
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def _run(url: str, *words: object) -> int:
    return main(["--database", url, *map(str, words)])


def test_files_that_belong_together_land_together_and_come_back(
    world_copy: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = (folder / "学院.csv", folder / "辅导员.csv")
    assert _run(world_copy, "import", *files, "--dry-run") == 0
    assert "试运行，什么也没有写入" in capsys.readouterr().out
    assert len(held(world_copy, "college")) == 2
    assert _run(world_copy, "import", *files) == 0
    said = capsys.readouterr().out
    assert "学院台账：新增 1 行，更改 1 行，不变 0 行" in said
    assert "更改：学院编号 X：学院名称 矿业工程学院 → 矿业学院" in said
    assert "数据版本 2 已发布" in said
    assert held(world_copy, "counselor")[-1]["college_id"] == "Z"
    assert _run(world_copy, "import", *files) == 0
    assert capsys.readouterr().out.startswith("没有变化")
    assert _run(world_copy, "import", "--undo", "--no-refresh") == 0
    assert "学院台账：恢复 0 行，改回 1 行，去掉 1 行" in capsys.readouterr().out
    assert len(held(world_copy, "college")) == 2
    assert _run(world_copy, "import", "--undo") == 2
    assert "没有可以撤销的导入" in capsys.readouterr().err


def test_one_fault_keeps_everything_out(
    world_copy: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = (folder / "学院.csv", folder / "有误.csv")
    assert _run(world_copy, "import", *files, "--marked", folder / "标记") == 2
    said = capsys.readouterr().out
    assert "有 1 处问题，什么也没有写入" in said
    assert "E2(学院编号)：“没有”" in said
    assert [p.name for p in (folder / "标记").iterdir()] == ["有误-问题.xlsx"]
    assert len(held(world_copy, "college")) == 2


def test_replacing_says_what_it_stands_for(
    world_copy: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(world_copy, "import", folder / "学院.csv", "--replace", "--no-refresh") == 2
    assert "要去掉的行还有" in capsys.readouterr().out


def test_a_table_that_is_a_view_is_not_written(
    world_copy: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(world_copy) as conn:
        if conn.dialect.name == "postgresql":
            conn.execute(text("SET LOCAL search_path TO campus"))
        conn.execute(text("ALTER TABLE college RENAME TO faculty"))
        conn.execute(text("CREATE VIEW college AS SELECT * FROM faculty"))
    assert _run(world_copy, "import", folder / "学院.csv") == 2
    assert "“学院台账”(college)不是数据表" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import",), "请给出要导入的文件"),
        (("import", "没有.xlsx"), "打不开文件 没有.xlsx"),
        (("import", "{}/学院.csv", "--table", "宿舍"), "没有叫“宿舍”的台账"),
        (("import", "{}/学院.csv", "--answer", "桃1"), "看不懂 --answer“桃1”"),
        (("export", "college", "{}/学院.pdf"), "文件名应以 .xlsx 或 .csv 结尾"),
    ],
)
def test_what_cannot_be_done_is_said(
    sqlite_database: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    assert _run(sqlite_database, *(word.format(folder) for word in words)) == 2
    assert said in capsys.readouterr().err


def test_a_template_and_an_export_are_files(
    world_copy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(world_copy, "template", "走访台账", tmp_path / "空" / "走访.xlsx") == 0
    assert (tmp_path / "空" / "走访.xlsx").read_bytes().startswith(b"PK")
    assert _run(world_copy, "export", "college", tmp_path / "学院.csv") == 0
    capsys.readouterr()
    assert _run(world_copy, "import", tmp_path / "学院.csv", "--replace") == 0
    assert capsys.readouterr().out.startswith("没有变化")
    assert _run(world_copy, "template") == 0
    assert "走访台账" in capsys.readouterr().out

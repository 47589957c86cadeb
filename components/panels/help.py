"""What this product does and refuses to do, for the people it speaks of."""

from dash import html

from data.access.viewer import Viewer
from data.locale.translate import t


def help_text(_: Viewer) -> html.Div:
    """How to read it, who sees what, and what is left out by design."""
    return html.Div(
        [
            html.Section([html.H2(t(title)), html.Ul([html.Li(t(line)) for line in lines])])
            for title, lines in TEXT
        ],
        className="block w-12 help",
    )


TEXT = (
    (
        "怎样读",
        (
            "每个比率都由分子和分母相除得到，汇总时分子、分母分别相加，不对比率求平均。",
            "“—”表示没有数值（分母为零或尚无记录），不是零。",
            "所有数字都截至筛选栏里的日期；选过去的日期，看到的是当时的情况。",
            "楼层有三种状态：有组织、缺口、不要求。不要求的楼层不进入分母，单独列出。",
            "学院有两种口径：“牵头楼宇”计入该学院任组长的楼宇；"
            "“学生所属”计入该学院学生本学期住过的地点和该学院的人。",
            "任何一块图表都可以打开“说明”看定义，打开“表格”看原数，并导出图片、CSV 和 Excel。",
        ),
    ),
    (
        "谁能看到什么",
        (
            "党工委看到全部；学院看到各楼宇的汇总和本学院学生；楼宇工作组看到本楼宇。",
            "辅导员看到自己学生所住的楼宇和自己的学生；考核评价和数据管理员只看汇总。",
            "姓名和学号只在房间这一级、且在职责范围内显示。导出是单独的权限，每次导出都有记录。",
        ),
    ),
    (
        "我们不做什么",
        (
            "不打卡签到，不给辅导员或学生积分、排名，不统计登录和在线时长。",
            "不以点赞、投票、转发、学习时长作为评价依据。",
            "不采集人脸、门禁和位置轨迹。",
            "心理等重点群体信息只以抑制后的人数出现，不列名单。",
        ),
    ),
)

"""Words by which lists say that somebody came or did not: plain lists, for anyone to add to."""

PRESENT = frozenset((
    "已签到", "签到", "已签", "签到成功", "成功", "正常", "已到", "到", "到场", "出勤", "已出勤",
    "已打卡", "打卡成功", "迟到", "早退", "补签", "已补签", "教师代签", "手动签到", "是", "有效",
    "√", "✓", "✔", "1", "y", "yes", "true", "present", "signed", "signedin", "attended", "late",
))  # fmt: skip
ABSENT = frozenset((
    "未签到", "未签", "未到", "缺勤", "缺席", "旷课", "旷到", "请假", "事假", "病假", "公假",
    "已请假", "未打卡", "未出勤", "签到失败", "失败", "无效", "否", "×", "✗", "0", "n", "no",
    "false", "absent", "leave", "missing", "notsigned",
))  # fmt: skip

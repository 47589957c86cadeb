"""Headings that colleges use beside those of the contract: plain lists, for anyone to add to."""

from data.ledger.meaning.wording import heading_form

MORE = {
    ("visit", "counselor_id"): ("走访人", "走访辅导员", "走访教师", "走访人姓名"),
    ("visit", "topic"): ("主题", "走访内容"),
    ("visit", "place"): ("走访地点",),
    ("visit", "venue"): ("场所类别", "走访场域", "走访场所"),
    ("activity", "college_id"): ("主办单位", "承办单位", "承办学院"),
    ("activity", "theme"): ("活动主题类别", "五主题"),
    ("activity", "field"): ("七进社区",),
    ("activity", "community_type"): ("六型社区",),
    ("activity", "cost"): ("活动经费",),
    ("enrolment", "degree_level"): ("层次", "学历层次", "学生类别"),
    ("counselor", "employment"): ("专职兼职", "专职/兼职"),
    ("five_lead_entry", "lead"): ("五带头", "类别", "带头类型"),
    ("five_lead_entry", "hours"): ("服务时长",),
    ("floor_leader", "student_id"): ("层长姓名", "层长", "党员姓名"),
    ("floor_leader", "starts"): ("聘任时间", "起始日期", "任职日期", "上任日期"),
    ("floor_leader", "ends"): ("届满", "届满时间", "终止日期", "卸任日期"),
    ("room", "beds"): ("床位", "床位数量"),
    ("workstation_member", "starts"): ("加入日期", "入站时间"),
    ("workstation_member", "duty"): ("职务",),
    ("engagement", "carrier"): ("活动载体",),
    ("engagement", "attended"): ("参与人数", "学生人数"),
    ("building", "residential"): ("是否宿舍",),
}
SYNONYMS = {
    "开始时间": ("开始", "起始时间", "起", "自", "进入"),
    "结束时间": ("结束", "终止时间", "止", "至", "离开"),
    "起始日期": ("开始日期", "起始时间", "开始时间", "起始", "开始", "起", "自", "起日期"),
    "终止日期": (
        "结束日期",
        "截止日期",
        "终止时间",
        "结束时间",
        "终止",
        "结束",
        "止",
        "至",
        "止日期",
    ),
    "开始日期": ("起始日期", "开始时间", "起始", "开始", "起", "自"),
    "结束日期": ("终止日期", "截止日期", "结束时间", "终止", "结束", "止", "至"),
    "学号": ("学生学号",),
    "是否住宿": ("住宿",),
}
NUMBERING = frozenset(map(heading_form, ("序号", "编号", "No.", "No", "NO", "序", "#", "行号")))
TIME_SPANS = ("走访时间", "时间", "起止时间", "活动时段", "时段", "走访时段", "活动时间")
DATE_SPANS = ("起止日期", "起止时间", "起止年月", "任期", "聘期", "任职时间", "时间")
CONTEXT = {
    "campus": ("校区编号", "校区名称", "校区"),
    "cluster": ("楼群编号", "楼群名称", "楼群", "苑", "园区", "苑区", "所在楼群", "所属楼群"),
    "building": (
        "楼宇编号",
        "楼宇名称",
        "楼宇",
        "楼栋",
        "楼栋名称",
        "宿舍楼",
        "楼",
        "所在楼宇",
        "楼栋号",
        "公寓",
    ),
    "wing": ("分区", "区", "单元", "楼区"),
}
NAMES = {
    "floor": ("楼层", "层", "楼层名称", "所在楼层", "层数"),
    "room": ("房间号", "宿舍号", "寝室号", "房号", "房间", "宿舍", "寝室", "室", "宿舍房间号"),
    "building": (*CONTEXT["building"][1:], "楼号", "所属楼宇"),
    "cluster": CONTEXT["cluster"][1:],
    "student": ("姓名", "学生姓名", "学生"),
    "counselor": ("辅导员", "辅导员姓名"),
    "college": ("学院", "单位", "所在学院", "学院名称", "所属学院", "院系", "所在单位"),
    "term": ("学期", "学期名称", "学年学期"),
}

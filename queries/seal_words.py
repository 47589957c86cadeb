"""What the differences between a seal and today are called."""

SCHEME, DEFINITION, PROGRAM, UNIT, VALUE = "方案", "指标定义", "程序", "参评单位", "数据"
KINDS = (SCHEME, DEFINITION, PROGRAM, UNIT, VALUE)
WHOLE = {
    "version": "版本",
    "name": "名称",
    "unit": "评价单位",
    "period": "周期",
    "note": "说明",
    "aggregation": "汇总方式",
    "vetoes": "一票否决",
    "quota": "评优比例",
    "award": "荣誉名称",
}
LEVEL = {"name": "名称", "weight": "分值", "aggregation": "汇总方式"}
LINE = {
    "name": "名称",
    "weight": "分值",
    "source": "数据来源",
    "rule": "计分规则",
    "missing": "缺项规则",
    "higher": "方向",
    "floor": "下限",
    "cap": "上限",
    "standard": "评分标准",
    "clause": "政策依据",
    "heading": "六个方面",
    "evidence": "评价依据",
}
WORDS = {
    "name": "名称",
    "definition": "定义",
    "numerator": "分子",
    "denominator": "分母",
    "excluded": "不计入",
    "unit": "计数单位",
    "clause": "政策依据",
}
THERE, TAKING_PART = "有无", "参评"
PEERS, SIZE, NAME = "同类组", "学生数", "名称"
FILES, VERSION, LIBRARY = "程序文件", "程序版本", "程序库"
FIELDS = frozenset(
    {
        *(*WHOLE.values(), *LEVEL.values(), *LINE.values(), *WORDS.values()),
        *(THERE, TAKING_PART, PEERS, SIZE, NAME, FILES, VERSION, LIBRARY),
    }
)
NOTHING, PRESENT = "—", "有"

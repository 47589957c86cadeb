"""Activities take place somewhere, and marks stay on their scale."""

from sqlalchemy import select

from data.contract.declaration import Check, Severity
from data.models.activity import Activity, ActivityPlace, Feedback
from data.models.service import ServiceRequest

_held = select(ActivityPlace.activity_id).distinct().subquery("held")

CHECKS = (
    Check(
        "activity_without_place",
        "活动没有地点",
        Severity.REMINDER,
        Activity.id,
        select(Activity.id, Activity.name, Activity.day)
        .outerjoin(_held, _held.c.activity_id == Activity.id)
        .where(_held.c.activity_id.is_(None)),
        "这些活动归入“未归属”，不计入任何楼宇",
        "在活动地点台账中补一行",
    ),
    *(
        Check(
            f"{model.__tablename__}_score",
            "评分不在 1–5 之间",
            Severity.ERROR,
            score,
            select(model.id, score).where(~score.between(1, 5)),
            "满意度的均值和区间会算错",
            "换算成 1–5 分；没有评分的写 NULL",
        )
        for model, score in ((Feedback, Feedback.score), (ServiceRequest, ServiceRequest.rating))
    ),
)

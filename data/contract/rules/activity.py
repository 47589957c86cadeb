"""Activities take place somewhere, and marks stay on their scale."""

from sqlalchemy import func, select

from data.contract.declaration import Check, Severity
from data.models.activity import Activity, ActivityPlace, Feedback
from data.models.service import ServiceRequest

_held = select(ActivityPlace.activity_id).distinct().subquery("held")

_same = (Activity.name, Activity.day, Activity.starts)

CHECKS = (
    Check(
        "activity_twice",
        "同一场活动登记了两次",
        Severity.REMINDER,
        Activity.id,
        select(*_same, func.count().label("times"), func.min(Activity.id).label("first_id"))
        .where(Activity.starts.is_not(None))
        .group_by(*_same)
        .having(func.count() > 1),
        "场次和经费会多算",
        "合办的只留一行，在活动地点台账中写几栋楼；确是两场的在名称中区分",
    ),
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

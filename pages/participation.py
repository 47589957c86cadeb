"""学生参与：哪些学生团体真正走进了社区，哪些楼还没有来过，跨了学院和专业没有，朋辈互助帮到了多少人？"""

from components.page import LIFE, Page
from pages._participation import (
    GROUP_CARDS,
    GROUP_KINDS,
    GROUP_LIST,
    GROUP_MATRIX,
    GROUP_MIX,
    PEER_SUPPORT,
)

PAGE = Page(
    path="/participation",
    name="学生参与",
    question="哪些学生团体真正走进了社区，哪些楼还没有来过，跨了学院和专业没有，朋辈互助帮到了多少人？",
    icon="people-fill",
    group=LIFE,
    blocks=(GROUP_CARDS, GROUP_KINDS, GROUP_MATRIX, GROUP_LIST, GROUP_MIX, PEER_SUPPORT),
)

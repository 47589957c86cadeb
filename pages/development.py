"""发展支持：五项功能的空间够不够、文化设施有没有、服务办得快不快？"""

from components.page import LIFE, Page
from pages._development import (
    CULTURE_FEATURES,
    DEVELOPMENT_CARDS,
    PILOT_BUILDINGS,
    REQUEST_CHANNELS,
    SPACE_FUNCTIONS,
)

PAGE = Page(
    path="/development",
    name="发展支持",
    question="五项功能的空间够不够、文化设施有没有、服务办得快不快？",
    icon="building-gear",
    group=LIFE,
    blocks=(
        DEVELOPMENT_CARDS,
        SPACE_FUNCTIONS,
        CULTURE_FEATURES,
        PILOT_BUILDINGS,
        REQUEST_CHANNELS,
    ),
)

"""品牌画像：这个品牌是谁的、办得怎么样、来的是哪些人，长得起来吗？"""

from components.page import LIFE, Page
from pages._brand import (
    BRAND_COLLEGES,
    BRAND_FINDER,
    BRAND_HEAD,
    BRAND_OWNERS,
    BRAND_SCORES,
    BRAND_SESSIONS,
    BRAND_WEEKS,
)

PAGE = Page(
    path="/brand",
    name="品牌画像",
    question="这个品牌是谁的、办得怎么样、来的是哪些人，长得起来吗？",
    icon="award",
    group=LIFE,
    filters=("brand",),
    id_is="brand",
    blocks=(
        BRAND_FINDER,
        BRAND_HEAD,
        BRAND_WEEKS,
        BRAND_COLLEGES,
        BRAND_SCORES,
        BRAND_SESSIONS,
        BRAND_OWNERS,
    ),
)

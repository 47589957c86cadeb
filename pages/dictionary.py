"""指标字典：每个数字是什么意思，怎么算，现在是多少？"""

from components.page import DATA, Page
from pages._blocks import DICTIONARY

PAGE = Page(
    path="/dictionary",
    name="指标字典",
    question="每个数字是什么意思，怎么算，现在是多少？",
    icon="book",
    group=DATA,
    blocks=(DICTIONARY,),
)

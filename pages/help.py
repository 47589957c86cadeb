"""使用说明：怎样读这些数字，谁能看到什么，我们不做什么？"""

from components.page import DATA, Page
from components.panels.help import help_text

PAGE = Page(
    path="/help",
    name="使用说明",
    question="怎样读这些数字，谁能看到什么，我们不做什么？",
    icon="question-circle",
    group=DATA,
    content=help_text,
)

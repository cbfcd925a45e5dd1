"""Faults of quality."""

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words


class NotJudged(Fault):
    """{object} has no quality document, so its records have no scores."""

    code = "H691"
    zh = "{object}没有质量规则，记录没有质量分"
    hint = Words(
        zh="请新增 `kind: quality` 的配置文档", en="add a document of the kind `quality` for it"
    )

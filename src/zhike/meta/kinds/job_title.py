"""What somebody is in a company: a title out of a standard list, as far as there is one for it."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from zhike.kernel.faults import Fault, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import TEXT, Json, Reading, Settled
from zhike.meta.kinds.text import LineSettings, Text
from zhike.meta.reading.han import simplified
from zhike.meta.reading.line import composed, figure, halved
from zhike.meta.reading.near import nearest

TITLES: Mapping[str, str] = {
    "董事长": "董事局主席 主席 chairman",
    "副董事长": "vicechairman",
    "董事": "独立董事 director",
    "总裁": "president",
    "副总裁": "vp vicepresident",
    "首席执行官": "ceo chiefexecutiveofficer",
    "首席技术官": "cto 技术总裁",
    "首席财务官": "cfo",
    "首席运营官": "coo",
    "首席信息官": "cio",
    "首席市场官": "cmo",
    "总经理": "gm generalmanager 总经理兼法人",
    "副总经理": "副总 dgm deputygeneralmanager",
    "总经理助理": "总助",
    "总工程师": "总工",
    "法定代表人": "法人 法人代表 企业法人",
    "合伙人": "partner",
    "创始人": "founder 创办人",
    "联合创始人": "cofounder",
    "厂长": "",
    "副厂长": "",
    "店长": "storemanager",
    "院长": "",
    "校长": "",
    "所长": "",
    "销售总监": "salesdirector 营销总监",
    "市场总监": "marketingdirector",
    "采购总监": "",
    "技术总监": "technicaldirector",
    "财务总监": "财务负责人",
    "人力资源总监": "人事总监 hrd",
    "运营总监": "",
    "产品总监": "",
    "生产总监": "",
    "销售经理": "salesmanager 业务经理",
    "大客户经理": "kam keyaccountmanager",
    "客户经理": "am accountmanager",
    "区域经理": "大区经理 片区经理 regionalmanager",
    "市场经理": "marketingmanager",
    "采购经理": "purchasingmanager procurementmanager 采购主任",
    "技术经理": "",
    "产品经理": "productmanager",
    "项目经理": "projectmanager",
    "财务经理": "financemanager",
    "人力资源经理": "人事经理 hr经理 hrm hrmanager",
    "行政经理": "",
    "生产经理": "",
    "运营经理": "",
    "质量经理": "品质经理 质检经理 qa经理",
    "仓库主管": "仓储主管 仓管主管",
    "采购主管": "",
    "销售主管": "业务主管",
    "财务主管": "",
    "行政主管": "",
    "生产主管": "",
    "车间主任": "",
    "办公室主任": "",
    "销售代表": "销售员 销售人员 业务员 业务代表 业务人员 销售专员 sales salesrep",
    "采购专员": "采购员 采购人员 buyer",
    "市场专员": "",
    "客服专员": "客服 客服人员 客服代表",
    "行政专员": "行政人员",
    "人事专员": "人力资源专员 hr专员",
    "工程师": "engineer",
    "高级工程师": "高工 seniorengineer",
    "技术员": "技术人员",
    "设计师": "designer",
    "会计": "财务会计 accountant",
    "出纳": "cashier",
    "财务专员": "财务人员",
    "助理": "assistant",
    "秘书": "secretary",
    "前台": "前台接待",
    "文员": "",
    "仓库管理员": "仓管 仓管员 库管 保管员",
    "司机": "驾驶员",
    "医生": "医师",
    "教师": "老师",
    "律师": "",
}
"""Each standard title with other ways to say it, folded: small letters, no spaces."""

OFFICES = re.compile("部门?(?=(?:副?经理|副?总监|副?主管|副?主任|专员|助理|负责人)$)")


class UnusualTitle(Fault):
    """`{value}` is not in the list of standard titles."""

    code = "M227"
    zh = "“{value}”不在标准职位之中"
    hint = Words(zh="相近的职位：{near}", en="near to it: {near}")


class JobTitleSettings(LineSettings):
    """The titles that are standard, each with other ways to say it; by default a shipped list."""

    titles: Mapping[str, tuple[str, ...]] | None = None

    @cached_property
    def known(self) -> Mapping[str, str]:
        """The standard title for each way to say it."""
        given = (
            {title: tuple(ways.split()) for title, ways in TITLES.items()}
            if self.titles is None
            else self.titles
        )
        said = {folded(way): title for title, ways in given.items() for way in ways}
        return said | {folded(title): title for title in given}

    @cached_property
    def standard(self) -> tuple[str, ...]:
        """The standard titles, the longer ones first."""
        return tuple(sorted({*self.known.values()}, key=len, reverse=True))


def folded(text: str) -> str:
    """Give a title as titles are compared: no regard to width, case, spaces, 繁 and 简, or 部."""
    plain = simplified("".join(halved(text).casefold().split()))
    return OFFICES.sub("", plain)


class JobTitle(Text):
    """
    A title of a standard list: 采购部经理 is 采购经理, `Sales Manager` 销售经理, 业务员 销售代表.

    One that says more than a standard title (华东区销售经理) stays as it is; any other is kept and
    remarked on.
    """

    name = "job_title"
    label = Words(zh="职位", en="job title")
    settings: ClassVar[Settled] = JobTitleSettings
    operators = TEXT

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        known: str | None = settings.known.get(raw) if raw.__class__ is str else None
        if known is not None:
            return known
        text = halved(composed(figure(raw)))
        if not text:
            return None
        title = settings.known.get(folded(text))
        if title is not None:
            return title
        bare = simplified("".join(text.split())) if not text.isascii() else text
        if bare.endswith(settings.standard):
            return bare
        near = nearest(bare, settings.standard)
        return Reading(
            value=bare, remark=problem(UnusualTitle, value=bare[:60], near="、".join(near))
        )

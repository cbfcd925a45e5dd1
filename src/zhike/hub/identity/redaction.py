"""What of a record's name is told to somebody who does not see the record."""

from zhike.hub.identity.kinds.company_name import parsed

BRAND = 2
"""Characters of a brand that are told."""
HIDDEN = "**"
FORMS = ("股份有限责任公司", "股份有限公司", "有限责任公司", "股份公司", "有限公司", "公司")


def redacted(title: str) -> str:
    """Give a name with its middle left out: 北京字节**有限公司, 张*."""
    text = title.strip()
    if not text:
        return ""
    form = next((one for one in FORMS if text.endswith(one)), "")
    if not form:
        return text[0] + HIDDEN[: max(1, min(len(HIDDEN), len(text) - 1))]
    name = parsed(text)
    return f"{name.place}{name.core[: min(BRAND, len(name.core) - 1)]}{HIDDEN}{form}"

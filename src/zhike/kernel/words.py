"""
Words people read, in the languages the product speaks. Chinese is the default, English complete.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """
    One text in both languages.

    Templates use `str.format` fields; `said` fills them.
    """

    zh: str
    en: str = ""

    def said(self, language: Language, facts: Mapping[str, object] | None = None) -> str:
        """
        Give the text in one language, English falling back to Chinese, with the facts filled in.
        """
        text = (self.en or self.zh) if language == "en" else (self.zh or self.en)
        return text.format_map(Facts(facts, language)) if facts else text


class Facts(dict[str, object]):
    """
    Facts for a template.

    A missing one shows as a gap instead of hiding the whole sentence; one that is `Words` itself is
    said in the language of the sentence.
    """

    def __init__(self, facts: Mapping[str, object], language: Language) -> None:
        super().__init__(
            (name, fact.said(language) if isinstance(fact, Words) else fact)
            for name, fact in facts.items()
        )

    def __missing__(self, key: str) -> str:
        return "…"


BETWEEN = Words(zh="；", en="; ")
"""What stands between sentences that are told in one line."""

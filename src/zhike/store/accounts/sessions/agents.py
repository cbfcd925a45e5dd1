"""What a browser says of itself, in the few words by which people know their devices."""

import re
from collections.abc import Mapping

LONGEST = 60

BROWSERS: Mapping[str, str] = {
    r"wxwork/(\d+)": "企业微信",
    r"MicroMessenger/(\d+)": "微信",
    r"DingTalk/(\d+)": "钉钉",
    r"(?:Lark|Feishu)/(\d+)": "飞书",
    r"Edg(?:A|iOS)?/(\d+)": "Edge",
    r"(?:OPR|Opera)/(\d+)": "Opera",
    r"(?:QQBrowser|MQQBrowser)/(\d+)": "QQ",
    r"(?:Firefox|FxiOS)/(\d+)": "Firefox",
    r"(?:Chrome|CriOS)/(\d+)": "Chrome",
    r"Version/(\d+)[^ ]* (?:Mobile/\S+ )?Safari": "Safari",
    r"^python-httpx/([\d.]+)": "httpx",
    r"^curl/([\d.]+)": "curl",
}
"""Tried in this order: most browsers also claim to be the ones below them."""

SYSTEMS: Mapping[str, str] = {
    r"HarmonyOS|OpenHarmony": "HarmonyOS",
    r"iPhone|iPod": "iPhone",
    r"iPad": "iPad",
    r"Android": "Android",
    r"Windows": "Windows",
    r"Macintosh|Mac OS X": "macOS",
    r"Linux|X11": "Linux",
}


def in_words(agent: str) -> str:
    """Give `Chrome 126 · Windows`; what is no browser we know is shown as it says."""
    browser = next(
        (
            f"{name} {found[1]}"
            for pattern, name in BROWSERS.items()
            if (found := re.search(pattern, agent))
        ),
        "",
    )
    system = next((name for pattern, name in SYSTEMS.items() if re.search(pattern, agent)), "")
    said = " · ".join(filter(None, (browser, system)))
    return said or "".join(one for one in agent[:LONGEST] if one.isprintable())

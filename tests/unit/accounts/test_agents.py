"""Browsers in words."""

import pytest

from zhike.store.accounts.sessions.agents import in_words

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64) {CHROME}", "Chrome 126 · Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {CHROME} Edg/125.0", "Edge 125 · Windows"),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) {SAFARI} Version/17.5 Safari/605.1.15",
            "Safari 17 · macOS",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) {SAFARI} MicroMessenger/8.0.50",
            "微信 8 · iPhone",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14) {CHROME} wxwork/4.1.22 MicroMessenger/7.0.1",
            "企业微信 4 · Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Firefox/127.0", "Firefox 127 · Linux"),
        ("curl/8.5.0", "curl 8.5.0"),
        ("our-own-script/1.0\x1b[31m", "our-own-script/1.0[31m"),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_words(agent: str, words: str) -> None:
    assert in_words(agent) == words

"""The corpus: what people type who want something else than to fill in a form."""

from pathlib import Path

LISTED = Path(__file__).with_name("payloads.txt")


def _read() -> tuple[str, ...]:
    """Give every payload; a line of the file is one, `\\x..` and `\\u....` stand for signs."""
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("## ")]
    return tuple(
        line.encode("latin-1", "backslashreplace").decode("unicode_escape") for line in kept
    )


PAYLOADS = _read()

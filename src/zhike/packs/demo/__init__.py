"""A believable company to look around in: people, customers and three years of trade."""

from zhike.packs.demo.asked import Demo, DemoUnderWay, NotEmpty, ask, demo_of, is_empty
from zhike.packs.demo.asked import run as run_asked
from zhike.packs.demo.run import DemoThere, Ids, Staff, employ, write
from zhike.packs.demo.trade import Ledger, Story

__all__ = [
    "Demo",
    "DemoThere",
    "DemoUnderWay",
    "Ids",
    "Ledger",
    "NotEmpty",
    "Staff",
    "Story",
    "ask",
    "demo_of",
    "employ",
    "is_empty",
    "run_asked",
    "write",
]

"""A believable company to look around in: people, customers and three years of trade."""

from zhike.packs.demo.run import DemoThere, Ids, Staff, employ, write
from zhike.packs.demo.trade import Ledger, Story

__all__ = ["DemoThere", "Ids", "Ledger", "Staff", "Story", "employ", "write"]

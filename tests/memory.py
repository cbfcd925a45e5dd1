"""How much memory this process holds while something is done."""

import asyncio

import psutil


async def largest(done: asyncio.Event) -> int:
    """Give the most memory this process held until something is done."""
    most = 0
    while not done.is_set():
        most = max(most, psutil.Process().memory_info().rss)
        await asyncio.sleep(0.05)
    return most

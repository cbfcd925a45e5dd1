"""
Passwords, hashed with argon2id away from the event loop, few at a time: each takes 64 MB while it
lasts.

Refuses to tell an unknown login from a wrong password by the time it takes.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from zhike.store.accounts.passwords.policy import MOST

AT_ONCE = 2


class Passwords:
    """Hash and verify, at most a few at once in one process."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(AT_ONCE, "argon2")
        self._nobody = ""
        self.turn = asyncio.Semaphore(AT_ONCE)
        """
        Held from the look at the lock to the count of the failure, so that no crowd slips
        between.
        """

    async def hashed(self, password: str) -> str:
        """Give the hash to keep."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._hasher.hash, password)

    async def fits(self, password: str, kept: str | None) -> bool:
        """Tell whether a password is the kept one; nobody's takes as long as anybody's."""
        if len(password) > MOST:
            return False
        if kept is None:
            self._nobody = self._nobody or await self.hashed("nobody")
        loop = asyncio.get_running_loop()
        fits = await loop.run_in_executor(
            self._threads, self._verified, kept or self._nobody, password
        )
        return fits and kept is not None

    async def any_fits(self, password: str, kept: Sequence[str]) -> bool:
        """Tell whether a password is one of the kept ones."""
        for one in kept:
            if await self.fits(password, one):
                return True
        return False

    def _verified(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)

"""What a seal says, and the chain that seals form."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from zhike.store.trail.key import Head, SealKey
from zhike.store.trail.logs import LogKey

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
START = b"\0" * 32
"""What the first seal of a log has before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some rows of a log, summed up."""

    form: int
    first: int
    last: int
    count: int
    since: datetime
    until: datetime
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One seal: a block, bound to the seal before it and signed."""

    log: LogKey
    number: int
    block: Block
    before: bytes
    key: str
    mac: bytes
    at: datetime

    @classmethod
    def of(cls, log: LogKey, row: Sequence[Any]) -> "Seal":
        """Read a row of zk_seal: number, the block, before, key, mac, at."""
        number, form, first, last, count, since, until, digest, before, key, mac, at = row
        block = Block(
            form=form,
            first=first,
            last=last,
            count=count,
            since=since,
            until=until,
            digest=bytes(digest),
        )
        return cls(
            log=log,
            number=number,
            block=block,
            before=bytes(before),
            key=key,
            mac=bytes(mac),
            at=at,
        )

    def said(self, workspace: str) -> bytes:
        """Give everything a seal says but its signature, the same for ever."""
        block = self.block
        return orjson.dumps(
            [
                workspace, self.log, self.number, block.form, block.first, block.last,
                block.count, _moment(block.since), _moment(block.until), block.digest.hex(),
                self.before.hex(), self.key, _moment(self.at),
            ]
        )  # fmt: skip

    def signed(self, workspace: str, key: SealKey) -> bytes:
        """Give the signature that this seal should have under a key."""
        return key.sign(self.said(workspace))

    def digest(self, workspace: str) -> bytes:
        """Give what the next seal is bound to."""
        return hashlib.sha256(self.said(workspace) + self.mac).digest()

    def head(self, workspace: str) -> Head:
        """Give what to keep elsewhere, so that a chain cut short is noticed."""
        return self.number, self.digest(workspace).hex()

    def as_json(self) -> dict[str, object]:
        """Give it as it is written into zk_seal."""
        block = self.block
        return {
            "log": self.log,
            "number": self.number,
            "form": block.form,
            "first": block.first,
            "last": block.last,
            "count": block.count,
            "since": block.since.isoformat(),
            "until": block.until.isoformat(),
            "digest": block.digest.hex(),
            "before": self.before.hex(),
            "key": self.key,
            "mac": self.mac.hex(),
            "at": self.at.isoformat(),
        }


def cleared_said(workspace: str, log: LogKey, *, number: int, rows: int, at: datetime) -> bytes:
    """Give what is signed when a period is taken out."""
    return orjson.dumps(["cleared", workspace, log, number, rows, _moment(at)])


def _moment(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)

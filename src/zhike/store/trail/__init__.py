"""The trail: what people did, kept in logs that nobody can change unseen."""

from zhike.store.trail.final import Final, Mark, final
from zhike.store.trail.key import Head, Heads, SealKey, seal_key, seal_keys
from zhike.store.trail.logs import LOGS, Log, LogKey
from zhike.store.trail.notes import note, note_reading, note_sign_in
from zhike.store.trail.quota import spend_reveals
from zhike.store.trail.reading import LATEST, Wanted, entries, found, timed
from zhike.store.trail.retention import clear
from zhike.store.trail.sealing import head_of, seal, waiting
from zhike.store.trail.verifying import Finding, Verdict, verify

__all__ = [
    "LATEST",
    "LOGS",
    "Final",
    "Finding",
    "Head",
    "Heads",
    "Log",
    "LogKey",
    "Mark",
    "SealKey",
    "Verdict",
    "Wanted",
    "clear",
    "entries",
    "final",
    "found",
    "head_of",
    "note",
    "note_reading",
    "note_sign_in",
    "seal",
    "seal_key",
    "seal_keys",
    "spend_reveals",
    "timed",
    "verify",
    "waiting",
]

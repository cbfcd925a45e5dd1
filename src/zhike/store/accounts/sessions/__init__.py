"""Signing in and out: what may go wrong how often, the one way into a session, and its ends."""

from zhike.store.accounts.sessions.attempts import (
    Attempt,
    Meant,
    count_failure,
    lock_left,
    meant,
    network,
    unlock,
    unlock_all,
)
from zhike.store.accounts.sessions.begin import EMERGENCY, Begun, begin, note_lock, turn_away
from zhike.store.accounts.sessions.sessions import (
    close_session,
    end_session,
    end_sessions,
    end_sessions_of,
    sessions_of,
    view_as,
)

__all__ = [
    "EMERGENCY",
    "Attempt",
    "Begun",
    "Meant",
    "begin",
    "close_session",
    "count_failure",
    "end_session",
    "end_sessions",
    "end_sessions_of",
    "lock_left",
    "meant",
    "network",
    "note_lock",
    "sessions_of",
    "turn_away",
    "unlock",
    "unlock_all",
    "view_as",
]

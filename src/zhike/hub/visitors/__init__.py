"""Strangers who fill in a public form: what they may do, and what becomes of what they send."""

from zhike.hub.visitors.faults import FormClosed, NotAsFilledIn, NotOnTheForm, OldTicket, TooSoon
from zhike.hub.visitors.frame import Frame, framed, left_out, suited, wanting
from zhike.hub.visitors.sending import Sent, Ways, send, tell
from zhike.hub.visitors.tickets import AGE, ticket, torn

__all__ = [
    "AGE",
    "FormClosed",
    "Frame",
    "NotAsFilledIn",
    "NotOnTheForm",
    "OldTicket",
    "Sent",
    "TooSoon",
    "Ways",
    "framed",
    "left_out",
    "send",
    "suited",
    "tell",
    "ticket",
    "torn",
    "wanting",
]

"""Strangers who fill in a public form: what they may do, and what becomes of what they send."""

from zhike.hub.visitors.enclosed import MEGABYTE, Enclosed, allowed, plain, recognised, wrong
from zhike.hub.visitors.faults import (
    FileNotTaken,
    FormClosed,
    NotAsFilledIn,
    NotOnTheForm,
    OldTicket,
    TooManyFiles,
    TooSoon,
)
from zhike.hub.visitors.frame import Frame, framed, left_out, suited, wanting
from zhike.hub.visitors.sending import Sending, Sent, Ways, send, tell
from zhike.hub.visitors.tickets import AGE, ticket, torn

__all__ = [
    "AGE",
    "MEGABYTE",
    "Enclosed",
    "FileNotTaken",
    "FormClosed",
    "Frame",
    "NotAsFilledIn",
    "NotOnTheForm",
    "OldTicket",
    "Sending",
    "Sent",
    "TooManyFiles",
    "TooSoon",
    "Ways",
    "allowed",
    "framed",
    "left_out",
    "plain",
    "recognised",
    "send",
    "suited",
    "tell",
    "ticket",
    "torn",
    "wanting",
    "wrong",
]

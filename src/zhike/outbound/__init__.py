"""
Floor 1, beside the database: the only way to other machines over HTTP.

Whatever calls out (a sign-in service, a webhook, an enrichment) asks `client` for its connection.
Where the call may lead is decided on the address that is really dialled: the own network and
the metadata services of clouds are out of reach unless `security.private_hosts` names them.
"""

from zhike.outbound.client import Http, HttpAnswer, client, demand
from zhike.outbound.faults import AnswerTooLarge, ForbiddenAddress, Unreachable
from zhike.outbound.guard import Guard
from zhike.outbound.private import PrivateHosts
from zhike.outbound.trip import Limits

__all__ = [
    "AnswerTooLarge",
    "ForbiddenAddress",
    "Guard",
    "Http",
    "HttpAnswer",
    "Limits",
    "PrivateHosts",
    "Unreachable",
    "client",
    "demand",
]

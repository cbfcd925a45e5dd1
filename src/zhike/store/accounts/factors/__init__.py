"""
Ways to show who one is beside the password: codes, recovery codes, passkeys, identity providers.
"""

from zhike.store.accounts.factors.authenticator import Answer
from zhike.store.accounts.factors.faults import (
    BadPasskey,
    LastFactor,
    LinkTaken,
    NoSecondFactor,
    PasskeyNeeded,
    PasskeyTaken,
    SecondFactorMissing,
    SecondFactorNeeded,
    SignInAgain,
    TicketGone,
    TooManyPasskeys,
    WrongCode,
    WrongPasskey,
)
from zhike.store.accounts.factors.held import (
    Held,
    demanded,
    drop_factors,
    drop_passkey,
    drop_totp,
    held_by,
    raise_session,
    refuse_unless_recent,
)
from zhike.store.accounts.factors.links import link, linked, links_of, same_person, unlink
from zhike.store.accounts.factors.passkeys import (
    REGISTER,
    SHOW,
    Asked,
    Bearer,
    Owner,
    Site,
    add_passkey,
    ask_for_passkey,
    ask_to_show,
    bearer_of,
    passkeys_of,
    rename_passkey,
)
from zhike.store.accounts.factors.queries import QUERIES
from zhike.store.accounts.factors.recovery import new_recovery_codes
from zhike.store.accounts.factors.second import SECOND_FACTOR, Shown, begin_with_second
from zhike.store.accounts.factors.tickets import Counter, Ticket, spend
from zhike.store.accounts.factors.totp import KIND, Offer, confirm, offer

__all__ = [
    "KIND",
    "QUERIES",
    "REGISTER",
    "SECOND_FACTOR",
    "SHOW",
    "Answer",
    "Asked",
    "BadPasskey",
    "Bearer",
    "Counter",
    "Held",
    "LastFactor",
    "LinkTaken",
    "NoSecondFactor",
    "Offer",
    "Owner",
    "PasskeyNeeded",
    "PasskeyTaken",
    "SecondFactorMissing",
    "SecondFactorNeeded",
    "Shown",
    "SignInAgain",
    "Site",
    "Ticket",
    "TicketGone",
    "TooManyPasskeys",
    "WrongCode",
    "WrongPasskey",
    "add_passkey",
    "ask_for_passkey",
    "ask_to_show",
    "bearer_of",
    "begin_with_second",
    "confirm",
    "demanded",
    "drop_factors",
    "drop_passkey",
    "drop_totp",
    "held_by",
    "link",
    "linked",
    "links_of",
    "new_recovery_codes",
    "offer",
    "passkeys_of",
    "raise_session",
    "refuse_unless_recent",
    "rename_passkey",
    "same_person",
    "spend",
    "unlink",
]

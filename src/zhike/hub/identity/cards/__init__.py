"""Records met at the gate by people who do not see them: what is told, counted, and asked for."""

from zhike.hub.identity.cards.met import meet
from zhike.hub.identity.cards.wishes import Wish, ask, decide, listed, wished

__all__ = ["Wish", "ask", "decide", "listed", "meet", "wished"]

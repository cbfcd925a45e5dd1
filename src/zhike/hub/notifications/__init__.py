"""
Notifications (通知): whoever is concerned by what others do, or by the end of their own work, is
told of it. Made from the logs, behind whoever writes; nothing is lost and nothing told twice.
"""

from zhike.hub.notifications.bells import Bells, Ear
from zhike.hub.notifications.due import remind, remind_in_the_morning
from zhike.hub.notifications.follow import follow, look
from zhike.hub.notifications.jobs import ended, held_up
from zhike.hub.notifications.kinds import KINDS, Kind
from zhike.hub.notifications.listed import Notification, described, listed, titles, unread
from zhike.hub.notifications.reading import forget_old, mark_all_read, mark_read
from zhike.hub.notifications.settings import want_all_but, wanted
from zhike.hub.notifications.telling import tell

__all__ = [
    "KINDS",
    "Bells",
    "Ear",
    "Kind",
    "Notification",
    "described",
    "ended",
    "follow",
    "forget_old",
    "held_up",
    "listed",
    "look",
    "mark_all_read",
    "mark_read",
    "remind",
    "remind_in_the_morning",
    "tell",
    "titles",
    "unread",
    "want_all_but",
    "wanted",
]

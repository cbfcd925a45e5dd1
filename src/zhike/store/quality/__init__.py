"""
The two values of quality that a record cannot know by itself, kept right in sets; a book of days.

They are no changes of anybody: version, `updated_at` and history stay as they are.
"""

from zhike.store.quality.alike import likened
from zhike.store.quality.days import forget_days, keep_day
from zhike.store.quality.fresh import refreshed

__all__ = ["forget_days", "keep_day", "likened", "refreshed"]

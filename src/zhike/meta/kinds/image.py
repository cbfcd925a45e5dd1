"""Pictures kept with a record."""

from typing import ClassVar

from zhike.kernel.words import Words
from zhike.meta.kinds.attachment import Attachment, AttachmentSettings
from zhike.meta.kinds.kind import Settled


class ImageSettings(AttachmentSettings):
    """How many pictures there may be, and of which types."""

    accept: tuple[str, ...] = ("image/*",)


class Image(Attachment):
    """Pictures: ids of what was uploaded before, in order."""

    name = "image"
    label = Words(zh="图片", en="image")
    settings: ClassVar[Settled] = ImageSettings
    display = "image"

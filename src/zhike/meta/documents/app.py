"""The document kind `app`: a folder of documents that is installed as a whole."""

from typing import Literal

from zhike.meta.documents.spec import Key, Label, Spec


class AppSpec(Spec):
    """A folder of documents that is installed, upgraded and removed together."""

    kind: Literal["app"] = "app"
    key: Key
    label: Label
    version: str = "1"
    requires: tuple[Key, ...] = ()
    navigation: tuple[Key, ...] = ()

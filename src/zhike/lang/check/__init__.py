"""
Tree → understood tree: names resolved, types fitted, every problem listed with its place.

One file per family of nodes; `understand` picks the right one.
"""

from zhike.lang.check.scene import Scene
from zhike.lang.check.understand import canonical, condition, understand

__all__ = ["Scene", "canonical", "condition", "understand"]

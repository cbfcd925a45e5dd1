"""
One form for every value: what people type becomes what is kept, or a problem at its address.

It knows fields and who may write them; it knows no other record.
"""

from zhike.hub.standardize.faults import FieldNotWritable, Required
from zhike.hub.standardize.plan import ObjectPlan, plan
from zhike.hub.standardize.run import standardize, standardized, without_id

__all__ = [
    "FieldNotWritable",
    "ObjectPlan",
    "Required",
    "plan",
    "standardize",
    "standardized",
    "without_id",
]

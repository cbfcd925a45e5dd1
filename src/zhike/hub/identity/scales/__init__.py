"""How alike two values are, in levels: one scale for each sort of field."""

from collections.abc import Mapping

from zhike.hub.identity.scales.code import Code, Exact, OfficialNumber
from zhike.hub.identity.scales.company import Company
from zhike.hub.identity.scales.contact import Mail, Telephone
from zhike.hub.identity.scales.person import PersonName
from zhike.hub.identity.scales.scale import Level, Parts, Scale
from zhike.hub.identity.scales.text import Address, Writing

SCALES: tuple[Scale, ...] = (
    Company(),
    PersonName(),
    Telephone(),
    Mail(),
    OfficialNumber(),
    Code(),
    Exact(),
    Address(),
    Writing(),
)
BY_KIND: Mapping[str, Scale] = {kind: scale for scale in SCALES for kind in scale.kinds}
"""The scale for each kind of field that says who somebody is; other kinds say nothing of it."""
BY_NAME: Mapping[str, Scale] = {scale.name: scale for scale in SCALES}
"""Those that an expression may be compared on."""

__all__ = ["BY_KIND", "BY_NAME", "SCALES", "Level", "Parts", "Scale"]

"""Where runs compute: DuckDB in their own process, or a Spark cluster."""

from zhike.hub.identity.runs.machines.duck import Duck
from zhike.hub.identity.runs.machines.machine import RECORDS, Machine, Unreachable
from zhike.hub.identity.runs.machines.spark import Spark

__all__ = ["RECORDS", "Duck", "Machine", "Unreachable", "machine"]


def machine(master: str = "") -> Machine:
    """Give DuckDB, or the Spark cluster of a master (`spark://host:7077`, `local[2]`)."""
    return Spark(master) if master else Duck()

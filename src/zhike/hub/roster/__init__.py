"""
The roster: a table of people coming in. Columns → wishes → plan → run, all of it set-based.

A second import of the same table changes nothing; a blank cell keeps what is there.
"""

from zhike.hub.roster.plan import Options, Plan, plan
from zhike.hub.roster.run import Outcome, run
from zhike.hub.roster.table import Table, table
from zhike.hub.roster.template import write_template

__all__ = ["Options", "Outcome", "Plan", "Table", "plan", "run", "table", "write_template"]

"""
From a file to lines of cells: xlsx, xls, csv and tsv in any encoding people use.

Knows nothing of objects and fields, and never believes a file's name.
"""

from zhike.hub.sheets.cells import Cell, Line, acts, letter
from zhike.hub.sheets.faults import FAULTS
from zhike.hub.sheets.process import Piece, Sheet, Workbook, peek, read, reading, taken, wide_pipe

__all__ = [
    "FAULTS",
    "Cell",
    "Line",
    "Piece",
    "Sheet",
    "Workbook",
    "acts",
    "letter",
    "peek",
    "read",
    "reading",
    "taken",
    "wide_pipe",
]

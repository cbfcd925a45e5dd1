"""The formats in which records go out; a new one is one file and one line."""

from collections.abc import Mapping

from zhike.hub.export.kinds.column import Column, Mark, Shape, Writer
from zhike.hub.export.kinds.delimited import Delimited
from zhike.hub.export.kinds.parquet import Parquet
from zhike.hub.export.kinds.workbook import Spreadsheet

FORMATS: Mapping[str, type[Writer]] = {
    kind.suffix: kind for kind in (Spreadsheet, Delimited, Parquet)
}

__all__ = ["FORMATS", "Column", "Mark", "Shape", "Writer"]

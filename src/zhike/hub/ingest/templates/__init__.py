"""导入模板: the table to fill in for one object, as far as somebody may fill it in."""

from zhike.hub.ingest.templates.workbook import write_template

__all__ = ["write_template"]

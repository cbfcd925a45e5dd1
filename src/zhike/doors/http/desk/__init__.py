"""The desk (`web/`) as the build left it: the one page, and the files it is made of."""

from zhike.doors.http.desk.serving import desk

__all__ = ["desk"]

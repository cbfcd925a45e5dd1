"""DuckDB in this process: it needs no server."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from zhike.hub.identity.runs.machines.machine import RECORDS, Machine


class Duck(Machine):
    """The processors of this computer."""

    dialect = "duckdb"

    def __init__(self, threads: int = 2) -> None:
        self._db = duckdb.connect(config={"threads": threads})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @property
    def learner(self) -> Machine:
        return self

    def take(self, table: pa.Table) -> None:
        self._db.register("given", table)
        self._db.execute(f"CREATE TABLE {RECORDS} AS SELECT * FROM given").fetchall()  # noqa: S608 - our own name

    def numbers(self, query: str) -> Sequence[int]:
        return [int(row[0] or 0) for row in self._db.execute(query).fetchall()]

    def said(self, condition: str) -> str:
        return condition

    def linker(self, settings: Any) -> Linker:
        api = DuckDBAPI(connection=self._db)
        return Linker(api.register(RECORDS), settings, log_level=None)

    def columns(self, answer: Any, names: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        rows: Mapping[str, Sequence[Any]] = (
            answer.as_pyarrow_table().select(list(names)).to_pydict()
        )
        return rows

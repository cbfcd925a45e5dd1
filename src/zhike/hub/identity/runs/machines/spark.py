"""
A Spark cluster: the same run on many computers, for bases that are too large for one.

What talks to Spark comes with the extra `spark` and is imported only when a cluster is used.
"""

import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Self

import pyarrow as pa
from splink import Linker

from zhike.hub.identity.runs.machines.duck import Duck
from zhike.hub.identity.runs.machines.machine import RECORDS, Machine, Unreachable

ALIKE = re.compile(r"jaro_winkler_similarity\((\w+), (\w+)\) >= ([\d.]+)")
JARO_WINKLER = (
    "(jaro_sim({a}, {b}) > 0.7 AND (1.0D - jaro_sim({a}, {b})) *"
    " CASE WHEN substr({a}, 1, 4) = substr({b}, 1, 4) THEN 0.6D"
    " WHEN substr({a}, 1, 3) = substr({b}, 1, 3) THEN 0.7D"
    " WHEN substr({a}, 1, 2) = substr({b}, 1, 2) THEN 0.8D"
    " WHEN substr({a}, 1, 1) = substr({b}, 1, 1) THEN 0.9D ELSE 1.0D END"
    " <= 1.000000001D - {least}D)"
)
"""As DuckDB and the gate count it; Splink's own for Spark counts a beginning less in long texts."""
ENOUGH = 2_000_000
"""Records from which weights are learnt; with more they get no better."""
PER_CORE = 2
"""Pieces that a table is divided into for each core there is."""


class Spark(Machine):
    """The cluster behind one master."""

    dialect = "spark"

    def __init__(self, master: str) -> None:
        self._master = master
        self._duck = Duck()

    def __enter__(self) -> Self:
        try:
            splink = import_module("splink.backends.spark")
            self._session = self._opened(splink.similarity_jar_location())
            pieces = PER_CORE * self._session.sparkContext.defaultParallelism
        except Exception as error:
            raise Unreachable(str(error)[:500]) from error
        self._session.sparkContext.setLogLevel("ERROR")
        self._session.conf.set("spark.sql.shuffle.partitions", str(pieces))
        # Kept in the memory of the workers: no folder is presumed that all of them reach.
        self._api = splink.SparkAPI(spark_session=self._session, break_lineage_method="persist")
        return self

    def _opened(self, jar: str) -> Any:
        return (
            import_module("pyspark.sql")
            .SparkSession.builder.master(self._master)
            .appName("zhike identity")
            .config("spark.jars", jar)
            .config("spark.ui.enabled", "false")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .getOrCreate()
        )

    def __exit__(self, *_: object) -> None:
        self._session.stop()
        self._duck.__exit__()

    @property
    def learner(self) -> Machine:
        return self._duck

    def take(self, table: pa.Table) -> None:
        self._duck.take(table[:: max(1, -(-len(table) // ENOUGH))])
        self._session.createDataFrame(table.to_pandas()).persist().createOrReplaceTempView(RECORDS)

    def numbers(self, query: str) -> Sequence[int]:
        return [int(row[0] or 0) for row in self._session.sql(query).collect()]

    def said(self, condition: str) -> str:
        return ALIKE.sub(
            lambda one: JARO_WINKLER.format(a=one[1], b=one[2], least=one[3]), condition
        )

    def linker(self, settings: Any) -> Linker:
        return Linker(self._api.register(RECORDS), settings, log_level=None)

    def columns(self, answer: Any, names: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        rows = answer.as_spark_dataframe().select(*names).toPandas()
        return {name: rows[name].tolist() for name in names}

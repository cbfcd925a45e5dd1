"""What is loaded at a start: nothing that only few installations, or single jobs, ever need."""

import subprocess
import sys

import pytest

SELDOM = frozenset({"scim2_models", "splink", "duckdb", "pyarrow", "pyspark"})
"""A directory's models, and what a run over the base computes with: a second of every start."""


@pytest.mark.parametrize(
    "module", ["zhike.bootstrap", "zhike.doors.cli.serving", "zhike.hub.ingest.ahead"]
)
def test_what_is_seldom_needed_is_not_loaded_at_the_start(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {one.partition(".")[0] for one in done.stdout.split()}
    assert "zhike" in loaded
    assert not loaded & SELDOM

"""The fixed SQL of this folder."""

from pathlib import Path

from zhike.kernel.queries import load

QUERIES = load(Path(__file__).with_name("queries.sql"))

"""
What an installation is told from outside: by `ZHIKE_*` variables and command-line options. Reads no
file.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words


class BadSetting(Fault):
    """The setting {name} cannot be {value!r}."""

    code = "K101"
    zh = "设置 {name} 不能是 {value!r}"
    hint = Words(
        zh="请检查环境变量 {variable} 或命令行参数",
        en="check the environment variable {variable} or the command line",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    Everything `bootstrap` needs to build a system.

    Each field may be given as `ZHIKE_<FIELD>` in the environment; an option of the command line
    wins.
    """

    home: Path = Path("data")
    """The folder that holds everything: the embedded database, files, logs."""
    database_url: str = ""
    """A PostgreSQL ≥ 18 to use instead of the embedded one."""
    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 0
    """Processes that answer HTTP; 0 is one per processor, four at most."""
    pool_size: int = 16
    """Connections to the database per process."""
    workspace: str = "main"
    """The workspace of an installation that has only one."""
    secret_key: str = ""
    """What secrets are encrypted with; made and kept in the home when empty."""
    admin_password: str = ""
    """The password of the first administrator; made up and printed once when empty."""
    spark_master: str = ""
    """
    A Spark cluster that looks for duplicates in the place of this computer (`spark://host:7077`,
    `local[4]`); needs the extra `spark` and a Java. Empty: DuckDB on this computer.
    """
    demo: int = 0
    """How many demo customers to make at the first start."""


def settings(
    environment: Mapping[str, str] = os.environ, *, given: Mapping[str, object | None] | None = None
) -> Settings:
    """Read the settings; what is `given` and not None wins over the environment."""
    chosen: dict[str, object] = {}
    for field in fields(Settings):
        variable = f"ZHIKE_{field.name.upper()}"
        value = (given or {}).get(field.name)
        value = environment.get(variable) or None if value is None else value
        if value is not None:
            chosen[field.name] = _read(field.name, variable, value)
    return Settings(**chosen)  # type: ignore[arg-type] # each was read as its field's type


def _read(name: str, variable: str, value: object) -> object:
    if name == "home":
        return Path(str(value)).expanduser()
    if name in NUMBERS:
        low, high = NUMBERS[name]
        try:
            number = int(str(value))
        except ValueError as error:
            raise BadSetting(at=name, name=name, value=value, variable=variable) from error
        if not low <= number <= high:
            raise BadSetting(at=name, name=name, value=value, variable=variable)
        return number
    return str(value)


NUMBERS: Mapping[str, tuple[int, int]] = {
    "port": (0, 65535),
    "web_workers": (0, 256),
    "pool_size": (1, 1000),
    "demo": (0, 10_000_000),
}
"""The fields that are whole numbers, and what they may be."""

"""The same answers out of a local Spark session; `make spark` runs this, as Spark is large and slow to start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.warehouse import town

AS_OF = ("--as-of", "2026-10-01")
URL = "spark://local"
SETTINGS = """\
spark.sql.catalogImplementation hive
spark.sql.warehouse.dir {folder}/warehouse
spark.hadoop.javax.jdo.option.ConnectionURL jdbc:derby:;databaseName={folder}/metastore;create=true
spark.sql.shuffle.partitions 2
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
"""


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where Spark finds the tables of the town, which another program has filled."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(SETTINGS.format(folder=folder), encoding="utf-8")
    environ = {**os.environ, "SPARK_CONF_DIR": str(folder), "SPARK_LOCAL_IP": "127.0.0.1", "SOZPLAN_WAREHOUSE": URL}
    filling = {**environ, "PYTHONPATH": str(town.ROOT)}
    subprocess.run([sys.executable, "-W", "ignore", __file__], check=True, env=filling, cwd=folder)
    return environ


def fill() -> None:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").getOrCreate()
    session.sql("CREATE DATABASE sozial")
    for name, head, rows in town.tables():
        texts = ", ".join(f"{label} string" for label in head)
        session.createDataFrame([tuple(row) for row in rows], texts).createOrReplaceTempView("delivered")
        columns = ", ".join(f"CAST({label} AS {town.TYPES.get(label, 'string')}) AS {label}" for label in head)
        session.sql(f"CREATE TABLE sozial.{name} USING parquet AS SELECT {columns} FROM delivered")  # noqa: S608 -- ours


@pytest.mark.parametrize(
    "arguments", [("status",), ("index", "sozialindex", "--period", "2023")], ids=lambda arguments: str(arguments[0])
)
def test_the_same_bytes_as_from_files(environ: dict[str, str], tmp_path: Path, arguments: tuple[str, ...]) -> None:
    town.write(tmp_path / "stadt", URL)
    kept, files = (
        subprocess.run(
            [sys.executable, "-P", "-m", "sozplan", *arguments, "--format", "json", "-C", str(root), *AS_OF],
            capture_output=True,
            text=True,
            env=environ,
            cwd=tmp_path,
        )
        for root in (tmp_path / "stadt", town.ROOT)
    )
    assert (kept.returncode, len(kept.stdout) > 5_000) == (0, True), kept.stderr
    assert kept.stdout == files.stdout


if __name__ == "__main__":
    fill()

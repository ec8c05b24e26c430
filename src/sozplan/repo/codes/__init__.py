"""The faults that reading files can find, each with its page in the catalogue."""

from __future__ import annotations

from sozplan.diagnostics import Code
from sozplan.repo.codes import csv, file, geo, schema, syntax, table, yaml

CODES: tuple[Code, ...] = (
    *file.CODES,
    *syntax.CODES,
    *yaml.CODES,
    *schema.CODES,
    *table.CODES,
    *csv.CODES,
    *geo.CODES,
)

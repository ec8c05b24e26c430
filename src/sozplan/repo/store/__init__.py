"""Observations too many to be held: asked by indicators and areas, answered out of CSV and Parquet by DuckDB."""

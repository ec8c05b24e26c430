"""How much of anything sozplan reads: one place, so that no input can cost more than it may."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds; only an option on the command line may change them, never the repository itself."""

    yaml_bytes: int = 2 * MB
    csv_bytes: int = 2_000 * MB
    geojson_bytes: int = 10 * MB
    geojson_features: int = 50_000
    geojson_members: int = 1_000
    """Of the outermost object, beside the geometries."""
    geojson_points: int = 200_000
    geojson_comparisons: int = 1_000_000
    """Of sides of a polygon with one another, in search of a crossing; a real map needs a few for each point."""
    document_bytes: int = 2_000 * MB
    """Of files in plans/documents/, which are named but not read."""
    other_bytes: int = 10 * MB
    files: int = 100_000
    located_files: int = 2_000
    """Beyond so many files places are read again where something asks for one: kept, they are half of the memory."""
    folders_deep: int = 32
    git_seconds: int = 60
    depth: int = 64
    """Mappings and lists inside one another, the outermost counted."""
    scalar_characters: int = 256_000
    number_characters: int = 40
    number_exponent: int = 40
    """The largest power of ten, either way: 1e40 is read, 1e41 is not."""
    file_faults: int = 100
    """After so many faults in one YAML file reading it stops, which is said."""
    cell_bytes: int = 64_000
    checked_bytes: int = 64 * MB
    """Up to so many bytes of data files every cell is held by `check`."""
    held_bytes: int = 2 * MB
    """The same of other commands."""
    indexed_bytes: int = MB // 5
    """The same of an index, which takes whole columns, of which hardly a cell is ever made."""
    sieved_bytes: int = 1 * MB
    """Smaller files are gone through faster than they are opened in DuckDB."""
    import_bytes: int = 2_000 * MB
    """Of a supplier's file, and of what a ZIP or XLSX file unpacks to."""
    packed_bytes: int = 100 * MB
    """Of a ZIP or XLSX file as it lies there."""
    packed_parts: int = 10_000
    workbook_bytes: int = 200 * MB
    """Of what an XLSX file unpacks to."""
    shared_bytes: int = 50 * MB
    """Of all in it but the sheets, which has to be held in memory."""
    joined_cells: int = 10_000
    """Ranges of joined cells in a sheet."""
    table_bytes: int = 50 * MB
    """Of what a workbook unpacks to that an office sends back; one of a thousand measures has 5 MB."""
    table_columns: int = 500
    table_rows: int = 20_000
    import_line: int = 1 * MB
    import_columns: int = 5_000
    import_rows: int = 20_000_000
    import_values: int = 100_000_000
    """Value cells of one import; they wait on the disk until all is known to be right, at some 250 bytes each."""
    import_held: int = 200_000
    """How many of them are sorted in memory at once, some 40 MB of them."""
    header_rows: int = 200
    """So far a table's first row of data is looked for."""
    diagnostics_shown: int = 200
    paper_seconds: float = 120
    """So long filling in and typesetting a document may each take."""
    paper_bytes: int = 2_000 * MB
    """So much memory the process that typesets it may hold."""

    def bytes_of(self, path: str) -> int:
        """How long the file may be, by what its name says it is."""
        if path.startswith("plans/documents/"):
            return self.document_bytes
        match path.rpartition(".")[2].lower():
            case "yaml" | "yml":
                return self.yaml_bytes
            case "csv" | "parquet":
                return self.csv_bytes
            case "geojson":
                return self.geojson_bytes
        return self.other_bytes


LIMITS = Limits()

"""A file of Word as bytes that depend on nothing but its parts and the day it is made of."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

PROPERTIES = "docProps/app.xml"
_FIRST = ("[Content_Types].xml", "_rels/.rels", PROPERTIES)


def packed(package: bytes, created: date) -> bytes:
    """The same parts in a fixed order, with one date; the properties stay readable: they say who made the file."""
    out = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name not in _FIRST, name)):
            entry = ZipInfo(name, (max(created.year, 1980), created.month, created.day, 0, 0, 0))
            entry.compress_type = ZIP_STORED if name == PROPERTIES else ZIP_DEFLATED
            entry.external_attr, entry.create_system = 0o600 << 16, 3
            target.writestr(entry, source.read(name), compresslevel=6)
    return out.getvalue()

"""Make the packaged template of Word papers, `src/sozplan/templates/report.docx`, of the parts in `word_parts/`.

    python scripts/word_template.py

Colours stand there as `@primary-text@`; the bytes depend on nothing else, and a test holds that the file is up to date.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sozplan.render.colours import Design

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "scripts/word_parts"
TARGET = ROOT / "src/sozplan/templates/report.docx"
PARTS = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "rels.xml",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document.rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/numbering.xml": "numbering.xml",
    "word/header1.xml": "header.xml",
    "word/header2.xml": "header-first.xml",
    "word/footer1.xml": "footer.xml",
}


def template() -> bytes:
    colours = {name: colour[1:].upper() for name, colour in Design().properties.items()}
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, source in PARTS.items():
            content = (SOURCES / source).read_text(encoding="utf-8")
            filled = re.sub(
                r"@([a-z-]+)@", lambda found: colours[found[1]], re.sub(r"(?m)^ +|\n(?= *<w:)", "", content)
            )
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o600 << 16
            package.writestr(entry, filled, compresslevel=9)
    return out.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(template())

"""The file of stamps reads back as what was written."""

from __future__ import annotations

from datetime import date

from sozplan.model.stamps import Correction, EvidenceFile, EvidenceStamp, Stamp, Stamps
from sozplan.render.stamps import as_yaml
from sozplan.repo import yaml
from sozplan.repo.schema import validate

A, NUMBERS, EXPONENT = "a" * 64, "1" * 64, "1" * 62 + "e5"


def test_what_is_written_reads_back() -> None:
    stamps = Stamps(
        resolution="b-2025-117",
        stamps=(
            Stamp(
                entity="hafen-g1-t1",
                v=1,
                fields={"target.value": A, "path.2025/26.value": NUMBERS, "on": A, "steps.ä: #1": EXPONENT},
                children=("x", "on"),
                corrections=(
                    Correction(field="title", sha256=A, date=date(2026, 1, 2), reason='„so“: "x" # y', role="hvb"),
                ),
            ),
            Stamp(entity="hafen-n1", v=1),
        ),
        evidence=(
            EvidenceStamp(
                entity="hafen-n1",
                files=(
                    EvidenceFile(resource="kita", release=date(2026, 7, 1), sha256=NUMBERS),
                    EvidenceFile(resource="no", sha256=A),
                ),
            ),
        ),
    )
    data = as_yaml(stamps).encode()
    document = yaml.read(data, "plans/resolutions/stamps/b-2025-117.yaml")
    assert document.diagnostics == ()
    assert document.value is not None
    read = validate(Stamps, document.value, data)
    assert isinstance(read, Stamps)
    assert read.model_dump() == stamps.model_dump()

"""The file of a resolution's stamps, as `sozplan resolve` writes it: the same content, the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sozplan.model.stamps import Correction, EvidenceStamp, Stamp, Stamps

_HEAD = """\
# Geschrieben von „sozplan resolve“; nicht von Hand ändern. / Written by “sozplan resolve”; not to be edited.
"""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./~-]*")
_NUMBER = re.compile(r"[0-9]+(?:e[0-9]+)?")
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off"))


def as_yaml(stamps: Stamps) -> str:
    return "".join(f"{line}\n" for line in _lines(stamps)).join((_HEAD, ""))


def _lines(stamps: Stamps) -> Iterator[str]:
    yield f"resolution: {stamps.resolution}"
    if stamps.stamps:
        yield "stamps:"
    for stamp in stamps.stamps:
        yield from _stamp(stamp)
    if stamps.evidence:
        yield "evidence:"
    for evidence in stamps.evidence:
        yield from _evidence(evidence)


def _stamp(stamp: Stamp) -> Iterator[str]:
    yield f"  - entity: {stamp.entity}"
    yield f"    v: {stamp.v}"
    if stamp.fields:
        yield "    fields:"
        yield from (f"      {scalar(path)}: {digest(sha256)}" for path, sha256 in stamp.fields.items())
    if stamp.children:
        yield "    children:"
        yield from (f"      - {child}" for child in stamp.children)
    if stamp.corrections:
        yield "    corrections:"
        for each in stamp.corrections:
            yield from _correction(each)


def _correction(correction: Correction) -> Iterator[str]:
    yield f"      - field: {scalar(correction.field)}"
    yield f"        sha256: {digest(correction.sha256)}"
    yield f"        date: {correction.date.isoformat()}"
    yield f"        reason: {json.dumps(correction.reason, ensure_ascii=False)}"
    yield f"        role: {correction.role}"


def _evidence(evidence: EvidenceStamp) -> Iterator[str]:
    yield f"  - entity: {evidence.entity}"
    yield "    files:"
    for file in evidence.files:
        yield f"      - resource: {scalar(file.resource)}"
        if file.release is not None:
            yield f"        release: {file.release.isoformat()}"
        yield f"        sha256: {digest(file.sha256)}"


def scalar(value: str) -> str:
    """A text that YAML reads as this text; quoted where it must be."""
    plain = _PLAIN.fullmatch(value) is not None and value.casefold() not in _WORDS
    return value if plain else json.dumps(value, ensure_ascii=False)


def digest(sha256: str) -> str:
    """Quoted where it happens to look like a number."""
    return f'"{sha256}"' if _NUMBER.fullmatch(sha256) else sha256

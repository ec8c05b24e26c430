"""Checksums of files that don't depend on the machine: line ends of text count as LF."""

from __future__ import annotations

import hashlib
from pathlib import Path

_PIECE = 1 << 20


def digest(place: Path) -> str:
    """SHA-256; a file with a zero byte is no text and counts as it is."""
    text, raw = hashlib.sha256(), hashlib.sha256()
    is_text, held = True, b""
    with place.open("rb") as file:
        while piece := file.read(_PIECE):
            raw.update(piece)
            is_text = is_text and b"\0" not in piece
            piece = held + piece
            held = b"\r" if piece.endswith(b"\r") else b""
            text.update(piece[: len(piece) - len(held)].replace(b"\r\n", b"\n"))
    text.update(held)
    return (text if is_text else raw).hexdigest()


def digest_of(content: bytes) -> str:
    """The same of a file that isn't on the disk yet."""
    return hashlib.sha256(content if b"\0" in content else content.replace(b"\r\n", b"\n")).hexdigest()

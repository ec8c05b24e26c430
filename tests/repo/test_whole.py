"""A file that another program has open, as Windows sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.repo.whole import InUse, put_whole


def refusing(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """So many times no file may be put in place of another."""
    refused, replace = iter(range(times)), Path.replace

    def try_to(new: Path, path: Path) -> Path:
        if next(refused, None) is not None:
            raise PermissionError(13, "The process cannot access the file", str(new))
        return replace(new, path)

    monkeypatch.setattr(Path, "replace", try_to)


def test_a_scanner_that_looks_at_it_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "x.csv"
    place.write_bytes(b"alt")
    refusing(monkeypatch, 3)
    put_whole(place, b"neu")
    assert (place.read_bytes(), list(tmp_path.iterdir())) == (b"neu", [place])


def test_who_has_it_open_is_asked_to_close_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "x.xlsx"
    place.write_bytes(b"alt")
    refusing(monkeypatch, 1000)
    with pytest.raises(InUse) as refused:
        put_whole(place, b"neu")
    assert refused.value.text.de == (
        f"„{place}“ ließ sich nicht ersetzen: Sie ist in einem anderen Programm geöffnet (Excel, Word, PDF-Anzeige) "
        "oder schreibgeschützt. Schließen Sie die Datei dort und rufen Sie noch einmal auf."
    )
    assert (place.read_bytes(), list(tmp_path.iterdir())) == (b"alt", [place])


def test_a_folder_that_takes_nothing_is_another_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, 1000)
    with pytest.raises(PermissionError):
        put_whole(tmp_path / "x.csv", b"neu")
    assert list(tmp_path.iterdir()) == []

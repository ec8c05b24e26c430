"""What an edit changes: the lines as they were and as they are, and the findings that come and go with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from sozplan.diagnostics import Diagnostic, Lang, text
from sozplan.model.stamps import STAMPS
from sozplan.render.findings import line

_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"
_SHOWN = 40
"""Lines of a file's change that are printed; of more, and of stamps, which nobody reads, only the number."""


def differences(files: Mapping[str, tuple[str, str]], lang: Lang, *, colour: bool = False) -> str:
    """Per file and place the old lines with a minus, the new ones with a plus."""
    rows = [row for path, (before, after) in files.items() for row in _of_file(path, before, after, lang)]
    return "".join(f"{_coloured(row) if colour else row}\n" for row in rows)


def _of_file(path: str, before: str, after: str, lang: Lang) -> Sequence[str]:
    old, new = before.splitlines(), after.splitlines()
    codes = [each for each in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if each[0] != "equal"]
    count = sum(max(b - a, d - c) for _, a, b, c, d in codes)
    if path.startswith(STAMPS) or count > _SHOWN:
        word = text(
            de="eine Zeile" if count == 1 else f"{count} Zeilen", en="one line" if count == 1 else f"{count} lines"
        )
        return (f"{path}: {word.say(lang)}",)
    return tuple(_rows(path, old, new, codes, text(de="Zeile", en="line").say(lang)))


def _rows(path: str, old: Sequence[str], new: Sequence[str], codes: Sequence[_Code], word: str) -> Iterator[str]:
    for _, a, b, c, d in codes:
        yield f"{path}, {word} {c + 1}:"
        yield from (f"- {row}" for row in old[a:b])
        yield from (f"+ {row}" for row in new[c:d])


_Code = tuple[str, int, int, int, int]


def _coloured(row: str) -> str:
    sign = {"- ": _RED, "+ ": _GREEN}.get(row[:2])
    return f"{sign}{row}{_PLAIN}" if sign else row


def findings(brought: Sequence[Diagnostic], solved: int, lang: Lang, *, colour: bool = False) -> str:
    """The new findings in full, the number of those that are gone."""
    rows = []
    if brought:
        rows.append(text(de="Neue Befunde:", en="New findings:").say(lang))
        rows += [line(each, lang, colour=colour) for each in brought[:20]]
        if (left := len(brought) - 20) > 0:
            rows.append(
                text(de=f"… und {left} weitere: „sozplan check“", en=f"… and {left} more: “sozplan check”").say(lang)
            )
    if solved:
        german = "Ein Befund ist erledigt." if solved == 1 else f"{solved} Befunde sind erledigt."
        english = "One finding is solved." if solved == 1 else f"{solved} findings are solved."
        rows.append(text(de=german, en=english).say(lang))
    return "".join(f"{row}\n" for row in rows)

"""What becomes of an exception: a sentence, an exit code, and for a bug of ours a trace for those who ask for it."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from sozplan.cli import streams
from sozplan.diagnostics import Lang, Text, text

_BUG = text(
    de="Das ist ein Fehler in sozplan, nicht in Ihrer Planung ({error}). "
    "Bitte melden Sie ihn; mit --debug steht dabei, wo.",
    en="This is a bug in sozplan, not in your planning ({error}). Please report it; --debug shows where.",
)
_MEMORY = text(de="Der Arbeitsspeicher reicht dafür nicht.", en="There is not enough memory for this.")
_WRITE = text(de="Die Ausgabe ließ sich nicht schreiben: {error}.", en="The output could not be written: {error}.")
_FILE = text(de="Datei oder Ordner nicht zugänglich: {error}.", en="File or folder not accessible: {error}.")
_CODES = {"BadRevision": 2, "OutputRefused": 2, "TemplateRefused": 1, "ResourceRefused": 1}
"""Of exceptions with a sentence of their own; the others lie in the environment: 3."""


class Failure(NamedTuple):
    """Why there is no result."""

    message: Text
    code: int
    trace: str = ""


def failure_of(error: Exception) -> Failure:
    """Exceptions of ours carry their own sentence; what didn't happen isn't imported to be told from."""
    said = getattr(error, "text", None)
    if isinstance(said, Text):
        return Failure(said, getattr(error, "code", None) or _CODES.get(type(error).__name__, 3))
    match error:
        case OSError():
            return Failure(_refused(error), 3)
        case MemoryError():
            return Failure(_MEMORY, 3)
    from traceback import format_exception

    return Failure(Text(*(m.format(error=type(error).__name__) for m in _BUG)), 4, "".join(format_exception(error)))


def _refused(error: OSError) -> Text:
    """What the system didn't let us do: a file is named, standard output has no name."""
    name = "" if error.filename is None else f" ({os.fsdecode(error.filename)})"
    message = _FILE if name else _WRITE
    return Text(*(m.format(error=f"{why}{name}") for m, why in zip(message, streams.reason(error), strict=True)))


def complain(message: Text, lang: Lang, code: int) -> int:
    """Says it on standard error; the code, to end with."""
    try:
        sys.stderr.write(f"sozplan: {streams.harmless(message.say(lang))}\n")
        sys.stderr.flush()
    except OSError:
        pass  # nobody can be told
    return code

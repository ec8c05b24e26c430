"""Standard output and error on any machine: closed, full, or in another encoding."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from contextlib import suppress

from sozplan.diagnostics import Text, text


def prepare() -> None:
    """The same bytes on every machine, whatever its locale says; nobody need look whether there is an error stream."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 -- it stays until the end
    raw = getattr(sys.stdout, "buffer", None)
    if isinstance(raw, io.RawIOBase):  # PYTHONUNBUFFERED: there a write may be cut short and nobody is told
        sys.stdout = open(raw.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- as above
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with suppress(OSError):  # what couldn't be written before still waits in it; the next write says why
                reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def obeys_colours() -> bool:
    """Whether the screen takes signs for colour and clearing as such; consoles of Windows have to be asked to."""
    if sys.platform != "win32":
        return True
    import ctypes

    kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
    output = kernel.GetStdHandle(-11)
    return bool(kernel.GetConsoleMode(output, ctypes.byref(mode)) and kernel.SetConsoleMode(output, mode.value | 4))


def say(output: str) -> None:
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    sys.stdout.write(output)
    sys.stdout.flush()


def harmless(said: str) -> str:
    """With nothing in it that a terminal would obey, wherever its pieces come from."""
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), said)


_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def forget_stdout() -> None:
    """So that the interpreter's own flush at exit has somewhere to go."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        pass


def reason(error: OSError) -> Text:
    """Why the system refused, in words; a system speaks its own language, so unknown reasons are passed on."""
    said = error.strerror or str(error)
    if said.startswith("No usable temporary directory"):
        return _NO_ROOM
    return _REASONS.get(error.errno or 0) or text(de=said, en=said)


_NO_ROOM = text(
    de="in keinem Ordner für Zwischendateien ist Platz (TMPDIR)", en="no folder for temporary files has room (TMPDIR)"
)
"""Python tries several folders and then says that there is none."""
_REASONS = {
    errno.EACCES: text(de="die Berechtigung fehlt", en="permission is missing"),
    errno.EPERM: text(de="das ist nicht erlaubt", en="that is not permitted"),
    errno.ENOENT: text(de="das gibt es nicht", en="there is no such thing"),
    errno.ENOTDIR: text(de="das ist kein Ordner", en="that is no folder"),
    errno.ENAMETOOLONG: text(de="der Name ist zu lang", en="the name is too long"),
    errno.EISDIR: text(de="das ist ein Ordner", en="that is a folder"),
    errno.EEXIST: text(de="dort liegt schon etwas dieses Namens", en="something of that name lies there already"),
    errno.ENOSPC: text(de="der Datenträger ist voll", en="the disk is full"),
    errno.EROFS: text(de="der Datenträger ist schreibgeschützt", en="the disk is write-protected"),
    errno.EFBIG: text(de="die Datei würde zu groß", en="the file would become too large"),
    errno.EIO: text(de="der Datenträger meldet einen Fehler", en="the disk reports an error"),
    errno.EBADF: text(de="sie ist geschlossen", en="it is closed"),
    errno.EMFILE: text(de="zu viele Dateien sind offen", en="too many files are open"),
}

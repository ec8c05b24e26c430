"""The program at a real terminal, and somebody who reads and types."""

from __future__ import annotations

import contextlib
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")

PATIENCE = 60.0
_SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    def __init__(self, process: subprocess.Popen[bytes], ours: int) -> None:
        self.process = process
        self._ours = ours
        self._bytes = b""
        self._read = 0

    @property
    def screen(self) -> str:
        """All that was shown, as it would be read."""
        return _SEQUENCE.sub("", self._bytes.decode(errors="replace")).replace("\r\n", "\n").replace("\r", "")

    def until(self, shown: str) -> str:
        """What is shown anew up to and with that text."""
        deadline = time.monotonic() + PATIENCE
        while (at := self.screen.find(shown, self._read)) < 0:
            assert time.monotonic() < deadline, self.screen
            assert self._more(deadline), self.screen
        start, self._read = self._read, at + len(shown)
        return self.screen[start : self._read]

    def type(self, keys: str | bytes) -> None:
        os.write(self._ours, keys.encode() if isinstance(keys, str) else keys)

    def answer(self, question: str, answer: str | bytes) -> str:
        """What was shown before the question, which is answered with Enter behind it."""
        shown = self.until(question)
        self.type(answer)
        self.type("\n")
        return shown

    def end(self) -> tuple[int, str]:
        """The code, and what was shown last."""
        deadline = time.monotonic() + PATIENCE
        while self._more(deadline):
            pass
        code = self.process.wait(PATIENCE)
        return code, self.screen[self._read :]

    def _more(self, deadline: float) -> bool:
        if not select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        with contextlib.suppress(OSError):  # the program has ended
            piece = os.read(self._ours, 65536)
            self._bytes += piece
            return bool(piece)
        return False


@contextlib.contextmanager
def at_terminal(root: Path, command: Sequence[str]) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    call = [sys.executable, "-P", "-m", "sozplan", *command]
    env = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "INPUTRC": os.devnull}
    process = subprocess.Popen(
        call,
        cwd=root,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
        start_new_session=True,
        preexec_fn=_control,  # noqa: PLW1509 -- no threads here
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _control() -> None:
    """So that Ctrl-C typed there reaches the program."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

"""Calls of the program, as processes of their own that may be hindered, watched and killed.

`started` begins it as people do, in a second; `begin` and `call` ask the program that is already imported
(forked.py), in a tenth of one.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import asdict
from functools import cache
from json import dumps
from pathlib import Path
from typing import IO, Any, TypedDict, Unpack

from tests.conftest import GIT_ENVIRONMENT
from tests.process.forked import Asked

SECONDS = 120
Done = subprocess.CompletedProcess[str]


class Hindered(TypedDict, total=False):
    """What `Asked` says of it."""

    room: int
    obeys: bool
    watched: str
    told: str
    killed_at: int


class Running:
    """A call under way."""

    def __init__(self, told: socket.socket) -> None:
        self._told = told
        self.pid = int(told.recv(100))

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """How it ended, in the words of `subprocess`."""
        self._told.settimeout(SECONDS)
        with self._told:
            try:
                return int(self._told.recv(100))
            except TimeoutError:
                self.kill()
                raise


class _Server:
    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", str(Path(__file__).with_name("forked.py")), str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment())
        atexit.register(self._close)

    def start(self, asked: Asked, streams: Sequence[IO[Any]]) -> Running:
        told, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            given = [theirs.fileno(), *(each.fileno() for each in streams)]
            socket.send_fds(self._channel, [dumps(asdict(asked)).encode()], given)
        return Running(told)

    def _close(self) -> None:
        self._channel.close()
        self._process.wait()


_server = cache(_Server)


def environment() -> dict[str, str]:
    return {**os.environ, **GIT_ENVIRONMENT}


def program(*args: str) -> list[str]:
    return [sys.executable, "-P", "-m", "sozplan", *args]


def started(args: Sequence[str]) -> Done:
    return subprocess.run(program(*args), env=environment(), capture_output=True, text=True, timeout=SECONDS)


def begin(
    args: Sequence[str], out: IO[Any] | None, err: IO[Any] | None, environ: dict[str, str] | None = None,
    **hindered: Unpack[Hindered],
) -> Running:  # fmt: skip
    """The call, with these streams; None is one that is closed."""
    with Path(os.devnull).open("rb") as nothing:
        streams = {number: each for number, each in enumerate((nothing, out, err)) if each is not None}
        asked = Asked(
            args,
            folder=str(Path.cwd()),
            streams=list(streams),
            environ={**environment(), **(environ or {})},
            **hindered,
        )
        return _server().start(asked, list(streams.values()))


def call(args: Sequence[str], environ: dict[str, str] | None = None, **hindered: Unpack[Hindered]) -> Done:
    """The call from its beginning to its end, and what it said."""
    with ExitStack() as stack:
        (out, told), (err, complained) = (
            tuple(stack.enter_context(os.fdopen(end, mode)) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
            for _ in range(2)
        )
        running = begin(args, told, complained, environ, **hindered)
        told.close()
        complained.close()
        with ThreadPoolExecutor(1) as beside:
            also = beside.submit(err.read)
            said = out.read()
        return Done(args, running.wait(), said.decode(), also.result().decode())

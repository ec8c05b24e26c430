"""Work in processes of its own, so that one piece may fail, hang or eat memory without harm to the others.

A worker is this program again, started so that nothing in the current folder is taken for a library; it gets pickled
calls over its standard input and gives back pickled answers. It ends when its input does: nobody has to be alive to
stop it. Its limits are wall time, kept from outside, and memory, kept by the system where that can be asked for it.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread, Timer
from types import TracebackType
from typing import IO, Any

from sozplan.cli.failures import Failure, failure_of
from sozplan.diagnostics import text
from sozplan.repo.limits import LIMITS, MB, Limits

Call = Callable[[], bytes]
"""A `functools.partial` of a function of ours and plain values, which can be pickled."""

_HEAD = struct.Struct(">Q")


def cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """A few processes that each do one call after another; leaving the block ends them, whatever they are at."""

    def __init__(self, count: int, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(count)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._alive: set[_Worker] = set()
        self._lock = Lock()
        self._closed = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            self._closed = True
            for worker in self._alive:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)

    def submit(self, call: Call) -> Future[bytes | Failure]:
        return self._threads.submit(self._done, call)

    def _done(self, call: Call) -> bytes | Failure:
        worker = self._worker()
        if worker is None:
            return ENDED
        answer = worker.ask(call, self._limits.paper_seconds)
        if worker.usable:
            self._idle.put(worker)
        else:
            self._forget(worker)
        return answer

    def _worker(self) -> _Worker | None:
        with self._lock:
            if self._closed:
                return None
            if not self._idle.empty():
                return self._idle.get()
            worker = _Worker(self._limits)
            self._alive.add(worker)
            return worker

    def _forget(self, worker: _Worker) -> None:
        worker.kill()
        with self._lock:
            self._alive.discard(worker)


class _Worker:
    def __init__(self, limits: Limits) -> None:
        command = [sys.executable, "-P", "-m", "sozplan.cli.workers", str(limits.paper_bytes)]
        # In a group of its own, so that Ctrl-C on the terminal reaches only the one who can tidy up.
        group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {"creationflags": 0x200}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **group)
        self._late = False
        self.usable = True

    def ask(self, call: Call, seconds: float) -> bytes | Failure:
        """The result of the call; a process that dies of it or takes longer is gone afterwards."""
        timer = Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            assert self._process.stdin is not None  # noqa: S101 -- both were asked for
            assert self._process.stdout is not None  # noqa: S101
            _send(self._process.stdin, call)
            answer: bytes | Failure = _received(self._process.stdout)
        except (OSError, EOFError):
            self.usable = False
            return _too_slow(seconds) if self._late else ENDED
        finally:
            timer.cancel()
        return answer

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was on its way to it is lost with it
                    stream.close()

    def _stop(self) -> None:
        self._late, self.usable = True, False
        self._process.kill()


ENDED = Failure(
    text(
        de="Der Prozess, der daran arbeitete, wurde vom System beendet; vielleicht reicht der Arbeitsspeicher nicht.",
        en="The process that worked on it was ended by the system; maybe there is not enough memory.",
    ),
    3,
)


def _too_slow(seconds: float) -> Failure:
    return Failure(
        text(
            de=f"Das Setzen dauert länger als {seconds:g} Sekunden und wurde abgebrochen.",
            en=f"Typesetting takes longer than {seconds:g} seconds and was stopped.",
        ),
        1,
    )


def _too_large(limit: int) -> Failure:
    return Failure(
        text(
            de=f"Das Setzen braucht mehr als {limit // MB} MB Arbeitsspeicher und wurde abgebrochen.",
            en=f"Typesetting needs more than {limit // MB} MB of memory and was stopped.",
        ),
        1,
    )


def _send(stream: IO[bytes], value: object) -> None:
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_HEAD.pack(len(content)) + content)
    stream.flush()


def _received(stream: IO[bytes]) -> Any:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    (length,) = _HEAD.unpack(head)
    content = stream.read(length)
    if len(content) < length:  # whoever was writing is gone
        raise EOFError
    return pickle.loads(content)  # noqa: S301 -- written by ourselves, on a pipe that nobody else has


# In the worker itself


def _work(limit: int) -> None:
    """Answers call by call; reads in a thread, so that the end of its input ends it in the middle of a call too."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    _limit_memory(limit)
    calls: SimpleQueue[Call] = SimpleQueue()
    Thread(target=_read, args=(calls,), daemon=True).start()
    while True:
        _send(answers, _answer(calls.get(), limit))


def _read(calls: SimpleQueue[Call]) -> None:
    with suppress(EOFError, OSError):
        while True:
            calls.put(_received(sys.stdin.buffer))
    os._exit(0)


def _limit_memory(limit: int) -> None:
    """Where the system knows such limits; address space alone would count what is only reserved."""
    if sys.platform == "win32":
        return
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _answer(call: Call, limit: int) -> bytes | Failure:
    try:
        return call()
    except MemoryError:
        return _too_large(limit)
    except Exception as error:
        return failure_of(error)


if __name__ == "__main__":
    _work(int(sys.argv[1]))

"""The program, imported once and forked for each call: a process of its own without the second that importing takes.

`python -P tests/process/forked.py NUMBER` listens on the socket of that number; `calls.py` asks. A call comes with its
streams, is prepared (less room, fewer rights, killed at a step), and from then on is what the console script is.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import resource
import select
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

NEEDED = (
    "babel.dates", "babel.numbers", "docxtpl", "git", "icalendar", "jinja2.sandbox", "lxml.etree",
    "markdown_it", "numpy", "openpyxl", "pandas", "PIL.Image", "pyphen", "rich.table", "ruamel.yaml", "scipy.optimize",
)  # fmt: skip
"""What commands import in the midst of their work."""
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, PR_CAPBSET_DROP, CAPABILITIES = 1, 2, 24, 0x20080522
WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.link", "os.symlink"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A call, and what is done to its process before it begins."""

    args: Sequence[str]
    folder: str
    streams: Sequence[int] = (0, 1, 2)
    """Which of them are open."""
    environ: Mapping[str, str] = field(default_factory=dict)
    room: int | None = None
    """So many bytes a file may grow to."""
    obeys: bool = False
    """Permissions hold, even for root."""
    watched: str = ""
    """Whatever is written in this folder is a step; how many there were is written into `told`."""
    told: str = ""
    killed_at: int = -1


def serve(channel: socket.socket) -> None:
    """Until nobody asks any more; returns in the process of each call."""
    running: dict[int, socket.socket] = {}
    ended, tells = os.pipe()
    os.set_blocking(tells, False)
    signal.set_wakeup_fd(tells)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([channel.fileno(), ended], [], [])
        if ended in ready:
            os.read(ended, 1000)
            _tell_of_ended(running)
        if channel.fileno() not in ready:
            continue
        message, given, *_ = socket.recv_fds(channel, 1_000_000, 4)
        if not message:
            os._exit(0)
        told = socket.socket(fileno=given[0])
        if not (program := os.fork()):
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for other in (channel, told, *running.values()):
                other.close()
            os.close(ended)
            os.close(tells)
            become(Asked(**json.loads(message)), given[1:])
            return
        running[program] = told
        told.send(str(program).encode())
        for each in given[1:]:
            os.close(each)


def _tell_of_ended(running: dict[int, socket.socket]) -> None:
    while running:
        program, status = os.waitpid(-1, os.WNOHANG)
        if not program:
            return
        with running.pop(program) as told, suppress(OSError):  # who asked may have gone
            told.send(str(os.waitstatus_to_exitcode(status)).encode())


def become(asked: Asked, given: Sequence[int]) -> None:
    """The process that the console script would find itself in."""
    for number in range(3):
        os.close(number)
    for number, each in zip(asked.streams, given, strict=True):
        os.dup2(each, number)
    for each in given:
        os.close(each)
    sys.stdin, sys.stdout, sys.stderr = (_stream(number, "r" if number == 0 else "w") for number in range(3))
    os.chdir(asked.folder)
    os.environ.clear()
    os.environ.update(asked.environ)
    if asked.obeys and os.geteuid() == 0:
        _obey_permissions()
    if asked.room is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked.room, asked.room))
    if asked.watched:
        _count_steps(asked)
    sys.argv = ["sozplan", *asked.args]


def _stream(number: int, mode: str) -> Any:
    """As the interpreter makes them."""
    try:
        os.fstat(number)
    except OSError:
        return None
    return open(number, mode, encoding="utf-8", closefd=False)


def _obey_permissions() -> None:
    """Without these two rights root is a user like any other; so are the programs that it calls."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, rights = (ctypes.c_uint32 * 2)(CAPABILITIES, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, rights) == 0
    for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        libc.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)
        rights[0] &= ~(1 << right)
        rights[1] &= ~(1 << right)
    assert libc.capset(header, rights) == 0


def _count_steps(asked: Asked) -> None:
    """Killed before it touches a file in the folder for the so-manieth time."""
    seen = 0

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        if event == "open":
            path, _, flags = args
            if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                return
        elif event in WRITES:
            path = args[0]
        else:
            return
        if isinstance(path, int) or not os.path.abspath(os.fsdecode(path)).startswith(asked.watched):  # noqa: PTH100 -- as the system would say it
            return
        if seen == asked.killed_at:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    def tell() -> None:
        with open(asked.told, "w") as file:  # noqa: PTH123 -- it may run when little is left of Python
            file.write(str(seen))

    atexit.register(tell)
    sys.addaudithook(hook)


def prepare() -> None:
    """Nearly all that any command imports, and not one thread, which a fork would lose."""
    import sozplan.render.hyphens

    sys.modules.update({"pyarrow": cast(Any, None)})  # not ours; where it is there, pandas has it start threads
    for name in NEEDED:
        importlib.import_module(name)
    for each in pkgutil.walk_packages(sozplan.__path__, "sozplan."):
        if not each.name.endswith(".__main__"):
            importlib.import_module(each.name)
    sozplan.render.hyphens.prepare()
    gc.collect()
    gc.freeze()  # what is never looked at again need not be copied
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208
    assert threads == 1, f"{threads} threads"


if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    prepare()
    with socket.socket(fileno=int(sys.argv[1])) as asking:
        serve(asking)
    from sozplan.cli import main

    main()

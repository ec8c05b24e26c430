"""The program on a system that has nothing of Unix: `python -P elsewhere.py windows`, with commands on standard input.

With any other word instead of `windows` nothing is taken away. The commands are lists in JSON, called one by one.

What Windows lacks is taken away before anything of ours is imported, but for what the standard library and numpy need
here themselves; the lock of Windows is lent by the one that is here.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import types
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from typing import NoReturn

MODULES = ("fcntl", "grp", "pty", "pwd", "readline", "resource", "termios", "tty", "syslog", "spwd", "crypt")
FUNCTIONS = (
    "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "chown", "fchmod", "fchown", "fork", "forkpty", "getegid",
    "geteuid", "getgid", "getpgid", "getpgrp", "getpwuid", "getuid", "killpg", "mkfifo", "nice", "openpty",
    "posix_spawn", "pread", "pwrite", "sched_getaffinity", "setpgid", "setsid", "statvfs", "sysconf", "wait4",
)  # fmt: skip
SIGNALS = ("SIGALRM", "SIGCHLD", "SIGHUP", "SIGPIPE", "SIGUSR1", "setitimer", "alarm", "ITIMER_REAL")


class NotHere:
    """Finds that those modules are missing."""

    @staticmethod
    def find_spec(name: str, _path: Sequence[str] | None = None, _target: object = None) -> ModuleSpec | None:
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def refused(*_args: object, **_kwargs: object) -> NoReturn:
    """As Windows does to whoever is no administrator."""
    raise OSError(errno.EINVAL, "A required privilege is not held by the client")


def take_away() -> None:
    import subprocess  # noqa: F401 -- it decides for itself by what system it runs on
    import tempfile  # noqa: F401

    lockf, try_lock = os.lockf, os.F_TLOCK
    lent = types.ModuleType("msvcrt")
    vars(lent).update(LK_NBLCK=2, locking=lambda handle, _mode, size: lockf(handle, try_lock, size))
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, NotHere())
    sys.modules["msvcrt"] = lent
    os.symlink = refused
    for module, names in ((os, (*FUNCTIONS, "lockf", "F_TLOCK")), (signal, SIGNALS)):
        for name in names:
            vars(module).pop(name, None)


def call_all(commands: Sequence[Sequence[str]]) -> None:
    from sozplan.cli.app import run

    for command in commands:
        code = run(command)
        sys.stdout.write(f"== {' '.join(command[:2])}: {code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    import json

    asked = json.load(sys.stdin)
    if sys.argv[1] == "windows":
        take_away()
    call_all(asked)

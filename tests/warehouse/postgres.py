"""A PostgreSQL server of its own, as the machine's package has it, on a free port and for one run of the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOTS = (Path("/"), Path(__file__).resolve().parent.parent.parent / ".system")


def programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = (path.parent for root in ROOTS for path in root.glob("usr/lib/postgresql/*/bin/initdb"))
    return max(found, key=lambda folder: int(folder.parent.name), default=None)


class Server:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.url = f"postgresql://127.0.0.1:{port}/postgres"

    @property
    def log(self) -> str:
        """Every statement that the server was sent."""
        return (self.folder / "log").read_text(encoding="utf-8")


@contextmanager
def running(bin: Path) -> Iterator[Server]:
    """It won't work for root, so for root it works for nobody."""
    folder = Path(tempfile.mkdtemp(prefix="sozplan-postgres-"))
    owner = "nobody" if os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner, pwd.getpwnam(owner).pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = {
        "user": owner,
        "cwd": folder,
        "check": True,
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "LC_ALL": "C"},
    }
    (folder / "password").write_text("geheim", encoding="utf-8")
    (folder / "password").chmod(0o644)
    data, log = folder / "data", folder / "log"
    options = f"-k {folder} -h 127.0.0.1 -p {port} -c log_statement=all -c fsync=off"
    made = ("-D", data, "-U", "statistik", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "-E", "UTF8")
    subprocess.run([bin / "initdb", *made, "--locale=C"], **asked)  # type: ignore[call-overload]
    subprocess.run([bin / "pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start"], **asked)  # type: ignore[call-overload]
    try:
        yield Server(folder, port)
    finally:
        subprocess.run([bin / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **asked)  # type: ignore[call-overload]
        shutil.rmtree(folder)

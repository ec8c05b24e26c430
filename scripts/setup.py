"""Prepare this checkout: system libraries, `.venv`, the locked packages and sozplan itself.

    scripts/setup run     what `make demo` needs
    scripts/setup test    and what tests and linters need
    scripts/setup ci      and what lets every test run: Java for veraPDF, Chromium, Node and axe-core for web pages,
                          LibreOffice for papers in Word, a PostgreSQL server, another clock
    scripts/setup spark   like `test`, with Spark and Java
    scripts/setup dev     like `test`, but sozplan stays editable

Uses nothing but Python's own library. Every step is skipped while what it was made from hasn't changed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SYSTEM = ROOT / ".system"
STAMPS = VENV / "stamps"
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "sozplan.yaml")
SOURCE_FOLDERS = ("src", "plans", "indicators", "templates", "handbook", "docs/ci")
PANGO = ("libgobject-2.0.so.0", "libpangoft2-1.0.so.0", "libfontconfig.so.1", "libharfbuzz-subset.so.0")
# The pip that Debian keeps for `ensurepip`.
PIP_WHEEL = "usr/share/python-wheels/pip-*.whl"


class Trouble(Exception):
    """What the person at the machine has to do, in German and English."""


class Need(NamedTuple):
    """Debian packages, and whether what we want of them is there already."""

    packages: tuple[str, ...]
    is_met: Callable[[], bool]


def main(mode: str) -> None:
    provide(needs(mode))
    make_environment()
    install_locked("run")
    if mode != "run":
        install_locked("test")
    if mode == "spark":
        install_locked("spark")
    if mode == "ci":
        install_node_packages()
    install_sozplan(editable=mode == "dev")


# System libraries


def needs(mode: str) -> Iterator[Need]:
    if sys.platform == "linux":
        yield Need(("libpangoft2-1.0-0", "libharfbuzz-subset0"), has_pango)
    if importlib.util.find_spec("ensurepip") is None:
        yield Need(("python3-pip-whl",), lambda: any(system_files(PIP_WHEEL)))
    if mode != "run":
        yield Need(("poppler-utils",), lambda: runs("pdftotext", "-v") and runs("pdftoppm", "-v"))
    if mode == "ci":
        yield Need(("default-jdk-headless",), lambda: runs("javac", "-version"))
        yield Need(("libjaxb-java",), lambda: any(system_files("usr/share/java/jaxb-runtime.jar")))
        yield Need(("chromium",), lambda: any(system_files("usr/lib/chromium/chromium")))
        yield Need(("nodejs", "npm"), lambda: runs("node", "--version") and runs("npm", "--version"))
        yield Need(("faketime",), lambda: any(system_files("usr/lib/*/faketime/libfaketime.so.1")))
        yield Need(("libreoffice-writer",), lambda: runs("soffice", "--version"))
        yield Need(("libreoffice-calc",), lambda: any(system_files("usr/lib/libreoffice/program/libsclo.so")))
        yield Need(("postgresql",), lambda: any(system_files("usr/lib/postgresql/*/bin/initdb")))
    if mode == "spark":
        yield Need(("default-jre-headless",), lambda: runs("java", "-version"))


def has_pango() -> bool:
    return runs(sys.executable, "-c", f"import ctypes\nfor name in {PANGO}: ctypes.CDLL(name)")


def runs(*command: str) -> bool:
    """Whether the command works with the paths that `scripts/run` sets."""
    return subprocess.run(["sh", ROOT / "scripts/run", *command], capture_output=True).returncode == 0


def system_files(pattern: str) -> Iterator[Path]:
    """Of the machine itself, then of what was unpacked without root."""
    yield from (path for root in (Path("/"), SYSTEM) for path in sorted(root.glob(pattern)))


def provide(wanted: Iterable[Need]) -> None:
    missing = [need for need in wanted if not need.is_met()]
    if not missing:
        return
    packages = [package for need in missing for package in need.packages]
    if shutil.which("apt-get") is None:
        names = " ".join(packages)
        raise Trouble(
            f"Bitte mit der Paketverwaltung dieses Systems installieren (Namen unter Debian): {names}."
            f" / Please install with this system's package manager (named as on Debian): {names}."
        )
    say(f"Debian-Pakete / Debian packages: {' '.join(packages)}")
    if not install_as_root(packages) or not all(need.is_met() for need in missing):
        unpack_without_root(packages)
    if not all(need.is_met() for need in missing):
        raise Trouble(
            f"Auch danach ist nicht alles da; bitte von Hand installieren: apt-get install {' '.join(packages)}"
            f" / Something is still missing; please install by hand: apt-get install {' '.join(packages)}"
        )


def install_as_root(packages: list[str]) -> bool:
    """False where neither root nor a sudo that doesn't ask is at hand, or apt refuses."""
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and succeeds("sudo", "-n", "true"):
        prefix = ["sudo", "-n"]
    else:
        return False
    prefix += ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    succeeds(*prefix, "update")
    return succeeds(*prefix, "install", "--yes", "--no-install-recommends", *packages)


def unpack_without_root(packages: list[str]) -> None:
    """Fetch the packages with all they depend on and unpack them into `.system`, which `scripts/run` puts on the path.

    An empty list of installed packages makes apt fetch everything, whatever this machine has.
    libc and libgcc must stay the machine's own: its programs are bound to them.
    """
    apt = SYSTEM / "apt"
    for folder in (apt / "state/lists/partial", apt / "cache/archives/partial"):
        folder.mkdir(parents=True, exist_ok=True)
    (apt / "status").touch()
    options = [f"Dir::State={apt}/state", f"Dir::State::status={apt}/status", f"Dir::Cache={apt}/cache"]
    command = ["apt-get", "-qq", *(part for option in options for part in ("-o", option))]
    must(*command, "-o", "Acquire::Languages=none", "update")
    must(*command, "install", "--download-only", "--yes", "--no-install-recommends", *packages)
    for package in sorted((apt / "cache/archives").glob("*.deb")):
        if not package.name.startswith(("libc6_", "libgcc-s1_")):
            must("dpkg", "-x", str(package), str(SYSTEM))
    shutil.rmtree(apt)
    keep_links_inside(SYSTEM)
    tell_office_where_it_is(SYSTEM)
    write_font_settings()


def keep_links_inside(system: Path) -> None:
    """Packages link to absolute paths (Java to its settings in /etc); here these stand below `.system`."""
    for folder, folders, files in os.walk(system):
        for path in (Path(folder, name) for name in (*folders, *files)):
            if path.is_symlink() and (target := path.readlink()).is_absolute():
                inside = system / target.relative_to("/")
                if inside.exists():
                    path.unlink()
                    path.symlink_to(inside)


def tell_office_where_it_is(system: Path) -> None:
    """LibreOffice has its places written down; its settings are copied to /etc only where it is really installed."""
    here = system.as_uri()
    for path in (system / "usr/lib/libreoffice/program").glob("*rc"):
        content = path.read_text(encoding="utf-8")
        content = content.replace("file:///etc/libreoffice/registry", f"{here}/usr/lib/libreoffice/share/.registry")
        path.write_text(re.sub("file:///(?=etc/|usr/)", f"{here}/", content), encoding="utf-8")


def write_font_settings() -> None:
    """The unpacked fonts beside the machine's own; without any font Pango crashes."""
    here = escape(str(SYSTEM))
    (SYSTEM / "fonts.conf").write_text(
        '<?xml version="1.0"?>\n<fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>/usr/share/fonts</dir><dir>{here}/usr/share/fonts</dir><cachedir>{here}/fontconfig</cachedir>"
        "</fontconfig>\n",
        encoding="utf-8",
    )


# Python environment


def make_environment() -> None:
    """A fresh `.venv` whenever Python or the lock file has changed, so that nothing old stays in it."""
    python = f"{sys.version} {sys.base_prefix}"
    stamp = Stamp("python", digest(python, (ROOT / "requirements/run.txt").read_bytes()))
    if stamp.holds() and succeeds(str(PYTHON), "--version"):
        return
    say("Python-Umgebung / Python environment: .venv")
    if importlib.util.find_spec("ensurepip"):
        must(sys.executable, "-m", "venv", "--clear", str(VENV))
    else:
        must(sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV))
        wheel = next(system_files(PIP_WHEEL))
        must(str(PYTHON), f"{wheel}/pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    stamp.set()


def install_locked(name: str) -> None:
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = Stamp(name, digest(lock.read_bytes()))
    if stamp.holds():
        return
    say(f"Pakete / packages: {lock.relative_to(ROOT)} (einmalig etwa eine Minute / once, about a minute)")
    pip("--require-hashes", "--no-deps", "--requirement", str(lock))
    stamp.set()


def install_node_packages() -> None:
    """What tests of web pages and of editors need, locked as well; no package may run anything when installed."""
    for name in ("browser", "editor"):
        folder = ROOT / "tests" / name
        stamp = Stamp(name, digest((folder / "package-lock.json").read_bytes()))
        if stamp.holds() and (folder / "node_modules").exists():
            continue
        say(f"npm-Pakete / packages: tests/{name}")
        must("sh", str(ROOT / "scripts/run"), "npm", "ci", "--ignore-scripts", "--prefix", str(folder), quiet=True)
        stamp.set()


def install_sozplan(*, editable: bool) -> None:
    """The wheel, as users get it: what is missing from it must show here."""
    stamp = Stamp("sozplan", "editable" if editable else digest(*source_files()))
    if stamp.holds():
        return
    say("sozplan")
    if editable:
        pip("--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    else:
        folder = ROOT / "build/wheel"
        shutil.rmtree(folder, ignore_errors=True)
        must(str(PYTHON), "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), quiet=True)
        pip("--no-index", "--no-deps", "--force-reinstall", *map(str, folder.glob("*.whl")))
    stamp.set()


def source_files() -> Iterator[str | bytes]:
    """Names and contents of all that goes into the wheel."""
    folders = (sorted((ROOT / folder).rglob("*")) for folder in SOURCE_FOLDERS)
    for path in (*(ROOT / name for name in SOURCES), *(path for folder in folders for path in folder)):
        if path.is_file() and path.suffix != ".pyc":
            yield str(path.relative_to(ROOT))
            yield path.read_bytes()


def pip(*arguments: str) -> None:
    must(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


class Stamp(NamedTuple):
    """What a step was made from; lives inside `.venv`, so it vanishes with it."""

    name: str
    content: str

    def holds(self) -> bool:
        path = STAMPS / self.name
        return path.exists() and path.read_text(encoding="ascii") == self.content

    def set(self) -> None:
        STAMPS.mkdir(exist_ok=True)
        (STAMPS / self.name).write_text(self.content, encoding="ascii")


def digest(*parts: str | bytes) -> str:
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


# Commands


def succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, cwd=ROOT).returncode == 0
    except OSError:
        return False


def must(*command: str, quiet: bool = False) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=quiet, text=True)
    if done.returncode != 0:
        raise Trouble((done.stderr or "") + f"Fehlgeschlagen / failed: {' '.join(command)}")


def say(line: str) -> None:
    print(f"· {line}", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Trouble as trouble:
        sys.exit(f"{trouble}")

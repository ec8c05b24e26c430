"""The scripts that set a machine up, as far as they can be tried without changing the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import setup

ROOT = Path(__file__).resolve().parents[2]


def machine(tmp_path: Path, **programs: str) -> dict[str, str]:
    """An environment that knows `sh`, what the scripts need of coreutils, and these programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "dirname"):
        (folder / name).symlink_to(shutil.which(name) or name)
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return {"PATH": str(folder), "HOME": str(tmp_path)}


def test_an_older_python_gets_one_sentence(tmp_path: Path) -> None:
    old = 'case "$2" in *print*) echo "Python 3.9";; *) exit 1;; esac'
    done = subprocess.run(
        ["sh", ROOT / "scripts/setup", "run"], env=machine(tmp_path, python3=old), capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "sozplan braucht Python 3.11 oder neuer, gefunden: Python 3.9."
        " / sozplan needs Python 3.11 or newer, found: Python 3.9.\n"
    )


def test_no_python_gets_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(["sh", ROOT / "scripts/setup", "run"], env=machine(tmp_path), capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "sozplan braucht Python 3.11 oder neuer, gefunden: keines. / sozplan needs Python 3.11 or newer, found: none.\n"
    )


def test_a_newer_python_beside_an_old_one_is_taken(tmp_path: Path) -> None:
    new = f'case "$1" in -c) exec "{sys.executable}" "$@";; *) echo "new $3";; esac'
    environment = machine(tmp_path, python3="exit 1", **{"python3.12": new})
    done = subprocess.run(["sh", ROOT / "scripts/setup", "run"], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "new run\n", "")


def test_without_apt_one_sentence_names_what_to_install(tmp_path: Path) -> None:
    program = (
        "from scripts import setup\n"
        "pango = setup.Need(('libpangoft2-1.0-0', 'libharfbuzz-subset0'), lambda: False)\n"
        "tools = setup.Need(('poppler-utils',), lambda: True)\n"
        "try: setup.provide([pango, tools])\nexcept setup.Trouble as trouble: print(trouble)"
    )
    command = [sys.executable, "-B", "-c", program]
    done = subprocess.run(command, env=machine(tmp_path), cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == (
        "Bitte mit der Paketverwaltung dieses Systems installieren (Namen unter Debian): libpangoft2-1.0-0"
        " libharfbuzz-subset0. / Please install with this system's package manager (named as on Debian):"
        " libpangoft2-1.0-0 libharfbuzz-subset0.\n"
    ), done.stderr


def test_run_finds_what_was_unpacked_without_root(tmp_path: Path) -> None:
    checkout = tmp_path / "a checkout"
    libraries = checkout / ".system/usr/lib/x86_64-linux-gnu"
    libraries.mkdir(parents=True)
    shutil.copytree(ROOT / "scripts", checkout / "scripts")
    done = subprocess.run(
        ["sh", checkout / "scripts/run", "sh", "-c", 'echo "$PATH|$LD_LIBRARY_PATH"'],
        env={**os.environ, "PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": "/before"},
        capture_output=True,
        text=True,
        check=True,
    )
    path, _, library_path = done.stdout.rstrip("\n").partition("|")
    assert path == f"{checkout}/.venv/bin:/usr/bin:/bin:{checkout}/.system/usr/bin"
    assert library_path == f"{libraries}:/before"


def test_run_leaves_the_library_path_alone_where_nothing_was_unpacked(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    environment = {"PATH": "/usr/bin:/bin"}
    command = ["sh", str(tmp_path / "scripts/run"), "sh", "-c", 'echo "${LD_LIBRARY_PATH-unset}"']
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "unset\n"


def test_links_of_unpacked_packages_stay_below_their_folder(tmp_path: Path) -> None:
    settings = tmp_path / "etc/java/security"
    settings.mkdir(parents=True)
    links = {
        "lib/security": "/etc/java/security",
        "lib/shell": "/bin/sh",
        "lib/here": "security",
        "lib/gone": "/etc/no",
    }
    (tmp_path / "lib").mkdir()
    for link, target in links.items():
        (tmp_path / link).symlink_to(target)
    setup.keep_links_inside(tmp_path)
    assert {link: str((tmp_path / link).readlink()) for link in links} == links | {"lib/security": str(settings)}


def test_an_unpacked_office_program_looks_for_its_parts_where_they_are(tmp_path: Path) -> None:
    system = tmp_path / "a system"
    program = system / "usr/lib/libreoffice/program"
    program.mkdir(parents=True)
    (program / "fundamentalrc").write_text(
        "BRAND_BASE_DIR=file:///usr/lib/libreoffice\nLAYERS=xcsxcu:file:///etc/libreoffice/registry dconf:*\n"
        "FHS_CONFIG_FILE=file:///etc/libreoffice/sofficerc\nLO_LIB_DIR=${BRAND_BASE_DIR}/program\n"
    )
    setup.tell_office_where_it_is(system)
    here = f"file://{tmp_path}/a%20system"
    assert (program / "fundamentalrc").read_text() == (
        f"BRAND_BASE_DIR={here}/usr/lib/libreoffice\n"
        f"LAYERS=xcsxcu:{here}/usr/lib/libreoffice/share/.registry dconf:*\n"
        f"FHS_CONFIG_FILE={here}/etc/libreoffice/sofficerc\nLO_LIB_DIR=${{BRAND_BASE_DIR}}/program\n"
    )


def test_a_change_in_any_file_of_the_wheel_makes_a_new_one() -> None:
    packed = ("src", "sozplan.yaml", "plans", "indicators", "templates", "handbook", "pyproject.toml", "README.md")
    command = ["git", "ls-files", "-z", *packed]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    watched = {part for part in setup.source_files() if isinstance(part, str)}
    assert {name for name in listed if name and (ROOT / name).exists()} - watched == set()
    assert setup.digest("ab", b"c") != setup.digest("a", b"bc")

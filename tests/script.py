"""The program as it was installed, called like any other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import GIT_ENVIRONMENT

SCRIPT = Path(sys.executable).with_name("sozplan")


def script() -> Path:
    if not SCRIPT.exists():
        pytest.skip("sozplan is not installed here; run with `make test`")
    return SCRIPT


def call(cwd: Path, *command: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """With nothing on Python's path but what is installed."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env: Mapping[str, str] = {**given, **GIT_ENVIRONMENT, **environ}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)

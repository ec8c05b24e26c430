"""One reader without coverage: what is sound is broken at random, again and again."""

from __future__ import annotations

import faulthandler
import hashlib
import random
import resource
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

from tests.fuzz import mutate
from tests.fuzz.readers import Readers
from tests.fuzz.run import MEMORY_MB, SECONDS_A_CASE


def main(name: str, seconds: str, corpus: str, findings: str, seed: str) -> int:
    warnings.simplefilter("error")
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_MB * 1_000_000,) * 2)
    sound = [path.read_bytes() for path in sorted(Path(corpus).iterdir())]
    chance, until, count = random.Random(f"{name} {seed}"), time.monotonic() + float(seconds), 0
    current = Path(findings) / f"{name}-current"
    with tempfile.TemporaryDirectory() as folder:
        reader = Readers(Path(folder)).all()[name]
        while time.monotonic() < until:
            case = mutate.broken(chance, sound)
            current.write_bytes(case)  # so that it is there even if the process dies of it
            faulthandler.dump_traceback_later(SECONDS_A_CASE, exit=True)
            try:
                reader(case)
            except Exception:
                current.rename(Path(findings) / f"{name}-{hashlib.sha256(case).hexdigest()[:16]}")
                traceback.print_exc()
                return 1
            count += 1
    faulthandler.cancel_dump_traceback_later()
    current.unlink(missing_ok=True)
    print(f"number_of_executed_units: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

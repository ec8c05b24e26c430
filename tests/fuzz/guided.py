"""One reader under atheris: libFuzzer looks for input that takes another way through our code."""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["sozplan"]):
    from tests.fuzz.readers import Readers

from tests.fuzz import mutate
from tests.fuzz.run import MEMORY_MB, SECONDS_A_CASE


def main(name: str, seconds: str, corpus: str, findings: str, seed: str) -> None:
    words = Path(corpus).parent / f"{name}.dict"
    words.write_text(mutate.dictionary(), encoding="ascii")
    # the folder outlives the process, which libFuzzer ends without asking Python: it lies where the next run sweeps it
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=corpus.rpartition("/corpus/")[0]))
    options = [
        f"-max_total_time={float(seconds):.0f}", f"-timeout={SECONDS_A_CASE}", f"-rss_limit_mb={MEMORY_MB}",
        f"-artifact_prefix={findings}/{name}-", f"-dict={words}", "-print_final_stats=1", "-max_len=100000",
        "-len_control=20", f"-seed={int(seed) % 2**32 or 1}", corpus,
    ]  # fmt: skip
    warnings.simplefilter("error")  # a library's warning would reach the user as a line of its own
    atheris.Setup([sys.argv[0], *options], Readers(folder).all()[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A check as build servers and pull requests read it, a module a format, all from the same findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sozplan.diagnostics import Lang
from sozplan.render.ci import github, gitlab, junit, markdown, sarif
from sozplan.render.ci.run import Run, below

FORMATS: Mapping[str, Callable[[Run, Lang], str]] = {
    "github": github.commands,
    "gitlab": gitlab.code_quality,
    "sarif": sarif.log,
    "junit": junit.suites,
    "markdown": markdown.comment,
}
SPEECHLESS = frozenset({"gitlab", "sarif", "junit"})
"""Their readers show findings only, so the summary is told beside them."""

__all__ = ["FORMATS", "SPEECHLESS", "Run", "below"]

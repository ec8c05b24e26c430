"""What every format is made of: the findings, and what they were asked for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sozplan.diagnostics import Code, Diagnostic, Severity
from sozplan.model.calendar import Waiver
from sozplan.render.findings import Result
from sozplan.rules import Checked
from sozplan.rules.since import sense


@dataclass(frozen=True, slots=True)
class Run:
    """A check: its result, the rules that were asked, and from which severity on it fails."""

    result: Result
    codes: tuple[Code, ...]
    fail_on: Severity

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        return self.result.checked.open

    @property
    def waived(self) -> tuple[Diagnostic, ...]:
        return self.result.checked.waived

    def fails(self, finding: Diagnostic) -> bool:
        return finding.code.environment or finding.severity.rank <= self.fail_on.rank

    def waiver(self, finding: Diagnostic) -> Waiver | None:
        named = (finding.code.id, finding.entity)
        return next((w for w in self.result.read.plan.waivers if (w.rule, w.entity) == named), None)


def below(folder: str, checked: Checked) -> Checked:
    """With paths from the top of the git repository, where build servers look; `folder` is "" or "planung/"."""
    return Checked(*(tuple(_below(folder, finding) for finding in findings) for findings in checked))


def _below(folder: str, finding: Diagnostic) -> Diagnostic:
    return replace(finding, at=finding.at._replace(file=folder + finding.at.file))


def fingerprinted(run: Run) -> Iterator[tuple[Diagnostic, str, bool]]:
    """Each finding with a mark that stays when lines move, and whether it is waived."""
    seen: Counter[object] = Counter()
    for findings, is_waived in ((run.open, False), (run.waived, True)):
        for finding in findings:
            said = sense(finding)
            seen[said] += 1
            parts = "\0".join((*said, str(seen[said])))
            yield finding, hashlib.sha256(parts.encode(errors="backslashreplace")).hexdigest(), is_waived

"""GitLab's Code Quality report."""

from __future__ import annotations

import json

from sozplan.diagnostics import Diagnostic, Lang, Severity
from sozplan.render.ci.run import Run, fingerprinted
from sozplan.render.findings import WAIVED, one_line

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def code_quality(run: Run, lang: Lang) -> str:
    """GitLab compares the fingerprints of both branches; it knows no waivers, so these are infos that say so."""
    document = [
        {
            "description": _description(finding, lang, is_waived=is_waived),
            "check_name": finding.code.id,
            "fingerprint": fingerprint,
            "severity": "info" if is_waived else _severity(finding),
            "location": {"path": finding.at.file, "lines": {"begin": finding.at.line}},
        }
        for finding, fingerprint, is_waived in fingerprinted(run)
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _severity(finding: Diagnostic) -> str:
    return "blocker" if finding.code.environment else _SEVERITIES[finding.severity]


def _description(finding: Diagnostic, lang: Lang, *, is_waived: bool) -> str:
    said = one_line(finding.say(lang))
    return f"({WAIVED.say(lang)}) {said}" if is_waived else said

"""SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from sozplan import __version__
from sozplan.diagnostics import Code, Diagnostic, Lang, Severity, text
from sozplan.render.ci.run import Run, fingerprinted
from sozplan.render.findings import one_line, summary
from sozplan.render.pages import page

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"
_ROOT_MEANS = text(de="Oberster Ordner des Repositorys", en="Top folder of the repository")

Json = dict[str, Any]


def log(run: Run, lang: Lang) -> str:
    found = list(fingerprinted(run))
    codes = sorted({finding.code.id: finding.code for finding, _, _ in found}.items())
    index = {id: i for i, (id, _) in enumerate(codes)}
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver([code for _, code in codes], lang)},
                "language": lang,
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"description": {"text": _ROOT_MEANS.say(lang)}}},
                "invocations": [{"executionSuccessful": not any(f.code.environment for f in run.open)}],
                "results": [
                    _result(run, finding, fingerprint, lang, is_waived=is_waived)
                    | {"ruleIndex": index[finding.code.id]}
                    for finding, fingerprint, is_waived in found
                ],
                "properties": {"asOf": run.result.as_of.isoformat(), "summary": summary(run.result, lang)},
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _driver(codes: list[Code], lang: Lang) -> Json:
    return {
        "name": "sozplan",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code, lang) for code in codes],
    }


def _rule(code: Code, lang: Lang) -> Json:
    return {
        "id": code.id,
        "shortDescription": {"text": code.title.say(lang)},
        "fullDescription": {"text": code.why.say(lang)},
        "help": {"text": code.why.say(lang), "markdown": page(code, lang)},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(run: Run, finding: Diagnostic, fingerprint: str, lang: Lang, *, is_waived: bool) -> Json:
    result: Json = {
        "ruleId": finding.code.id,
        "level": _LEVELS[finding.severity],
        "message": {"text": one_line(finding.say(lang))},
        "locations": [_location(finding)],
        "partialFingerprints": {"sozplan/v1": fingerprint},
    }
    if run.result.older is not None:
        result["baselineState"] = "new"
    if is_waived:
        result["suppressions"] = [_suppression(run, finding)]
    return result


def _location(finding: Diagnostic) -> Json:
    location: Json = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(finding.at.file, errors="backslashreplace"), "uriBaseId": _ROOT},
            "region": {"startLine": finding.at.line, "startColumn": finding.at.column},
        }
    }
    if finding.entity is not None:
        location["logicalLocations"] = [{"name": finding.entity}]
    return location


def _suppression(run: Run, finding: Diagnostic) -> Json:
    """`external`: the waiver stands in a file of its own, not beside what it waives."""
    waiver = run.waiver(finding)
    reason = {"justification": one_line(waiver.reason)} if waiver else {}
    return {"kind": "external", "status": "accepted", **reason}

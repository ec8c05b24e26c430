"""JUnit XML, which nearly every build server reads."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sozplan.diagnostics import Code, Diagnostic, Lang, text
from sozplan.render.ci.run import Run
from sozplan.render.findings import WAIVED, line, one_line, summary, waived_line

_Found = Mapping[str, Sequence[Diagnostic]]


def suites(run: Run, lang: Lang) -> str:
    """A test case a rule: the same ones in every run, so that build servers can tell what is new."""
    found, waived = _by_rule(run.open), _by_rule(run.waived)
    codes = {code.id: code for code in (*run.codes, *(finding.code for finding in (*run.open, *run.waived)))}
    suite = ET.Element("testsuite", name="sozplan check")
    for code in codes.values():
        _add_case(suite, run, code, found.get(code.id, ()), waived.get(code.id, ()), lang)
    ET.SubElement(suite, "system-out").text = "\n".join(summary(run.result, lang))
    for attribute, kind in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        suite.set(attribute, str(sum(1 for _ in suite.iter(kind))))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _by_rule(findings: Sequence[Diagnostic]) -> _Found:
    found = defaultdict(list)
    for finding in findings:
        found[finding.code.id].append(finding)
    return found


def _add_case(
    suite: ET.Element, run: Run, code: Code, found: Sequence[Diagnostic], waived: Sequence[Diagnostic], lang: Lang
) -> None:
    """Findings that don't fail the check are told as output, waived ones as what was skipped."""
    case = ET.SubElement(
        suite, "testcase", classname=f"sozplan.{code.group}", name=f"{code.id} – {code.title.say(lang)}"
    )
    failed = [finding for finding in found if run.fails(finding)]
    if failed:
        _fail(case, failed, lang)
    elif waived:
        ET.SubElement(case, "skipped", message=_reasons(run, waived, lang))
    rest = [line(finding, lang) for finding in found if not run.fails(finding)]
    rest += [waived_line(finding, lang) for finding in waived]
    if rest:
        ET.SubElement(case, "system-out").text = "\n".join(rest)


def _fail(case: ET.Element, failed: Sequence[Diagnostic], lang: Lang) -> None:
    gravest = min(failed, key=lambda finding: finding.severity.rank)
    message = one_line(gravest.say(lang)) if len(failed) == 1 else _FINDINGS.say(lang).format(count=len(failed))
    kind = "error" if gravest.code.environment else "failure"
    element = ET.SubElement(case, kind, type=gravest.severity.value, message=message)
    element.text = "\n".join(line(finding, lang) for finding in failed)


def _reasons(run: Run, waived: Sequence[Diagnostic], lang: Lang) -> str:
    reasons = dict.fromkeys(one_line(waiver.reason) for finding in waived if (waiver := run.waiver(finding)))
    return f"{WAIVED.say(lang)}: {' / '.join(reasons)}"


_FINDINGS = text(de="{count} Befunde", en="{count} findings")

"""Papers as Word files, made as the command makes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sozplan.analysis.attainment import assess
from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang
from sozplan.model.case import Case
from sozplan.render import report
from sozplan.render.document import Html
from sozplan.render.kinds import Kind, said_by
from sozplan.render.overview import overview, said_by_strategy
from sozplan.render.resources import Resources, image
from sozplan.render.word.document import docx
from sozplan.render.word.fields import sheet
from tests.render.documents import STAMP
from tests.rules.harness import AS_OF, case_of

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "tests/examples"
TOWN = ("bahnviertel-2026", "nordhafen-2026", "weststadt-2026")
Made = tuple[Html, bytes]


@cache
def town(lang: Lang = "de") -> dict[str, Made]:
    """All papers of the example town."""
    case, _ = case_of(ROOT)
    logo = Resources({"logo.svg": image("logo.svg", (ROOT / "templates/logo.svg").read_bytes())})
    return {plan.id: made(case, index, lang, logo) for index, plan in enumerate(case.plan.area_plans)}


def made(
    case: Case,
    index: int = 0,
    lang: Lang = "de",
    resources: Resources | None = None,
    template: bytes | None = None,
    kind: Kind = Kind.DECISION,
) -> Made:
    assessment, plan = assess(case, Audience.PUBLIC), case.plan.area_plans[index]
    if kind is Kind.SUMMARY:
        document = overview(case, assessment, lang=lang, audience=Audience.PUBLIC, stamp=STAMP)
        form = sheet(case.plan, None, said_by_strategy(case.plan), STAMP, lang, template)
    else:
        document = report.paper(
            case, assessment, plan, lang=lang, audience=Audience.PUBLIC, stamp=STAMP, kind=kind
        )  # fmt: skip
        form = sheet(case.plan, plan, said_by(plan, kind, case.as_of), STAMP, lang, template)
    return document, docx(document, form, created=AS_OF, resources=resources)


@cache
def kinds(root: Path, kind: Kind, lang: Lang = "de") -> dict[str, Made]:
    """All papers of a kind in a repository."""
    case, _ = case_of(root)
    logo = Resources({"logo.svg": image("logo.svg", (ROOT / "templates/logo.svg").read_bytes())})
    plans = [plan.id for plan in case.plan.area_plans][: 1 if kind is Kind.SUMMARY else None]
    return {f"{root.name}-{id}-{kind.value}": made(case, i, lang, logo, kind=kind) for i, id in enumerate(plans)}

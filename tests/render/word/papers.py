"""Papers as Word files, made as the command makes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sozplan.analysis.attainment import assess
from sozplan.analysis.disclosure import Audience
from sozplan.diagnostics import Lang
from sozplan.model.case import Case
from sozplan.model.papers import Paper
from sozplan.render import report
from sozplan.render.document import Html
from sozplan.render.resources import Resources, image
from sozplan.render.word.document import docx
from sozplan.render.word.fields import sheet
from tests.render.documents import STAMP
from tests.rules.harness import AS_OF, case_of

ROOT = Path(__file__).parents[3]
TOWN = ("bahnviertel-2026", "nordhafen-2026", "weststadt-2026")
Made = tuple[Html, bytes]


@cache
def town(lang: Lang = "de") -> dict[str, Made]:
    """All papers of the example town."""
    case, _ = case_of(ROOT)
    logo = Resources({"logo.svg": image("logo.svg", (ROOT / "templates/logo.svg").read_bytes())})
    return {plan.id: made(case, index, lang, logo) for index, plan in enumerate(case.plan.area_plans)}


def made(
    case: Case, index: int = 0, lang: Lang = "de", resources: Resources | None = None, template: bytes | None = None
) -> Made:
    plan = case.plan.area_plans[index]
    document = report.paper(
        case, assess(case, Audience.PUBLIC), plan, lang=lang, audience=Audience.PUBLIC, stamp=STAMP
    )  # fmt: skip
    form = sheet(case.plan, plan, plan.paper or Paper(), STAMP, lang, template)
    return document, docx(document, form, created=AS_OF, resources=resources)

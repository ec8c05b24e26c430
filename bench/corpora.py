"""Planning repositories of a chosen size, linked as in life and free of faults, to measure on.

Every plan has an area of its own with its designation, a resolution, a contract and an inventory item in other
files; goals serve the strategy, measures are paid by programmes, figures come from the catalogue.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path


@dataclass(frozen=True)
class Corpus:
    """So many files of about so many lines; `strands` are need, goal and measure of one plan, in series."""

    name: str
    files: int
    lines: int
    strands: int


MANY = Corpus("many", files=10_000, lines=40, strands=1)
LARGE = Corpus("large", files=1_000, lines=270, strands=8)
ENTITIES = Corpus("entities", files=1_724, lines=40, strands=1)
"""Ten thousand plans, goals, measures and so on, and a few more."""
PAPERS = Corpus("papers", files=40, lines=270, strands=8)

GOALS, OFFICES, PROGRAMMES = 12, 20, 8
FIRST_SHEETS = 10


def write(corpus: Corpus, root: Path) -> None:
    """Writes the repository below `root`, which must not exist."""
    for path, content in files(corpus).items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode())


def commit(root: Path, changed: int) -> None:
    """Makes two commits of the repository; in the second so many area plans say something else."""
    _git(root, "init", "--quiet")
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message=Stand")
    for place in sorted((root / "plans/areas").iterdir())[:changed]:
        content = place.read_text(encoding="utf-8")
        place.write_text(content.replace("title: Treffpunkt", "title: Treff"), encoding="utf-8")
    _git(root, "commit", "--quiet", "--all", "--message=Stand")


def _git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Sozialplanung", "-c", "user.email=sozialplanung@example.org")
    subprocess.run(["git", "-C", str(root), *identity, "-c", "core.autocrlf=false", *arguments], check=True)


def files(corpus: Corpus) -> dict[str, str]:
    """Path to content: as many plans as fit beside what they refer to, filled up by indicator sheets."""
    plans = corpus.files
    while sum(_shares(corpus, plans).values()) + plans + len(_FIXED) + FIRST_SHEETS > corpus.files:
        plans -= 1
    found = {path: make() for path, make in _FIXED.items()}
    for i in range(plans):
        found[f"plans/areas/gebiet-{i:05}.yaml"] = _plan(i, corpus)
    for kind, count in _shares(corpus, plans).items():
        for n in range(count):
            numbers = range(n * plans // count, (n + 1) * plans // count)
            found[f"plans/{kind.folder}/teil-{n:05}.yaml"] = "".join(kind.make(numbers))
    for n in range(corpus.files - len(found)):
        found[f"indicators/catalogue/kennzahl-{n:04}.yaml"] = sheet(n)
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class _Kind:
    folder: str
    lines: int
    """Of what it says about one plan."""
    make: Callable[[range], Iterator[str]]


def _shares(corpus: Corpus, plans: int) -> dict[_Kind, int]:
    """How many files of each kind the plans need."""
    return {kind: ceil(plans * kind.lines / corpus.lines) for kind in _KINDS}


def _plan(i: int, corpus: Corpus) -> str:
    head = f"""\
id: plan-{i}
area: gebiet-{i}
title: Sozialraumgebietsplan Gebiet {i}
period: {{from: 2026-01-01, to: 2029-12-31}}
status: resolved
resolution: beschluss-{i}
"""
    strands = range(corpus.strands)
    parts = (("needs", _need), ("goals", _goal), ("measures", _measure))
    body = "".join(f"{key}:\n" + "".join(make(i, k) for k in strands) for key, make in parts)
    return head + body + _PARTICIPATION.format(i=i) + (_REVIEW.format(i=i) if corpus.strands > 1 else "")


def _need(i: int, k: int) -> str:
    return f"""\
  - id: plan-{i}-n{k}
    statement: Im Gebiet {i} fehlt vielen Familien ein Angebot in der Nähe ihrer Wohnung.
    evidence: [{{indicator: kennzahl-{(i + k) % FIRST_SHEETS}, period: 2024}}]
    target_groups: [gruppe-{(i + k) % 4}]
"""


def _goal(i: int, k: int) -> str:
    baseline = 20 + (i * 7 + k * 3) % 300 / 10
    return f"""\
  - id: plan-{i}-g{k}
    statement: Bis Ende 2028 erreicht das Angebot im Gebiet {i} mehr Familien als heute.
    serves: teilziel-{(i + k) % GOALS}
    needs: [plan-{i}-n{k}]
    owner: amt-{(i + k) % OFFICES}
    targets:
      - id: plan-{i}-g{k}-t
        indicator: kennzahl-{(i + k) % FIRST_SHEETS}
        kind: change
        baseline: {{period: 2024, value: {baseline:.1f}}}
        target: {{period: 2028, value: {baseline + 8:.1f}}}
"""


def _measure(i: int, k: int) -> str:
    planned = 20_000 + (i * 37 + k * 11) % 400 * 100
    return f"""\
  - id: plan-{i}-m{k}
    title: Treffpunkt Gebiet {i}, Baustein {k + 1}
    goals: [plan-{i}-g{k}]
    duty: voluntary
    commitment: resolved
    budget_reservation: false
    planned: {{from: 2026-03-01, to: {2026 + k % 4}-12-31}}
    responsible: amt-{(i + k) % OFFICES}
    executing: [traeger-{i}]
    budget:
      - year: {2026 + k % 4}
        product: "06.02.0{1 + k % 9}"
        cost_centre: "51{i % 100:02}"
        planned: {planned}
        medium_term: true
        financing: {{own: {planned // 2}, programm-{(i + k) % PROGRAMMES}: {planned - planned // 2}}}
"""


_PARTICIPATION = """\
participation: [{{title: Gebietskonferenz, date: 2025-09-10, participants: [traeger-{i}], \
target_groups: [gruppe-0, gruppe-1, gruppe-2, gruppe-3]}}]
"""
_REVIEW = """\
reviews:
  - id: plan-{i}-r
    subject: plan-{i}-m0
    cut_off: 2026-06-30
    statement: Das Angebot läuft.
    outputs:
      - {{statement: Öffnungstage, value: 61, unit: Tage}}
    spent: 4100
    decision_needed: Ein zweiter Öffnungstag kostet zusätzlich.
    lights: {{schedule: green, resources: green, output: green}}
    approved: {{role: amt-{i}, date: 2026-07-20}}
""".replace("amt-{i}", "amt-0")


def district(i: int) -> str:
    return f'  - {{id: bezirk-{i}, key: "{i:05}", name: Bezirk {i}, level: bezirk, parent: messstadt}}\n'


def _territory(numbers: range) -> Iterator[str]:
    yield "units:\n"
    for i in numbers:
        yield district(i)
    yield "social_areas:\n"
    for i in numbers:
        yield f"  - id: gebiet-{i}\n    name: Gebiet {i}\n    parts: [{{unit: bezirk-{i}}}]\n"
    yield "designations:\n"
    for i in numbers:
        yield f"""\
  - id: festlegung-{i}
    area: gebiet-{i}
    date: 2025-05-22
    status: resolved
    resolution: beschluss-{i}
    indicators: [{{indicator: kennzahl-{i % FIRST_SHEETS}, period: 2024}}]
    local_experience:
      - {{body: rat, date: 2025-03-12, statement: Weite Wege., document: {{path: plans/resolutions/grundsatz.yaml}}}}
    next_review: 2029-05-31
"""


def _resolutions(numbers: range) -> Iterator[str]:
    yield "resolutions:\n"
    for i in numbers:
        yield f"""\
  - id: beschluss-{i}
    number: V-2025-{i}
    body: rat
    date: 2025-05-22
    title: Sozialraumgebiet und Gebietsplan {i}
    wording: Der Rat legt das Gebiet {i} fest und beschließt den Gebietsplan.
    vote: {{ayes: 33, noes: 6, abstentions: 2}}
    subjects: [plan-{i}, festlegung-{i}]
"""


def _organisation(numbers: range) -> Iterator[str]:
    yield "actors:\n"
    for i in numbers:
        yield f"  - {{id: traeger-{i}, name: Nachbarschaft {i} e. V., kind: provider, external: true}}\n"
    yield "contracts:\n"
    for i in numbers:
        yield f"""\
  - id: vertrag-{i}
    title: Zuwendungsvertrag Gebiet {i}
    kind: grant-contract
    parties: [amt-{i % OFFICES}, traeger-{i}]
    term: {{from: 2026-01-01, to: 2029-12-31}}
    amount: {10_000 + i % 90 * 100}
    proof_due: 2027-03-31
    measures: [plan-{i}-m0]
"""


def _inventory(numbers: range) -> Iterator[str]:
    yield "items:\n"
    for i in numbers:
        yield f"""\
  - id: bestand-{i}
    title: Treffpunkt {i}
    kind: facility
    operator: traeger-{i}
    site: bezirk-{i}
    catchment: [gebiet-{i}]
    contract: vertrag-{i}
    since: 2015-04-01
    assessment:
      - {{criterion: Erreichbarkeit, score: {1 + i % 5}}}
"""


_KINDS = (
    _Kind("territory", 14, _territory),
    _Kind("resolutions", 8, _resolutions),
    _Kind("organisation", 9, _organisation),
    _Kind("inventory", 10, _inventory),
)


def sheet(n: int) -> str:
    return f"""\
id: kennzahl-{n}
name: Anteil der Haushalte mit Angebot {n} in der Nähe
definition: Anteil der Haushalte, die das Angebot {n} in zehn Minuten zu Fuß erreichen.
numerator: Haushalte mit Angebot
denominator: Haushalte
unit: "%"
direction: higher
kind: outcome
steerability: direct
timing: day
reference_day: "12-31"
periodicity: yearly
lag_months: 6
lowest_level: bezirk
responsible: amt-{n % OFFICES}
licence: dl-de/by-2-0
min_cases: 5
source: Statistikstelle
limits: Wie gut das Angebot ist, sagt die Zahl nicht.
"""


def _settings() -> str:
    return """\
version: 1
municipality: {name: Messstadt, key: "05997000", kind: kreisfreie Stadt, land: NW}
language: de
levels:
  - {id: stadt, name: Stadt, key_pattern: "[0-9]{8}"}
  - {id: bezirk, name: Bezirk, key_pattern: "[0-9]{5}"}
"""


def _strategy() -> str:
    goals = "".join(
        f"""\
  - id: teilziel-{n}
    level: intermediate
    parent: leitziel
    statement: Angebote der Art {n} sind überall erreichbar.
    owner: amt-{n % OFFICES}
    status: resolved
    resolution: grundsatzbeschluss
"""
        for n in range(GOALS)
    )
    groups = "".join(f"  - {{id: gruppe-{n}, name: Zielgruppe {n}}}\n" for n in range(4))
    return f"""\
target_groups:
{groups}goals:
  - id: leitziel
    level: guiding
    statement: Alle Menschen haben, was sie brauchen, in ihrer Nähe.
    owner: amt-0
    status: resolved
    resolution: grundsatzbeschluss
{goals}"""


def _administration() -> str:
    offices = "".join(f"  - {{id: amt-{n}, name: Amt {n}, kind: office, part_of: hvb}}\n" for n in range(OFFICES))
    return f"""\
actors:
  - {{id: hvb, name: Oberbürgermeisteramt, kind: head-of-administration}}
  - {{id: fraktionen, name: Fraktionen und Gruppen, kind: group, external: true}}
{offices}bodies:
  - id: rat
    name: Rat
    kind: deciding
    mandate: {{statement: Entscheidet über Ziele und Pläne., decides: [resolution, budget-statute]}}
    chair: hvb
    office: hvb
    members: [{{actor: fraktionen, votes: 41}}]
    quorum: 21
    majority: Mehrheit der abgegebenen Stimmen
    rhythm: {{every: 3}}
    invitation_days: 14
    minutes_days: 21
    public: true
    conflict_rule: Wer befangen ist, stimmt nicht mit.
    founded_by: grundsatzbeschluss
    sessions: [2026-06-11, 2026-09-17, 2026-12-10]
  - id: gebietskonferenz
    name: Gebietskonferenz
    kind: participating
    mandate: {{statement: Bringt die Erfahrungen aus den Gebieten ein.}}
    chair: hvb
    office: amt-0
    members: [{{actor: fraktionen, votes: 3}}, {{actor: amt-0, votes: 0}}]
    quorum: 2
    majority: Einfache Mehrheit
    rhythm: {{every: 6}}
    invitation_days: 14
    minutes_days: 14
    public: true
    reports_to: rat
    escalates_to: rat
    conflict_rule: Wer befangen ist, stimmt nicht mit.
    founded_by: grundsatzbeschluss
    sessions: [2026-03-12, 2026-09-10]
"""


def _founding() -> str:
    return """\
resolutions:
  - id: grundsatzbeschluss
    body: rat
    date: 2024-09-19
    title: Grundsatzbeschluss Sozialplanung
    wording: Der Rat beschließt seine Geschäftsordnung und die strategischen Ziele.
    subjects: [rat, gebietskonferenz, leitziel]
"""


def _city() -> str:
    return 'units:\n  - {id: messstadt, key: "05997000", name: Messstadt, level: stadt}\n'


def _funding() -> str:
    programmes = "".join(
        f"""\
  - id: programm-{n}
    name: Förderprogramm {n}
    level: land
    provider: Ministerium
    guideline: {{title: Richtlinie {n}, date: 2025-03-01}}
    applicants: [office]
    rate_max: 70
    proof_months: 6
"""
        for n in range(PROGRAMMES)
    )
    return f"programmes:\n{programmes}"


_FIXED: dict[str, Callable[[], str]] = {
    "sozplan.yaml": _settings,
    "plans/strategy.yaml": _strategy,
    "plans/funding/programme.yaml": _funding,
    "plans/organisation/verwaltung.yaml": _administration,
    "plans/resolutions/grundsatz.yaml": _founding,
    "plans/territory/stadt.yaml": _city,
}

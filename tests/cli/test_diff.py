"""`sozplan diff` on real commits: what it says, and what it must never say."""

from __future__ import annotations

import json

import pytest

from tests.cli.repository import AREA, Repository, Sozplan

MEASURE = "Maßnahme „Kita-Lotsen im Hafentreff“ (hafen-m1)"
BUDGET_2027 = """\
        planned: 60000
        medium_term: true
        financing: {own: 20000, land-kita: 40000}
"""
MORE_2027 = """\
        planned: 100000
        medium_term: true
        financing: {own: 60000, land-kita: 40000}
"""
RESOLUTION = """\
  - id: b-2026-200
    number: V-2026-200
    body: rat
    date: 2026-09-17
    title: Fortschreibung Hafen
    wording: Der Rat beschließt die Fortschreibung.
    subjects: [hafen-2026]
"""
NEED = """\
  - id: hafen-n2
    statement: Im Hafen fehlt ein Treffpunkt.
    evidence: [{indicator: kita-quote, period: 2024}]
    deferred: Erst ab 2028.
goals:
"""


def changes(out: str) -> list[str]:
    """The lines that say what changed, without findings: those are the rules' business."""
    head = out.split("\n\nNeue Befunde\n")[0].split("\n\nErledigte Befunde\n")[0]
    return [line.strip() for line in head.splitlines()[1:] if line.startswith("  ")]


def test_the_whole_page(repository: Repository, sozplan: Sozplan) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.edit(AREA, ("executing: [hafentreff-ev]", "executing: [hafentref-ev]"))
    line = f"{AREA}:{repository.read(AREA).splitlines().index('    executing: [hafentref-ev]') + 1}"
    repository.edit("sozplan.yaml", ("residents: 150000", "residents: 151000"))
    said = sozplan("diff", "HEAD")
    assert said.out == (
        f"Änderungen von HEAD ({first[:10]}) zum Arbeitsstand, Stand 01.10.2026\n"
        "\n"
        "Sozialraumgebietsplan Hafen 2026–2029 (hafen-2026)\n"
        f"  {MEASURE}: Durchführend: neu hafentref-ev; entfällt Hafentreff e. V.\n"
        "\n"
        "Einstellungen\n"
        "  Einstellungen: Kommune, Einwohnerzahl von 150.000 auf 151.000 angehoben\n"
        "\n"
        "Neue Befunde\n"
        f"  {line}:17: Fehler ref.unknown Unter „Durchführend“ steht „hafentref-ev“, aber diese "
        "Kennung gibt es nicht. Meinten Sie „hafentreff-ev“?\n"
        "\n"
        "2 Änderungen, 0 geänderte Beobachtungen, 1 neuer und 0 erledigte Befunde.\n"
    )
    assert (said.code, said.err) == (0, "")


def test_the_other_way_round_the_finding_is_solved(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, ("executing: [hafentreff-ev]", "executing: [hafentref-ev]"))
    line = f"{AREA}:{repository.read(AREA).splitlines().index('    executing: [hafentref-ev]') + 1}"
    bad = repository.commit()
    said = sozplan("diff", "main", "main~1", "--lang", "en")
    assert said.out == (
        f"Changes from main ({bad[:10]}) to main~1 ({repository.git('rev-parse', 'main~1')[:10]}), "
        "as of 1 Oct 2026\n"
        "\n"
        "Sozialraumgebietsplan Hafen 2026–2029 (hafen-2026)\n"
        "  Measure “Kita-Lotsen im Hafentreff” (hafen-m1): Executing: new Hafentreff e. V.; dropped hafentref-ev\n"
        "\n"
        "Solved findings\n"
        f"  {line}:17: error ref.unknown “Executing” names “hafentref-ev”, but there is no such id. "
        "Did you mean “hafentreff-ev”?\n"
        "\n"
        "1 change, 0 changed observations, 0 new and 1 solved finding.\n"
    )


@pytest.mark.parametrize(
    ("path", "edits", "told"),
    [
        (AREA, [("value: 90.0", "value: 92.0")],
         ["Zielwert „Kita-Quote“ (hafen-g1-t1): Zielwert von 90,0 % auf 92,0 % angehoben"]),
        (AREA, [("value: 90.0", "value: 88.5")],
         ["Zielwert „Kita-Quote“ (hafen-g1-t1): Zielwert von 90,0 % auf 88,5 % gesenkt"]),
        (AREA, [("{period: 2028, value", "{period: 2029, value")],
         ["Zielwert „Kita-Quote“ (hafen-g1-t1): Zielwert, Zeitpunkt von 2028 auf 2029 geändert"]),
        (AREA, [("responsible: amt-51", "responsible: sozialplanung")],
         [f"{MEASURE}: Verantwortliche Stelle wechselt von Amt 51 zu Sozialplanung"]),
        (AREA, [(BUDGET_2027, MORE_2027)],
         [f"{MEASURE}: Ansatz 2027 +40.000 € (60.000 € → 100.000 €)",
          f"{MEASURE}: Mittel 2027, Finanzierung Eigenmittel +40.000 € (20.000 € → 60.000 €)"]),
        (AREA, [("goals:\n", NEED)],
         ["Neu: Bedarf „Im Hafen fehlt ein Treffpunkt.“ (hafen-n2)"]),
        (AREA, [("status: resolved", "status: ended")],
         ["„Sozialraumgebietsplan Hafen 2026–2029“ (hafen-2026): Status von beschlossen auf beendet geändert"]),
        (AREA, [("progress: running", "progress: stopped")],
         [f"{MEASURE}: Stand von läuft auf abgebrochen geändert"]),
        (AREA, [("planned: {from: 2026-02-01, to: 2029-12-31}", "planned: {from: 2026-02-01}")],
         [f"{MEASURE}: Geplant, Bis entfällt (bisher 31.12.2029)"]),
        (AREA, [("Neun von zehn Kindern", "Alle Kinder")],
         ["Handlungsziel „Kita-Besuch“ (hafen-g1): Ziel neu gefasst: bisher „Neun von zehn Kindern im Hafen besuchen "
          "eine Kita.“, jetzt „Alle Kinder im Hafen besuchen eine Kita.“"]),
        (AREA, [("budget_reservation: false", "budget_reservation: true")],
         [f"{MEASURE}: Haushaltsvorbehalt von nein auf ja geändert"]),
        ("plans/resolutions/beschluesse.yaml", [("  - id: v-2026-03\n", f"{RESOLUTION}  - id: v-2026-03\n")],
         ["Neu: Beschluss „Fortschreibung Hafen“ (b-2026-200), Rat, 17.09.2026, angenommen"]),
        ("handbook/chapters/grundsaetze.md", [("\n", "\n\nNeuer Satz.\n")], None),
        ("handbook/rules/berichte.yaml", [("force: must", "force: should")],
         ["Handbuchregel „Die Ämter liefern ihre Zwischenberichte binnen 20 Werktagen nach dem Stichtag.“ "
          "(regel-bericht): Verbindlichkeit von muss auf soll geändert"]),
        ("indicators/catalogue/kita-quote.yaml", [("lag_months: 6", "lag_months: 9")],
         ["Kennzahl „Betreuungsquote der Kinder von 3 bis unter 6 Jahren“ (kita-quote): Verzug von 6 auf 9 angehoben"]),
    ],
)  # fmt: skip
def test_in_the_readers_words(
    repository: Repository, sozplan: Sozplan, path: str, edits: list[tuple[str, str]], told: list[str] | None
) -> None:
    repository.edit(path, *edits)
    found = changes(sozplan("diff", "HEAD").out)
    if told is None:
        assert found[0].startswith("Kapitel „Grundsätze“ (kapitel-grundsaetze): Text neu gefasst: bisher „")
        assert len(found) == 1
    else:
        assert found == told


def test_a_goal_dropped_takes_its_targets_along(repository: Repository, sozplan: Sozplan) -> None:
    content = repository.read(AREA)
    start, end = content.index("  - id: hafen-g1\n"), content.index("measures:\n")
    repository.write(AREA, content[:start].removesuffix("goals:\n") + content[end:])
    assert changes(sozplan("diff", "HEAD").out) == [
        "Gestrichen: Handlungsziel „Kita-Besuch“ (hafen-g1), mit 1 Zielwert"
    ]


def test_a_rule_becomes_binding(repository: Repository, sozplan: Sozplan) -> None:
    path = "handbook/rules/berichte.yaml"
    repository.edit(path, ("status: resolved", "status: draft"))
    repository.commit()
    repository.edit(path, ("status: draft", "status: resolved"))
    rule = "Handbuchregel „Die Ämter liefern ihre Zwischenberichte binnen 20 Werktagen nach dem Stichtag.“"
    assert changes(sozplan("diff", "HEAD").out) == [f"{rule} (regel-bericht): ist jetzt verbindlich"]
    repository.commit()
    assert changes(sozplan("diff", "HEAD", "HEAD~1").out) == [f"{rule} (regel-bericht): ist nicht mehr verbindlich"]


def test_a_new_plan_is_one_line(repository: Repository, sozplan: Sozplan) -> None:
    repository.write("plans/areas/neu.yaml", repository.read(AREA).replace("hafen-", "kai-"))
    found = [line for line in changes(sozplan("diff", "HEAD").out) if line.startswith("Neu: ")]
    assert found == [
        "Neu: „Sozialraumgebietsplan Hafen 2026–2029“ (kai-2026), mit 1 Bedarf, 1 Ziel, 1 Zielwert, 1 Maßnahme, "
        "2 Meilensteinen, 1 Zwischenbericht"
    ]


def test_lower_protection_stands_first(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, ("value: 90.0", "value: 92.0"))
    repository.edit("indicators/catalogue/kinderarmut.yaml", ("min_cases: 5", "min_cases: 3"))
    repository.edit("sozplan.yaml", ("budgeting:", "disclosure: {zero_is_public: true}\nbudgeting:"))
    out = sozplan("diff", "HEAD").out
    assert out.split("\n\n")[1] == (
        "Achtung: Geheimhaltung gelockert\n"
        "  Einstellungen: Geheimhaltung, Null öffentlich von nein auf ja geändert\n"
        "  Kennzahl „Kinder unter 15 Jahren mit Leistungen der Grundsicherung“ (kinderarmut): Mindestfallzahl von 5 "
        "auf 3 gesenkt"
    )
    assert out.split("\n\n")[2].startswith("Sozialraumgebietsplan Hafen 2026–2029 (hafen-2026)\n")


def test_higher_protection_stands_where_it_belongs(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit("indicators/catalogue/kinderarmut.yaml", ("min_cases: 5", "min_cases: 7"))
    assert "Achtung" not in sozplan("diff", "HEAD").out


def test_no_change_in_meaning(repository: Repository, sozplan: Sozplan) -> None:
    """Moved files, order of keys and entries, quotes, comments and line ends say nothing."""
    repository.edit(
        AREA, ("area: hafen\n", ""), ("status: resolved\n", "status: 'resolved'  # nur ein Hinweis\narea: hafen\n")
    )
    repository.edit(
        AREA,
        ("value: 90.0", "value: 90.00"),
        ("profile_indicators: [kita-quote, kinderarmut]", "profile_indicators: [kinderarmut, kita-quote]"),
    )
    repository.move(AREA, "plans/areas/am-hafen.yaml")
    repository.move("plans/resolutions/beschluesse.yaml", "plans/resolutions/alle.yaml")
    actors = repository.read("plans/organisation/organisation.yaml").replace("\n", "\r\n")
    repository.write("plans/organisation/organisation.yaml", actors)
    first = repository.git("rev-parse", "HEAD")
    assert sozplan("diff", "HEAD").out == (
        f"Änderungen von HEAD ({first[:10]}) zum Arbeitsstand, Stand 01.10.2026\n\n"
        "0 Änderungen, 0 geänderte Beobachtungen, 0 neue und 0 erledigte Befunde.\n"
    )


def test_stamps_are_told_by_what_they_are_of(repository: Repository, sozplan: Sozplan) -> None:
    repository.write(
        "plans/resolutions/stamps/b-2025-118.yaml",
        f"resolution: b-2025-118\nstamps:\n  - entity: hafen-m1\n    v: 1\n    fields: {{title: {'a' * 64}}}\n",
    )
    assert changes(sozplan("diff", "HEAD", "--no-findings").out) == [
        f"Beschluss „Haushaltssatzung 2026“ (b-2025-118): hält als entschieden fest: 1 Angabe von {MEASURE}"
    ]


def test_checksums_are_told_by_what_they_are_of(repository: Repository, sozplan: Sozplan) -> None:
    path = "plans/resolutions/stamps/b-2025-118.yaml"
    stamps = (
        "resolution: b-2025-118\nstamps:\n  - entity: hafen-m1\n    v: 1\n    fields: {{{}}}\n"
        "evidence:\n  - entity: hafen-n1\n    files:\n      - {{resource: kennzahlen, sha256: {}}}\n"
    )
    repository.write(path, stamps.format(f"title: {'a' * 64}, frame.2026.planned: {'a' * 64}", "a" * 64))
    repository.commit()
    repository.write(path, stamps.format(f"title: {'b' * 64}, responsible: {'a' * 64}", "b" * 64))
    stamped = "Beschluss „Haushaltssatzung 2026“ (b-2025-118): hält"
    assert changes(sozplan("diff", "HEAD", "--no-findings").out) == [
        f"{stamped} „Titel“ von {MEASURE} in anderer Fassung fest",
        f"{stamped} „Finanzrahmen 2026 (Ansatz)“ von {MEASURE} nicht mehr fest",
        f"{stamped} jetzt „Verantwortliche Stelle“ von {MEASURE} fest",
        f"{stamped} die Belege aus „kennzahlen“ von Bedarf „Im Hafen besuchen weniger Kinder eine Kita als in der "
        "übrigen Stadt.“ (hafen-n1) in anderer Fassung fest",
    ]


FIGURES = "indicators/data/kennzahlen.csv"


def test_figures_are_counted_and_never_told(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(
        FIGURES,
        ("kita-quote;01;2019;1560;2000;78,0;;final;2020-06-30\n", ""),
        ("kita-quote;01;2020;1576;2000;78,8", "kita-quote;01;2020;1577;2000;78,9"),
        ("kinderarmut;01;2019;1200;4000;30,0", "kinderarmut;01;2018;2;4000;0,1;;final;2019-06-30\nkinderarmut;01;2019;"
         "1200;4000;30,0"),
    )  # fmt: skip
    for form in ("text", "json", "markdown"):
        out = sozplan("diff", "HEAD", "--format", form).out.split("Befunde")[0]
        assert not [value for value in ("78,", "1577", "1576", "1560", "0,1", "0.1") if value in out]
    out = sozplan("diff", "HEAD").out
    assert "Zahlen\n  Kinderarmut (kennzahlen): 1 neu\n  Kita-Quote (kennzahlen): 1 berichtigt, 1 entfallen\n" in out
    assert "\n0 Änderungen, 3 geänderte Beobachtungen, " in out
    assert json.loads(sozplan("diff", "HEAD", "--format", "json").out)["figures"] == [
        {"resource": "kennzahlen", "indicator": "kinderarmut", "added": 1, "revised": 0, "removed": 0},
        {"resource": "kennzahlen", "indicator": "kita-quote", "added": 0, "revised": 1, "removed": 1},
    ]


def test_a_shuffled_table_is_the_same(repository: Repository, sozplan: Sozplan) -> None:
    head, *rows = repository.read(FIGURES).splitlines()
    repository.write(FIGURES, "\n".join((head, *reversed(rows))) + "\n")
    assert sozplan("diff", "HEAD").out.endswith(
        "\n0 Änderungen, 0 geänderte Beobachtungen, 0 neue und 0 erledigte Befunde.\n"
    )


def test_a_broken_revision_is_named_and_the_rest_compared(repository: Repository, sozplan: Sozplan) -> None:
    good = repository.read(AREA)
    repository.write(AREA, good.replace("area: hafen\n", "area: [hafen\n"))
    repository.commit()
    repository.write(AREA, good.replace("value: 90.0", "value: 92.0"))
    repository.edit("sozplan.yaml", ("residents: 150000", "residents: 151000"))
    said = sozplan("diff", "HEAD")
    section = said.out.split("Nicht lesbar, daher nicht verglichen\n")[1].split("\n\n")[0]
    assert section.startswith("  HEAD:plans/areas/hafen.yaml:2:7: Fehler yaml.bracket-open ")
    assert "\n" not in section
    assert changes(said.out)[0] == "Einstellungen: Kommune, Einwohnerzahl von 150.000 auf 151.000 angehoben"
    assert "Gestrichen" not in said.out
    assert said.code == 1
    document = json.loads(sozplan("diff", "HEAD", "--format", "json").out)
    assert [(each["revision"], each["file"], each["line"]) for each in document["unreadable"]] == [("HEAD", AREA, 2)]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("indicators/data/kennzahlen.csv", "PK\x03\x04"),
        ("indicators/datapackage.yaml", "name: [beispielstadt"),
        ("indicators/catalogue/kita-quote.yaml", "id: [kita-quote"),
        ("plans/territory/gebiete.yaml", "units: [x"),
    ],
)
def test_what_can_not_be_read_is_not_called_gone(
    repository: Repository, sozplan: Sozplan, path: str, content: str
) -> None:
    repository.write(path, content)
    said = sozplan("diff", "HEAD")
    assert changes(said.out.split("Nicht lesbar")[0]) == []
    assert f"Nicht lesbar, daher nicht verglichen\n  {path}:1:" in said.out
    assert said.code == 1


def test_json_is_whole(repository: Repository, sozplan: Sozplan) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.edit(AREA, ("value: 90.0", "value: 92.5"))
    second = repository.commit()
    assert json.loads(sozplan("diff", "HEAD~1", "HEAD", "--format", "json").out) == {
        "version": 1,
        "as_of": "2026-10-01",
        "old": {"revision": "HEAD~1", "commit": first},
        "new": {"revision": "HEAD", "commit": second},
        "changes": [
            {
                "plan": "hafen-2026",
                "entity": "hafen-g1-t1",
                "kind": "Change",
                "change": "changed",
                "field": "target.value",
                "old": 90.0,
                "new": 92.5,
                "lowers_protection": False,
                "message": "Zielwert „Kita-Quote“ (hafen-g1-t1): Zielwert von 90,0 % auf 92,5 % angehoben",
            }
        ],
        "figures": [],
        "findings": {"new": [], "solved": []},
        "unreadable": [],
    }


def test_markdown_keeps_the_users_texts_plain(repository: Repository, sozplan: Sozplan) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.edit(AREA, ("title: Kita-Lotsen im Hafentreff", "title: '<b>@rat</b> [x](y) #1 *neu*'"))
    assert sozplan("diff", "HEAD", "--format", "markdown").out == (
        f"## Änderungen von HEAD ({first[:10]}) zum Arbeitsstand, Stand 01.10.2026\n"
        "\n"
        "1 Änderung, 0 geänderte Beobachtungen, 0 neue und 0 erledigte Befunde.\n"
        "\n"
        "### Sozialraumgebietsplan Hafen 2026–2029 (hafen-2026)\n"
        "\n"
        "- Maßnahme „\\<b\\>\\@rat\\</b\\> \\[x\\](y) \\#1 \\*neu\\*“ (hafen-m1): Titel neu gefasst: bisher "
        "„Kita-Lotsen im Hafentreff“, jetzt „\\<b\\>\\@rat\\</b\\> \\[x\\](y) \\#1 \\*neu\\*“\n"
    )


@pytest.mark.parametrize(
    ("args", "code", "err"),
    [
        (["--output=x", "HEAD"], 2, "Die Option „--output“ gibt es nicht."),
        (["HEAD..main"], 2, "„HEAD..main“ ist keine Revision."),
        (["v9"], 3, "Die Revision „v9“ gibt es in diesem Repository nicht."),
        (["HEAD", "HEAD", "--rev", "main"], 2, "Der spätere Stand ist doppelt genannt: „HEAD“ und --rev „main“."),
        ([], 2, "Es fehlt REV: Früherer Stand."),
    ],
)
def test_refusals(sozplan: Sozplan, args: list[str], code: int, err: str) -> None:
    said = sozplan("diff", *args)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(f"sozplan: {err}")


def test_rev_names_the_later_state_too(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, ("value: 90.0", "value: 92.0"))
    repository.commit()
    assert sozplan("diff", "HEAD~1", "--rev", "HEAD").out == sozplan("diff", "HEAD~1", "HEAD").out


def test_without_findings(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, ("executing: [hafentreff-ev]", "executing: [hafentref-ev]"))
    out = sozplan("diff", "HEAD", "--no-findings").out
    assert out.splitlines()[-1] == "1 Änderung, 0 geänderte Beobachtungen, Befunde nicht verglichen."
    assert "ref.unknown" not in out
    assert json.loads(sozplan("diff", "HEAD", "--no-findings", "--format", "json").out)["findings"] is None

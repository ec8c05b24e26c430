"""The rules on the handbook beyond their pages' examples: each edge, and what people read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozplan.diagnostics import Severity
from sozplan.rules.hb import RULES
from tests.rules.harness import findings, said

CHAPTER = "# handbook/chapters/grundsaetze.md\n"
BOOK = "# handbook/handbook.yaml\n"
RULEBOOK = "# handbook/rules/berichte.yaml\nrules:\n"


def messages(tmp_path: Path, excerpt: str, lang: str = "de") -> list[str]:
    return said(findings(tmp_path, RULES, excerpt), lang)


def rules(tmp_path: Path, excerpt: str) -> list[str]:
    return [each.code.id for each in findings(tmp_path, RULES, excerpt)]


def one(more: str, *others: str) -> str:
    return RULEBOOK + "".join(
        f"  - {{id: r{i}, chapter: kapitel-berichte, force: should, addressees: [amt-51], {each}}}\n"
        for i, each in enumerate((more, *others))
    )


def test_the_ten_rules_of_the_group() -> None:
    assert {rule.id: rule.code.severity.value for rule in RULES} == {
        "hb.not-in-force": "error",
        "hb.addressee-missing": "error",
        "hb.out-of-sync": "error",
        "hb.conflict": "warning",
        "hb.change-entry-missing": "error",
        "hb.order-missing": "error",
        "hb.council-missing": "error",
        "hb.law-unversioned": "warning",
        "hb.term-undefined": "warning",
        "hb.alt-missing": "error",
    }


def test_a_reference_stands_where_it_is_written(tmp_path: Path) -> None:
    text = CHAPTER + "# Grundsätze\n\nÄmter fragen die [[sozialplannung]] und das [[Amt 51]].\n"
    found = findings(tmp_path, RULES, text)
    assert [(d.at.line, d.at.column, d.entity) for d in found] == [
        (3, 18, "kapitel-grundsaetze"),
        (3, 45, "kapitel-grundsaetze"),
    ]
    assert [d.say("de") for d in found] == [
        "Text und Daten stimmen nicht überein: Der Verweis „[[sozialplannung]]“ führt ins Leere. Meinten Sie"
        " „[[sozialplanung]]“?",
        "Text und Daten stimmen nicht überein: Der Verweis „[[Amt 51]]“ führt ins Leere. Meinten Sie „[[amt-51]]“?",
    ]


def test_what_has_ended_or_is_retired_is_no_reference(tmp_path: Path) -> None:
    text = CHAPTER + "Siehe [[hafen-m0]], [[regel-bericht]] und `[[amt-99]]`.\n"
    ended = RULEBOOK + (
        "  - {id: regel-bericht, chapter: kapitel-berichte, force: should, statement: Alt., valid_to: 2026-09-30}\n"
    )
    assert messages(tmp_path, text + ended) == [
        "handbook/chapters/grundsaetze.md:1: hb.out-of-sync Text und Daten stimmen nicht überein: Der Verweis"
        " „[[hafen-m0]]“ ist stillgelegt."
        " Verweisen Sie auf das, was an seine Stelle getreten ist.",
        "handbook/chapters/grundsaetze.md:1: hb.out-of-sync Text und Daten stimmen nicht überein: Der Verweis"
        " „[[regel-bericht]]“ meint etwas Beendetes:"
        " Handbuchregel, gültig bis 30.09.2026. Verweisen Sie auf das, was an seine Stelle getreten ist.",
    ]


DUE = "statement: Neu., supersedes: r0, subject: prozess-gebietsplan, deadline: {days: 9}"


@pytest.mark.parametrize(
    ("former", "successor", "found"),
    [
        ("", "status: draft", 0),
        ("", "status: resolved, resolution: v-2026-03, effective: 2027-01-01", 0),
        ("", "status: resolved, resolution: v-2026-03, effective: 2026-03-01", 1),
        ("status: draft, ", "status: draft", 1),
    ],
    ids=["in preparation", "not yet in force", "both in force", "two drafts"],
)
def test_a_superseded_rule_holds_until_the_day_of_the_next(
    former: str, successor: str, found: int, tmp_path: Path
) -> None:
    old = f"{former}statement: Alt., subject: prozess-gebietsplan, deadline: {{days: 8}}"
    text = one(old, f"{DUE}, {successor}")
    said_of_both = [each for each in messages(tmp_path, text) if "hb.conflict" in each and "„r0“" in each]
    assert len(said_of_both) == found, said_of_both
    assert all("die ersetzte gilt noch" in each for each in said_of_both)


def test_until_then_it_may_be_referred_to(tmp_path: Path) -> None:
    text = CHAPTER + "# Grundsätze\n\nEs gilt [[r0]].\n"
    old, new = "statement: Alt., effective: 2026-03-01", "statement: Neu., supersedes: r0"
    assert rules(tmp_path / "a", text + one(old, f"{new}, status: draft, effective: 2026-04-01")) == []
    assert "hb.out-of-sync" in rules(tmp_path / "b", text + one(old, f"{new}, effective: 2026-04-01"))


def test_a_superseded_rule_is_no_reference(tmp_path: Path) -> None:
    text = CHAPTER + "Siehe [[r0]] und [[r1]].\n"
    found = messages(tmp_path, text + one("statement: Alt.", "statement: Neu., supersedes: r0"))
    assert found == [
        "handbook/chapters/grundsaetze.md:1: hb.out-of-sync Text und Daten stimmen nicht überein: Der Verweis"
        " „[[r0]]“ meint eine Regel, die ersetzt oder"
        " beendet ist. Verweisen Sie auf das, was an seine Stelle getreten ist.",
        "handbook/rules/berichte.yaml:3: hb.conflict Regel „r1“ und „r0“ regeln dasselbe verschieden: die ersetzte"
        " gilt noch. Gleichen Sie sie an, oder beenden Sie eine.",
    ]


@pytest.mark.parametrize(
    ("sentence", "hint"),
    [
        ("Das Amt für Kinder und Jugend plant.", None),
        ("Das Amt für Kinder plant.", None),
        ("Der Bericht des Amtes für Kinder und Jugend.", None),
        ("Die Stabsstelle Sozialplanung und Amt 51 planen.", None),
        ("Von Amts wegen.", None),
        ("Das Amt für Familie plant.", "Amt für Familie"),
        ("Der Leiter des Dezernats IV.", "Dezernats IV"),
    ],
)
def test_a_name_that_the_data_do_not_know_is_a_hint(sentence: str, hint: str | None, tmp_path: Path) -> None:
    found = findings(tmp_path, RULES, CHAPTER + sentence + "\n")
    said = [(d.severity, d.say("de").partition(": ")[2]) for d in found]
    wanted = f"„{hint}“ klingt nach einer Stelle, die so in den Daten nicht vorkommt."
    advice = "Verweisen Sie mit [[Kennung]] auf sie; dann bleibt der Name richtig."
    assert said == ([(Severity.INFO, f"{wanted} {advice}")] if hint is not None else [])


def test_which_words_announce_an_office_is_policy(tmp_path: Path) -> None:
    settings = "# sozplan.yaml\nhandbook: {office_words: [Referat]}\n"
    assert rules(tmp_path, CHAPTER + "Das Amt für Familie plant.\n" + settings) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("Sie berichten binnen 15 Werktagen.", ["hb.out-of-sync"]),
        ("Sie berichten binnen 20 Werktagen.", []),
        ("Sie berichten nach 15 Tagen, spätestens nach 30 Tagen.", []),
        ("Sie berichten bald.", []),
    ],
)
def test_a_rule_says_the_days_of_its_deadline(statement: str, found: list[str], tmp_path: Path) -> None:
    assert rules(tmp_path, one(f'statement: "{statement}", deadline: {{days: 20}}')) == found


def test_the_sentence_on_other_days(tmp_path: Path) -> None:
    assert messages(tmp_path, one("statement: Binnen 15 Tagen., deadline: {days: -20}"), "en") == [
        "handbook/rules/berichte.yaml:2: hb.out-of-sync Text and data don't agree: Rule “r0” says 15 days in"
        " its sentence but 20 in “deadline”."
        " Make the two agree."
    ]


@pytest.mark.parametrize(
    ("subject", "more", "what"),
    [
        ("pflicht-daten", "deadline: {days: 25}", "25 Werktage und 20 Werktage"),
        ("pflicht-daten", "deadline: {days: 20, working_days: false}", "20 Tage und 20 Werktage"),
        ("pflicht-daten", "deadline: {days: 20}", None),
        ("prozess-gebietsplan", "owner: amt-51", "„amt-51“ und „sozialplanung“"),
        ("gebietsbericht", "owner: amt-51", "„amt-51“ und „sozialplanung“"),
        ("gebietsbericht", "owner: sozialplanung", None),
    ],
)
def test_a_rule_beside_what_it_is_about(subject: str, more: str, what: str | None, tmp_path: Path) -> None:
    found = [d.say("de") for d in findings(tmp_path, RULES, one(f"statement: S., subject: {subject}, {more}"))]
    wanted = (
        f"Regel „r0“ und „{subject}“ regeln dasselbe verschieden: {what}. Gleichen Sie sie an, oder beenden Sie eine."
    )
    assert found == ([wanted] if what is not None else [])


def test_what_a_resolved_handbook_lacks(tmp_path: Path) -> None:
    book = "# handbook/handbook.yaml\nsignatory:\n"
    plain = book.replace("signatory:\n", "effective: 2026-03-01\n")
    assert rules(tmp_path / "a", plain) == []
    assert messages(tmp_path / "b", BOOK + "order: v-2026-03\nstatus: proposal\n") == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Es gilt § 71 SGB VIII.", ["hb.law-unversioned"]),
        ("Es gilt § 71 SGB VIII in der Fassung vom 11. September 2012.", []),
        ("Artikel 6 verlangt es.", ["hb.law-unversioned"]),
        ("Das Gesetz verlangt es.", []),
    ],
)
def test_a_section_cited_in_a_chapter(sentence: str, found: list[str], tmp_path: Path) -> None:
    assert rules(tmp_path, CHAPTER + sentence + "\n") == found


def test_a_law_of_the_register_may_be_cited_briefly(tmp_path: Path) -> None:
    register = BOOK + "legal: [Beispielgesetz vom 1. März 2024]\n"
    text = CHAPTER + "Es gilt § 3 des Beispielgesetzes.\n"
    assert rules(tmp_path, text + register) == []


def test_a_basis_that_is_a_law_needs_its_version(tmp_path: Path) -> None:
    assert messages(tmp_path, one('statement: S., basis: "§ 82 GO"')) == [
        "handbook/rules/berichte.yaml:2: hb.law-unversioned „§ 82 GO“ nennt keine Fassung. Schreiben Sie sie dazu:"
        " „in der Fassung vom …“ oder „Stand …“."
    ]
    assert rules(tmp_path / "b", one("statement: S., basis: Zuwendungsvertrag Hafentreff")) == []


def test_a_term_is_reported_once(tmp_path: Path) -> None:
    text = CHAPTER + "Das Leitziel gilt.\n\nLeitziele und VDMI.\n"
    assert messages(tmp_path, text) == [
        f"handbook/chapters/grundsaetze.md:{line}: hb.term-undefined Der Fachbegriff „{term}“ wird verwendet, aber"
        " nicht erklärt. Nehmen Sie ihn in handbook.yaml unter „terms“ auf."
        for line, term in ((1, "Leitziel"), (3, "VDMI"))
    ]


def test_a_logo_needs_words_too(tmp_path: Path) -> None:
    assert messages(tmp_path, "# sozplan.yaml\ndesign: {logo: templates/logo.svg}\n") == [
        "sozplan.yaml:9: hb.alt-missing Die Abbildung „templates/logo.svg“ hat keinen Alternativtext. Schreiben Sie ihn"
        " in „logo_alt“: was sie zeigt, in einem Satz."
    ]


def test_an_image_in_code_is_no_figure(tmp_path: Path) -> None:
    assert rules(tmp_path, CHAPTER + "```\n![](a.svg)\n```\n\n`![](b.svg)`\n") == []


NEXT = BOOK + 'version: "1.1"\neffective: 2026-09-15\norder: {order}\nchanges:\n'
FIRST = '  - {version: "1.0", date: 2026-03-01, statement: Erste Fassung, order: v-2026-03}\n'
SECOND = '  - {version: "1.1", date: 2026-09-01, statement: Frist verkürzt, order: ORDER}\n'
ORDERED = """# plans/resolutions/verfuegungen.yaml
resolutions:
  - {id: v-2026-09, kind: order, body: hvb, date: 2026-09-01, title: T, wording: Es gilt., subjects: [handbuch]}
"""


def version(order: str, entry: str) -> str:
    return NEXT.replace("{order}", order) + FIRST + SECOND.replace("ORDER", entry)


def test_a_new_version_has_an_order_of_its_own(tmp_path: Path) -> None:
    assert messages(tmp_path / "a", version("v-2026-09", "v-2026-09") + ORDERED) == []
    assert messages(tmp_path / "b", version("v-2026-03", "v-2026-03")) == [
        "handbook/handbook.yaml:16: hb.order-missing Fassung „1.1“ des Handbuchs ist nicht wirksam verfügt: mit"
        " „v-2026-03“ ist schon Fassung „1.0“ in Kraft gesetzt. Eine neue Fassung braucht eine neue Verfügung; bis"
        " dahin gilt „status: proposal“."
    ]
    assert messages(tmp_path / "c", version("v-2026-03", "v-2026-09") + ORDERED, "en") == [
        "handbook/handbook.yaml:16: hb.order-missing Version “1.1” of the handbook hasn't been ordered effectively: the"
        " handbook names “v-2026-03”, the register of changes “v-2026-09”. Make the two agree."
    ]


def test_a_version_in_preparation_needs_no_order_yet(tmp_path: Path) -> None:
    assert rules(tmp_path, version("v-2026-03", "v-2026-03") + "status: proposal\n") == []


def test_only_the_head_of_administration_signs_and_nothing_holds_before_it_is_ordered(tmp_path: Path) -> None:
    assert messages(tmp_path / "a", BOOK + "signatory: amt-51\n") == [
        "handbook/handbook.yaml:6: hb.order-missing Fassung „1.0“ des Handbuchs ist nicht wirksam verfügt: „amt-51“ ist"
        " nicht die Verwaltungsleitung und kann sie nicht unterzeichnen. Nennen Sie unter „signatory“ die"
        " Verwaltungsleitung."
    ]
    assert messages(tmp_path / "b", BOOK + "effective: 2026-02-01\n") == [
        "handbook/handbook.yaml:5: hb.order-missing Fassung „1.0“ des Handbuchs ist nicht wirksam verfügt: sie soll"
        " gelten, bevor „v-2026-03“ am 02.02.2026 verfügt wurde. Setzen Sie „effective“ auf diesen Tag oder einen"
        " späteren."
    ]


BY_COUNCIL = "statement: S., route: resolution, status: resolved"


def test_what_touches_the_founding_resolution_was_decided_by_the_council(tmp_path: Path) -> None:
    assert rules(tmp_path / "a", one(f"{BY_COUNCIL}, resolution: b-2024-031")) == []
    assert messages(tmp_path / "b", one(f"{BY_COUNCIL}, resolution: v-2026-03")) == [
        "handbook/rules/berichte.yaml:2: hb.council-missing Regel „r0“ bindet durch Ratsbeschluss, nennt aber keinen"
        " Beschluss der Vertretung. Nennen Sie ihn unter „resolution“ der Regel oder des Eintrags im"
        " Änderungsverzeichnis, oder wählen Sie einen anderen Bindungsweg."
    ]


def test_a_changed_rule_of_the_council_needs_a_new_resolution(tmp_path: Path) -> None:
    founded = BOOK + "foundation: b-2024-031\n"
    changed = one(f"{BY_COUNCIL}, resolution: b-2024-031, version: 2")
    assert messages(tmp_path / "a", founded + changed, "en") == [
        "handbook/rules/berichte.yaml:2: hb.council-missing Rule “r0” binds by council resolution, but version 2 still"
        " rests on the founding resolution, which didn't know it. Name it under “resolution” of the rule or of the"
        " entry in the register of changes, or choose another binding route."
    ]
    entry = 'changes: [{version: "1.0", date: 2026-03-01, statement: E, order: v-2026-03, resolution: b-2025-041}]\n'
    assert rules(tmp_path / "b", founded + entry + changed) == []


def test_a_rule_that_should_be_kept_names_by_whom(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, RULES, one("statement: S.").replace("addressees: [amt-51]", "addressees: []"))
    assert (found.severity, found.say("de")) == (
        Severity.WARNING,
        "Regel „r0“ sagt „soll“, aber nicht, wem. Nennen Sie unter „addressees“ die Stellen, die sie bindet.",
    )


def test_bodies_that_the_data_do_not_know_are_hints_too(tmp_path: Path) -> None:
    text = CHAPTER + "Der Ausschuss für Verkehr berät, der Jugendhilfeausschuss auch.\n"
    (found,) = findings(tmp_path, RULES, text)
    assert (found.severity, found.at.line, found.at.column) == (Severity.INFO, 1, 5)
    assert "„Ausschuss für Verkehr“ klingt nach einer Stelle, die so" in found.say("de")

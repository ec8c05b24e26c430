"""`sozplan check --fix`: what has one right answer is put right, and shown."""

from __future__ import annotations

from tests.cli.repository import AREA, Repository, Sozplan

UNITS = "plans/territory/gebiete.yaml"


def test_every_kind_of_slip(repository: Repository, sozplan: Sozplan) -> None:
    before = repository.read(AREA)
    repository.edit(
        AREA,
        ("value: 90.0", 'value: "90,0"'),
        ("priority: high", "priority: Hoch"),
        ("from: 2026-02-01, to: 2029-12-31", "from: 01.02.2026, to: 2029-12-31"),
        ("medium_term: true", "medium_term: ja"),
        ('cost_centre: "5101"', "cost_centre: 5101"),
    )
    said = sozplan("check", "--fix")
    assert said.code == 0
    assert said.out.endswith("0 Fehler, 0 Warnungen, 0 Hinweise, 0 ausgenommen.\n")
    assert said.err.endswith("Berichtigt.\n")
    assert "-     priority: Hoch\n+     priority: high\n" in said.err
    assert repository.read(AREA) == before.replace("value: 90.0", "value: 90.0")


def test_leading_zeros(repository: Repository, sozplan: Sozplan) -> None:
    file = next(p for p in (repository.root / "plans/territory").glob("*.yaml") if 'key: "' in p.read_text("utf-8"))
    before = file.read_bytes()
    text = before.decode()
    start = text.index('key: "') + 6
    key = text[start : text.index('"', start)]
    file.write_bytes(text.replace(f'key: "{key}"', f"key: {key}", 1).encode())
    sozplan("check", "--fix")
    assert file.read_bytes() == before


def test_milestones_are_sorted_with_their_comments(repository: Repository, sozplan: Sozplan) -> None:
    before = repository.read(AREA)
    first = "      - {id: hafen-m1-ms1, title: Lotsen eingestellt, due: 2026-03-31, done: 2026-03-15}\n"
    second = "      - {id: hafen-m1-ms2, title: Sprechstunde in beiden Stadtbezirken, due: 2027-03-31}\n"
    assert first + second in before
    repository.edit(AREA, (first + second, second + "      # schon da\n" + first))
    assert sozplan("check").code == 1
    assert sozplan("check", "--fix").code == 0
    assert repository.read(AREA) == before.replace(first, "      # schon da\n" + first)


def test_dry_run_shows_only(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, ("priority: high", "priority: hoch"))
    before = repository.read(AREA)
    said = sozplan("check", "--fix", "--dry-run")
    assert said.code == 1
    assert said.err.endswith("+     priority: high\nNichts geschrieben (--dry-run).\n")
    assert repository.read(AREA) == before


def test_what_could_mean_two_things_is_left(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, ("planned: 60000", 'planned: "60.000"'), ("priority: high", "priority: hohe"))
    before = repository.read(AREA)
    said = sozplan("check", "--fix")
    assert (said.code, said.err) == (1, "Von selbst lässt sich nichts berichtigen.\n")
    assert repository.read(AREA) == before


def test_nothing_to_put_right(sozplan: Sozplan) -> None:
    said = sozplan("check", "--fix")
    assert (said.code, said.err) == (0, "Von selbst lässt sich nichts berichtigen.\n")
    assert sozplan("check", "--dry-run").code == 2


def test_only_the_chosen_rules(repository: Repository, sozplan: Sozplan) -> None:
    repository.edit(AREA, ("priority: high", "priority: hoch"), ("value: 90.0", 'value: "90,0"'))
    sozplan("check", "--fix", "--select", "yaml.not-a-term")
    assert "priority: high" in repository.read(AREA)
    assert '"90,0"' in repository.read(AREA)

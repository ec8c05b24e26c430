"""What people can use is documented, and what the documentation says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import generate, reference
from sozplan.cli import app
from sozplan.cli.catalogue import CATALOGUE
from sozplan.diagnostics import Code, Location
from sozplan.model.entity import ORIGIN_KEY, Entity
from sozplan.repo import yaml
from sozplan.repo.schema import validate
from tests.how_to.reading import Call, steps
from tests.how_to.running import found, options
from tests.how_to.running import town as make_town

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
GENERATED = frozenset(generate.pages())
WRITTEN = sorted(
    path
    for path in (*ROOT.glob("*.md"), *DOCS.rglob("*.md"))
    if not path.is_relative_to(DOCS) or path.relative_to(DOCS).as_posix() not in GENERATED
)
ALL = sorted((*ROOT.glob("*.md"), *DOCS.rglob("*.md")))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def content(path: str) -> str:
    return (DOCS / path).read_text(encoding="utf-8")


def test_generated_pages_are_up_to_date() -> None:
    assert generate.drift(generate.pages()) == []


def test_drift_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pages = generate.pages()
    monkeypatch.setattr(generate, "HERE", tmp_path)
    generate.write(pages)
    assert generate.main(["--check"]) == 0
    (tmp_path / "cli.md").write_text("changed by hand", encoding="utf-8")
    (tmp_path / "referenz.md").unlink()
    (tmp_path / "rules" / "ref.gone.md").write_text("a rule that is no more", encoding="utf-8")
    assert generate.main(["--check"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split(" ", 1)[0] for line in said] == ["docs/referenz.md", "docs/cli.md", "docs/rules/ref.gone.md"]
    assert generate.main([]) == 0
    assert generate.drift(pages) == []


@pytest.mark.parametrize("command", app.COMMANDS)
def test_each_command_and_option_is_documented(command: str) -> None:
    german, english = content("cli.md").split("# In English\n")
    for half in (german, english):
        section = half.split(f"## sozplan {command}\n")[1].split("\n## ")[0]
        assert [option for option in options(command) if f" {option}" not in section] == []


@pytest.mark.parametrize("cls", reference.sections(), ids=lambda cls: cls.__name__)
def test_each_key_is_documented(cls: type[Entity]) -> None:
    for page, title in (("referenz.md", reference.title(cls, "de")), ("en/reference.md", reference.title(cls, "en"))):
        section = content(page).split(f"# {title}\n", 1)[1].split("\n#")[0]
        documented = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
        assert documented == [key for key, _, _ in reference.keys(cls)]


@pytest.mark.parametrize("cls", reference.sections(), ids=lambda cls: cls.__name__)
def test_each_section_has_an_example_that_is_read(cls: type[Entity]) -> None:
    """As `check` reads it, from the page itself; what it says is found again in what was read."""
    section = content("referenz.md").split(f"# {reference.title(cls, 'de')}\n", 1)[1].split("\n#")[0]
    (shown,) = re.findall(r"^```yaml\n(.+?)^```", section, re.MULTILINE | re.DOTALL)
    document = yaml.read(shown.encode(), "example.yaml")
    assert document.diagnostics == ()
    assert isinstance(document.value, dict)
    read = validate(cls, document.value, shown.encode())
    assert isinstance(read, cls), read
    keys = {key for key, _, _ in reference.keys(cls)}
    assert set(document.value) - {ORIGIN_KEY} <= keys
    assert read.model_fields_set


@pytest.mark.parametrize("code", CATALOGUE, ids=lambda code: code.id)
def test_each_rule_has_its_page(code: Code) -> None:
    page = content(f"rules/{code.id}.md")
    for text in (code.title.de, code.why.de, code.title.en, code.why.en, code.bad.strip("\n"), code.good.strip("\n")):
        assert text in page
    assert f"[`{code.id}`]({code.id}.md)" in content("rules/README.md")


LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ALL, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    prose = FENCED.sub("", page.read_text(encoding="utf-8"))
    assert [link for link in LINK.findall(prose) if not leads_somewhere(page, link)] == []


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or anchor in anchors(FENCED.sub("", target.read_text(encoding="utf-8")))


def anchors(prose: str) -> set[str]:
    """As GitHub makes them: lower case, words joined by hyphens, repeated ones numbered."""
    found: set[str] = set()
    for heading in HEADING.findall(prose):
        plain = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        copies = (plain, *(f"{plain}-{i}" for i in range(1, 100)))
        found.add(next(each for each in copies if each not in found))
    return found


@pytest.mark.parametrize("command", app.COMMANDS)
def test_the_tour_names_each_command(command: str) -> None:
    german = (ROOT / "README.md").read_text(encoding="utf-8").split("## In English")[0]
    assert re.search(rf"(?:`|sozplan ){command}\b", german)


def test_each_how_to_is_in_the_table_of_contents() -> None:
    """Once: who looks for it finds it in one place."""
    listed = [link.removeprefix("how-to/") for link in LINK.findall(content("README.md")) if "how-to/" in link]
    assert sorted(listed) == sorted(page.name for page in DOCS.glob("how-to/*.md"))


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("# Zwei Wörter: hier\n", encoding="utf-8")
    assert leads_somewhere(page, "#zwei-wörter-hier")
    assert leads_somewhere(page, "a.md#zwei-wörter-hier")
    assert not leads_somewhere(page, "#zwei-woerter-hier")
    assert not leads_somewhere(page, "b.md")


COMMAND = re.compile(r"(?:^|[`]|run )sozplan((?: [^\s`|#]+)+)", re.MULTILINE)


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_samples_of_commands_are_right(page: Path) -> None:
    samples = [sample.split() for sample in COMMAND.findall(commands_in(page))]
    assert [sample for sample in samples if not is_right(sample)] == []


def commands_in(page: Path) -> str:
    """Shell samples, and what stands in code within a sentence."""
    text = page.read_text(encoding="utf-8")
    shell = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    typed = (step.command for step in steps(page) if isinstance(step, Call))
    return "\n".join((*shell, *typed, *re.findall(r"`sozplan [^`]+`", FENCED.sub("", text))))


def is_right(sample: list[str]) -> bool:
    command, *rest = sample
    if command in ("--help", "--version"):
        return all(each in ("--help", "--lang", "de", "en") for each in rest)
    named = {each.partition("=")[0] for each in rest if each.startswith("-")}
    return command in app.COMMANDS and named <= {*options(command), "--help"}


def test_a_wrong_sample_is_seen() -> None:
    assert is_right(["status", "nordhafen-2026", "--format=json"])
    assert not is_right(["statsu"])
    assert not is_right(["check", "--strickt"])


def test_samples_are_found() -> None:
    found = {sample.split()[0] for page in WRITTEN for sample in COMMAND.findall(commands_in(page))}
    assert set(app.COMMANDS) <= found


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return make_town(tmp_path)


FINDING = re.compile(
    r"^([\w/.-]+):(\d+):(\d+): Fehler (ref\.unknown .*„([\w-]+)“, aber .* „([\w-]+)“\?)$", re.MULTILINE
)


@pytest.mark.parametrize("page", ["README.md", "docs/how-to/befunde-verstehen.md"])
def test_the_sample_finding_is_what_check_prints(page: str, town: Path) -> None:
    match = FINDING.search((ROOT / page).read_text(encoding="utf-8"))
    assert match is not None
    file, line, column, sentence, wrong, right = match.groups()
    lines = (town / file).read_text(encoding="utf-8").splitlines(keepends=True)
    lines[int(line) - 1] = lines[int(line) - 1].replace(right, wrong, 1)
    (town / file).write_text("".join(lines), encoding="utf-8")
    errors = [d for d in found(town) if d.code.id == "ref.unknown"]
    assert [(d.at, f"{d.code.id} {d.say('de')}") for d in errors] == [
        (Location(file, int(line), int(column)), sentence)
    ]

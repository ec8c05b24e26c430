"""The CI files in docs/ci: valid, careful with strangers' changes, and their commands do what they promise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

from tests.cli.repository import AREA, Repository
from tests.conftest import git
from tests.script import call, script

FOLDER = Path(__file__).resolve().parents[2] / "docs/ci"
FILES = {"github": "vendor.github-workflows", "gitea": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}
ACTIONS = ["github", "gitea"]
EACH_JOB = pytest.mark.parametrize(("name", "job"), [(name, job) for name in ACTIONS for job in ("check", "papers")])
EXECUTING = ("executing: [hafentreff-ev]", "executing: [hafentref-ev]")
OTHER = ("responsible: amt-51", "responsible: amt-15")


def content(name: str) -> str:
    return (FOLDER / f"{name}.yml").read_text(encoding="utf-8")


def parsed(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(content(name))
    return found


def steps(name: str, job: str = "check") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parsed(name)["jobs"][job]["steps"]
    return found


def test_every_file_is_tried() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_it_is_what_the_service_reads(name: str) -> None:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        FILES[name],
        FOLDER / f"{name}.yml",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@EACH_JOB
def test_a_strangers_change_gets_nothing_but_to_be_read(name: str, job: str) -> None:
    workflow = parsed(name)
    assert workflow[True] == {"pull_request": None, "workflow_dispatch": None}  # `on`, as YAML 1.1 has it
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"][job]
    assert "secrets" not in content(name)
    used = [step for step in steps(name, job) if "uses" in step]
    assert all(re.search(r"/[\w-]+@[0-9a-f]{40}$", step["uses"]) for step in used)
    (checkout,) = (step for step in used if "/checkout@" in step["uses"])
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


@EACH_JOB
def test_sozplan_is_installed_before_the_repository_is_there(name: str, job: str) -> None:
    order = [step.get("uses", step.get("run", "")) for step in steps(name, job)]
    installs = next(i for i, step in enumerate(order) if "install" in step)
    assert installs < next(i for i, step in enumerate(order) if "/checkout@" in step)


@pytest.mark.parametrize("name", FILES)
def test_python_takes_nothing_from_the_repository(name: str) -> None:
    whole = parsed(name)
    jobs = [whole[j]["variables"] for j in ("sozplan", "vorlagen")] if name == "gitlab" else None
    for job in jobs or [job["env"] for job in whole["jobs"].values()]:
        assert job["PYTHONSAFEPATH"] == "1"
    assert "python -m pip" not in content(name)


@EACH_JOB
def test_nothing_of_the_event_is_pasted_into_a_command(name: str, job: str) -> None:
    assert [step["run"] for step in steps(name, job) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", ACTIONS)
def test_templates_of_a_strangers_change_are_not_used(name: str) -> None:
    env = parsed(name)["jobs"]["papers"]["env"]
    assert env["TEMPLATES"] == "${{ github.event_name == 'workflow_dispatch' && '--trust-templates' || '' }}"
    assert "--trust-templates" not in str(steps(name, "papers"))


def test_templates_are_used_on_the_main_branch_of_gitlab_alone() -> None:
    job = parsed("gitlab")["vorlagen"]
    assert job["variables"]["TEMPLATES"] == ""
    request, main = job["rules"]
    assert "variables" not in request
    assert main == {
        "if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", "variables": {"TEMPLATES": "--trust-templates"},
    }  # fmt: skip


PAPERS = ["hafen-2026.pdf", "handbuch.pdf"]


@pytest.mark.parametrize("templates", ["", "--trust-templates"], ids=["proposal", "own"])
@pytest.mark.parametrize("name", ACTIONS)
def test_papers_are_printed_and_kept(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, name: str, templates: str
) -> None:
    temp = tmp_path_factory.mktemp("runner")
    *_, printing, keeping = steps(name, "papers")
    said = shell(repository, printing["run"], temp, TEMPLATES=templates)
    assert (said.returncode, said.stderr) == (0, "")
    assert keeping["with"]["path"] == "${{ runner.temp }}/papers/*.pdf"
    assert sorted(path.name for path in (temp / "papers").glob("*.pdf")) == PAPERS
    assert repository.git("status", "--porcelain") == ""


def test_papers_are_printed_and_kept_by_gitlab(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory
) -> None:
    job = parsed("gitlab")["vorlagen"]
    temp = tmp_path_factory.mktemp("runner")
    said = shell(repository, "\n".join([f"PATH={temp}/sozplan/bin:$PATH", *job["script"]]), temp, TEMPLATES="")
    assert (said.returncode, said.stderr) == (0, "")
    (kept,) = job["artifacts"]["paths"]
    assert sorted(path.name for path in repository.root.glob(kept)) == PAPERS


@pytest.fixture
def change(repository: Repository) -> str:
    """A fault on the main branch, another one on a branch, and the branch merged into main, as CI services do."""
    repository.edit(AREA, EXECUTING)
    start = repository.commit()
    git(repository.root, "checkout", "--quiet", "-b", "change")
    repository.edit(AREA, OTHER)
    repository.commit("2026-02-01")
    git(repository.root, "checkout", "--quiet", "--detach", "main")
    git(repository.root, "merge", "--quiet", "--no-ff", "--message=merge", "change")
    return start


def shell(repository: Repository, commands: str, tmp_path: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """As runners do, with the installed program where the workflow would have put it."""
    place = tmp_path / "sozplan/bin"
    place.mkdir(parents=True, exist_ok=True)
    if not (place / "sozplan").exists():
        (place / "sozplan").symlink_to(script())
    return call(repository.root, "bash", "-e", "-c", commands, RUNNER_TEMP=str(tmp_path), **environ)


def test_github(repository: Repository, change: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    temp = tmp_path_factory.mktemp("runner")
    summary = temp / "summary.md"
    *_, tell, check = (step["run"] for step in steps("github") if "run" in step)
    told = shell(repository, tell, temp, GITHUB_STEP_SUMMARY=str(summary))
    assert (told.returncode, told.stderr) == (0, "")
    text = summary.read_text(encoding="utf-8")
    assert text.startswith(f"## Änderungen von HEAD^1 ({change[:10]}) zum Arbeitsstand")
    assert "## sozplan check\n" in text
    assert "| Fehler | plans/areas/hafen.yaml:" in text
    said = shell(repository, check, temp)
    assert (said.returncode, said.stderr) == (1, "")
    (annotation,) = (line for line in said.stdout.splitlines() if line.startswith("::error"))
    assert annotation.startswith(f"::error file={AREA},line=")
    assert "amt-15" in annotation


def test_gitea(repository: Repository, change: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    git(repository.root, "checkout", "--quiet", "change")
    (_, check) = (step["run"] for step in steps("gitea") if "run" in step)
    said = shell(repository, check, tmp_path_factory.mktemp("runner"), BASE=change)
    assert (said.returncode, said.stderr) == (1, "")
    assert said.stdout.startswith(f"Änderungen von {change[:10]} zum Arbeitsstand")
    (error,) = (line for line in said.stdout.splitlines() if " ref.unknown " in line)
    assert "amt-15" in error


@pytest.mark.parametrize("merge_request", [True, False], ids=["merge request", "main branch"])
def test_gitlab(
    repository: Repository, change: str, tmp_path_factory: pytest.TempPathFactory, merge_request: bool
) -> None:
    job = parsed("gitlab")["sozplan"]
    commands = "\n".join(job["script"])
    base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": change} if merge_request else {}
    temp = tmp_path_factory.mktemp("runner")
    said = shell(repository, f"PATH={temp}/sozplan/bin:$PATH\n{commands}", temp, **base)
    assert said.returncode == 1
    errors = [line for line in said.stdout.splitlines() if " ref.unknown " in line]
    assert len(errors) == (1 if merge_request else 2)
    reports = job["artifacts"]["reports"]
    quality = json.loads((repository.root / reports["codequality"]).read_text(encoding="utf-8"))
    assert [each["severity"] for each in quality if each["check_name"] == "ref.unknown"] == ["critical"] * 2
    (suite,) = JUnitXml.fromfile(str(repository.root / reports["junit"]))
    assert "ref.unknown" in {case.name.split(" ")[0] for case in suite if case.is_failure}


def test_a_harmless_change_passes(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> None:
    repository.edit(AREA, EXECUTING)
    repository.commit()
    repository.edit(AREA, ("title: Kita-Besuch", "title: Besuch der Kita"))
    repository.commit("2026-02-01")
    *_, check = (step["run"] for step in steps("github") if "run" in step)
    said = shell(repository, check, tmp_path_factory.mktemp("runner"))
    assert (said.returncode, said.stderr) == (0, "")
    assert "::error" not in said.stdout

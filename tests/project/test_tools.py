# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tools of the build notice what they are there to notice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from tools import importer, matrix, sanity

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("Importing with galaxy-importer\nLoading module profitbricks_warning\n", []),
        ("Importing\nWARNING: No changelog found.\nERROR: x\n", ["WARNING", "ERROR"]),
    ],
    ids=["clean", "complaints"],
)
def test_complaints_of_the_importer_are_told_from_its_progress(output: str, expected: list[str]) -> None:
    assert importer.COMPLAINT.findall(output) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("===== 12 passed in 3.21s =====", ["12 passed"]),
        ("== 1 failed, 12 passed, 2 warnings in 75.11s (0:01:15) ==", ["1 failed, 12 passed, 2 warnings"]),
        ("== no tests ran in 0.01s ==", ["no tests ran"]),
        ("== FAILURES ==", []),
    ],
)
def test_the_closing_line_of_pytest_is_read(line: str, expected: list[str]) -> None:
    command = [str(ROOT / "tools" / "timed"), "unit", "printf", "some output\n%s\n", line]
    # Not into the summary of the run that this test is a part of.
    environ = {name: value for name, value in os.environ.items() if name != "SUMMARY"}
    done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
    shown = done.stdout.splitlines()
    assert shown[:2] == ["some output", line]
    found = re.fullmatch(r"ok      unit +\d+ s(?:   (.+))?", shown[2])
    assert found and list(filter(None, found.groups())) == expected


@pytest.mark.parametrize(("code", "shown"), [(0, ["ok"]), (4, ["FAILED", "err", "out"])])
def test_a_quiet_command_shows_both_streams_where_it_failed(
    code: int, shown: list[str], tmp_path: Path
) -> None:
    program = f"import os, sys; print('out'); print(os.environ['MARK'], file=sys.stderr); sys.exit({code})"
    summary = tmp_path / "summary"
    done = subprocess.run(
        [ROOT / "tools" / "timed", "--quiet", "some", sys.executable, "-c", program],
        env={**os.environ, "MARK": "err", "SUMMARY": str(summary)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (code, "")
    assert [lines[0].split()[0], *sorted(filter(None, lines[1:]))] == shown
    assert summary.read_text().splitlines() == lines[:1]


@pytest.fixture
def workshop(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs tools/check on targets of a Makefile of its own."""
    (tmp_path / "Makefile").write_text("good slow:\n\t@echo this is $@\nbad:\n\t@echo oh no; exit 3\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}

    def check(*parts: str) -> subprocess.CompletedProcess[str]:
        command = [str(ROOT / "tools" / "check"), *parts]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return check


def test_a_failed_part_fails_the_check_and_stops_no_other(
    workshop: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = workshop("bad", "good", "--beside", "bad", "slow")
    assert done.returncode == 1
    assert {"oh no", "this is good", "this is slow"} <= set(done.stdout.splitlines())
    summary = done.stdout.split("---- summary ----")[1].splitlines()
    # In the order in which they ended.
    assert sorted(line.split()[:2] for line in summary[1:5]) == [
        ["FAILED", "bad"],
        ["FAILED", "bad"],
        ["ok", "good"],
        ["ok", "slow"],
    ]
    assert summary[5].startswith("FAILED: bad, bad (")


def test_a_check_without_failures_passes(workshop: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = workshop("good", "--beside", "slow")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("All checks passed (")


def test_a_check_fails_with_a_part_that_runs_beside(
    workshop: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    assert workshop("good", "--beside", "slow", "bad").returncode == 1
    assert workshop("--beside", "nothing").returncode == 1


def test_each_static_check_is_told_by_name_and_one_that_fails_stops_no_other(tmp_path: Path) -> None:
    """`tools/lint.mk` with two checks replaced."""
    command = ["make", "-f", str(ROOT / "tools" / "lint.mk"), "--keep-going", "mypy=false", "codespell=true"]
    done = subprocess.run(
        [*command, "mypy", "codespell"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode
    told = [line.split()[:2] for line in done.stdout.splitlines() if line and " s" in line]
    assert told == [["FAILED", "mypy"], ["ok", "codespell"]]


def test_a_python_that_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for name, script in {
        "shim": "#!/bin/sh\necho command not found >&2; exit 127\n",
        "other": "#!/bin/sh\necho 2.7\n",
        "right": f"#!/bin/sh\nexec '{sys.executable}' \"$@\"\n",
    }.items():
        folder = tmp_path / name
        folder.mkdir()
        program = folder / f"python{version}"
        program.write_text(script)
        program.chmod(0o755)
    folders = [str(tmp_path / name) for name in ("missing", "shim", "other", "right")]
    monkeypatch.setenv("PATH", os.pathsep.join(folders))
    assert matrix.find_python(version) == str(tmp_path / "right" / f"python{version}")


def test_the_workflow_runs_the_pairs_of_the_matrix_and_only_the_next_may_fail() -> None:
    job = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"][
        "tests"
    ]
    told = job["strategy"]["matrix"]
    pairs = {(core, python): False for core in told["core"] for python in told["python"]}
    pairs |= {(more["core"], more["python"]): more.get("next", False) for more in told["include"]}
    assert pairs == {
        (core.specifier, python): core is matrix.NEXT
        for core in (*matrix.CORES, matrix.NEXT)
        for python in core.pythons
    }
    assert job["continue-on-error"] == "${{ matrix.next || false }}"


def test_the_oldest_core_of_the_matrix_is_the_one_required() -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert runtime["requires_ansible"] == f">={matrix.CORES[0].name}.0"


def test_settings_of_pip_reach_the_home_of_ansible_test(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\ntimeout = 7\nindex-url = https://file.example/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    monkeypatch.setenv("PIP_INDEX_URL", "https://environment.example/simple")
    read = ConfigParser()
    read.read_string(sanity.pip_settings())
    assert read["global"]["timeout"] == "7"
    assert read["global"]["index-url"] == "https://environment.example/simple"


def test_pip_of_the_installed_ansible_test_is_known() -> None:
    assert re.fullmatch(r"\d+(\.\d+)+", sanity.bootstrap_pip_version())


def test_an_empty_environment_gets_pip_from_the_bootstrap(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "empty"], check=True)
    python = str(tmp_path / "empty" / "bin" / "python")
    bootstrap = str(ROOT / "tools" / "get_pip.py")
    arguments = ["--no-index", "pip", "--no-setuptools", "--no-wheel"]
    subprocess.run([python, bootstrap, *arguments], check=True, capture_output=True)
    subprocess.run([python, "-m", "pip", "--version"], check=True, capture_output=True)


def test_each_target_is_told_by_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    phony = re.search(r"^\.PHONY:(.*)$", text, re.M)
    assert phony
    helped = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    told = {line.split()[0] for line in helped.splitlines() if line.startswith("  ")}
    assert told == set(phony[1].split()) - {"FORCE"}


def test_too_old_a_python_is_refused_in_a_line(tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.1 && exit 0\nexit 1\n')
    old.chmod(0o755)
    command = ["make", "setup", f"PYTHON={old}", f"VENV={tmp_path}/venv"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode
    refusal = done.stderr.splitlines()[0]
    assert "Python 3.11 or newer is needed" in refusal
    assert "Python 3.9.1" in refusal
    assert not (tmp_path / "venv").exists()

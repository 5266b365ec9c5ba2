# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A warm Python does what Python does: the tests that run on it are worth no less."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from integration.warm import Pythons, WarmPythons

# A warm Python is started by a shell, which tells the folder.
TELL = """
import os, sys
print(__name__, sys.argv, os.getcwd(), sorted({*os.environ} - {"PWD"}), os.environ["WHO"])
print("to the other stream", file=sys.stderr)
"""
ENDS = {
    "by itself": "",
    "in success": "sys.exit()",
    "with a code": "sys.exit(3)",
    "with a text": "sys.exit('no luck')",
    "and does more at its end": "import atexit; atexit.register(print, 'at the end')",
    "before a thread": "import threading, time; threading.Timer(0.2, print, ['late']).start()",
}


def told(
    python: str, words: Sequence[str], folder: Path, given: str = "", who: str = "me"
) -> tuple[int, str, str]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "WHO": who}
    done = subprocess.run(
        [python, *words],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("way", ["from a stream", "a script", "a library"])
def test_it_does_what_python_does(end: str, way: str, pythons: Pythons, tmp_path: Path) -> None:
    program = f"{TELL}sys.stdout.flush()\n{end}\n"
    (tmp_path / "script.py").write_text(program, encoding="utf-8")
    words = {
        "from a stream": [],
        "a script": [str(tmp_path / "script.py"), "-x", "y"],
        "a library": ["-m", "script", "z"],
    }
    given = program if way == "from a stream" else ""
    real = told(sys.executable, words[way], tmp_path, given)
    assert "__main__" in real[1]
    assert told(pythons.modules({}), words[way], tmp_path, given) == real


def test_an_error_is_shown_and_its_code_is_one(pythons: Pythons, tmp_path: Path) -> None:
    code, stdout, stderr = told(pythons.modules({}), [], tmp_path, "print('begun')\n1 / 0\n")
    assert (code, stdout) == (1, "begun\n")
    assert stderr.endswith("ZeroDivisionError: division by zero\n")


def test_nothing_is_left_of_one_call_in_the_next(pythons: Pythons, tmp_path: Path) -> None:
    first = "import os, json, sys; os.environ['LEFT'] = '1'; json.left = 1; sys.path.append('left')"
    later = "import os, json, sys; print(os.environ.get('LEFT'), hasattr(json, 'left'), 'left' in sys.path, os.environ['WHO'])"
    told(pythons.modules({}), [], tmp_path, first)
    assert (
        told(pythons.modules({}), [], tmp_path, later, "somebody else")[1]
        == "None False False somebody else\n"
    )


def test_an_archive_that_has_changed_is_compiled_anew(pythons: Pythons, tmp_path: Path) -> None:
    for text in ("one", "two", "one"):
        with zipfile.ZipFile(tmp_path / "code.zip", "w") as archive:
            archive.writestr("inner/__init__.py", "")
            archive.writestr("inner/said.py", f"WORD = {text!r}")
        script = "import sys; sys.path.insert(0, 'code.zip'); from inner.said import WORD; print(WORD)"
        assert told(pythons.modules({}), [], tmp_path, script)[1] == f"{text}\n"


def test_a_caller_that_goes_takes_nothing_with_it(pythons: Pythons, tmp_path: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(
            [pythons.modules({})],
            input=b"import time; time.sleep(0.5)",
            cwd=tmp_path,
            timeout=0.2,
            check=False,
        )
    time.sleep(0.6)
    assert told(pythons.modules({}), [], tmp_path, "print('still there')")[1] == "still there\n"


def test_commands_with_other_settings_get_another_and_too_many_none(sockets: str) -> None:
    folder, tests = Path(sockets), itertools.count()

    def settings(number: int) -> dict[str, str]:
        forks = {"ANSIBLE_HOME": sockets, "ANSIBLE_FORKS": str(number)}
        return {**forks, "PYTEST_CURRENT_TEST": f"test {next(tests)}"}

    with WarmPythons(folder / "warm") as pythons:
        for number in range(6):
            assert pythons.commands(settings(number), folder) == sys.executable
        chosen = [pythons.commands(settings(number), folder) for number in range(6)]
        assert len(set(chosen)) == 5 and chosen[4:] == [sys.executable] * 2
        late = {**settings(0), "PROFITBRICKS_TOKEN": "any"}
        assert pythons.commands(late, folder) == chosen[0]
        (folder / "ansible.cfg").touch()
        assert pythons.commands(late, folder) == sys.executable

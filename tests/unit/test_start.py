# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module loads, run as Ansible runs one: in a Python of its own, out of an archive."""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
import threading
import zipfile
import zipimport
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = "ansible_collections/profitbricks/cloud/plugins"
UTILS = f"{PACKAGE}/module_utils".replace("/", ".")

# Runs one module, as Ansible's wrapper does, and tells beside its result what became of the process.
SCRIPT = f"""
import atexit, gc, json, runpy, sys
archive, module, arguments = sys.argv[1:]
from ansible.module_utils import basic
basic._ANSIBLE_ARGS = json.dumps({{"ANSIBLE_MODULE_ARGS": json.loads(arguments)}}).encode()
basic._ANSIBLE_PROFILE = "legacy"
sys.path.insert(0, archive)

def tell():
    import zipimport
    loaded = sorted(name for name in sys.modules if name.startswith("{UTILS}."))
    compiled = zipimport._get_module_code.cache_info()
    facts = {{"loaded": loaded, "compiled": compiled.misses, "gc": gc.isenabled(),
              "frozen": gc.get_freeze_count(), "libraries": [name for name in ("requests", "jinja2") if name in sys.modules]}}
    print(json.dumps(facts), file=sys.stderr)

atexit.register(tell)
runpy.run_module("{PACKAGE.replace("/", ".")}.modules.profitbricks_" + module, run_name="__main__")
"""

LAN = {
    "id": "1",
    "metadata": {"state": "AVAILABLE"},
    "properties": {"name": "front", "public": True},
    "entities": {"nics": {"items": []}},
}


class Answers(BaseHTTPRequestHandler):
    """A service that knows one LAN."""

    def do_GET(self) -> None:
        body = json.dumps({"items": [LAN]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the output of tests is not its place."""


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/cloudapi/v6"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("module") / "module.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packages = {
            "ansible_collections",
            "ansible_collections/profitbricks",
            str(Path(PACKAGE).parent),
            PACKAGE,
        }
        for package in (*packages, f"{PACKAGE}/modules"):
            packed.writestr(f"{package}/__init__.py", "")
        packed.writestr(f"{PACKAGE}/module_utils/__init__.py", "")
        for source in sorted((ROOT / "plugins").glob("module*/**/*.py")):
            packed.write(source, f"{PACKAGE}/{source.relative_to(ROOT / 'plugins')}")
    return path


def run(archive: Path, service: str, module: str, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The module's result, and what is known of the process at its end."""
    login = {"api_url": service, "username": "demo@example.com", "password": "demo-password"}
    if module != "datacenter":
        options["datacenter"] = "15f67991-0f51-4efc-a8ad-ef1fb31a480c"
    arguments = json.dumps({**login, **options})
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(archive), module, arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    return result, json.loads(done.stderr)


def test_each_file_is_compiled_once(archive: Path, service: str) -> None:
    result, process = run(archive, service, "lan", name="front", public=True)
    assert not result["changed"]
    # The first three, up to the one that sees to it, are not counted; packages without code are counted as others.
    assert process["compiled"] >= len(process["loaded"]) - 3
    assert process["compiled"] <= len(process["loaded"]) + 1


def test_a_process_that_runs_no_archive_is_left_as_it_is() -> None:
    importlib.import_module(f"{UTILS}._fast_start")
    assert gc.isenabled()
    assert not hasattr(getattr(zipimport, "_get_module_code"), "cache_info")  # noqa: B009


def test_what_is_loaded_is_not_searched_for_garbage(archive: Path, service: str) -> None:
    _result, process = run(archive, service, "lan", name="front", public=True)
    assert process["gc"]
    assert process["frozen"] > 1000


# What every run needs; of the vendor what a LAN needs.
ENGINE = {
    "addresses",
    "answers",
    "clock",
    "errors",
    "outcome",
    "behaviour",
    "plan",
    "plan.compare",
    "plan.description",
    "plan.facts",
    "plan.pairing",
    "plan.rules",
    "plan.steps",
    "schema",
    "schema.checks",
    "schema.comparison",
    "schema.field",
    "schema.resource",
    "service",
    "settings",
    "http",
    "http.patience",
    "http.request",
    "http.session",
    "http.transport",
}
# What a plan needs beside; reading needs none of it.
PLANNING = {"deciding", "plan.planner", "plan.show", "task"}
VENDOR = {"client", "connection", "provider", "behaviour.lans", "resources.common", "resources.lans"}


def loaded(process: dict[str, Any], package: str) -> set[str]:
    prefix = f"{UTILS}.{package}."
    return {name.removeprefix(prefix) for name in process["loaded"] if name.startswith(prefix)}


def test_an_unchanged_task_loads_nothing_that_changes_waits_or_explains(archive: Path, service: str) -> None:
    _result, process = run(archive, service, "lan", name="front", public=True)
    assert loaded(process, "_engine") == ENGINE | PLANNING
    assert loaded(process, "_profitbricks") >= VENDOR
    assert not loaded(process, "_profitbricks") & {
        "requests_api",
        "datacenter.options",
        "datacenter.whole",
        "hosts",
        "look",
        "resources.balancing",
        "resources.images",
        "resources.ipblocks",
        "resources.servers",
        "rules.fitting",
    }
    assert not loaded(process, "_netfoundry")
    assert process["libraries"] == ["requests"]


def test_reading_loads_nothing_that_changes(archive: Path, service: str) -> None:
    result, process = run(archive, service, "lan_info")
    assert [each["name"] for each in result["lans"]] == ["front"]
    assert loaded(process, "_engine") == ENGINE | {"query"}
    assert "requests_api" not in loaded(process, "_profitbricks")


def test_a_change_that_is_only_foretold_loads_nothing_that_writes(archive: Path, service: str) -> None:
    result, process = run(archive, service, "lan", name="front", public=False, _ansible_check_mode=True)
    assert result["actions"] == ["update"]
    assert loaded(process, "_engine") == ENGINE | PLANNING


def test_a_plain_data_center_loads_nothing_of_contents(archive: Path, service: str) -> None:
    result, process = run(archive, service, "datacenter", name="front")
    assert (result["changed"], result["datacenter"]["name"]) == (False, "front")
    assert not loaded(process, "_profitbricks") & {
        "datacenter.parse",
        "datacenter.planner",
        "datacenter.whole",
        "datacenter.write",
        "datacenter.preflight",
        "rules.fitting",
        "rules.limits",
        "rules.offers",
    }
    assert "whole" not in loaded(process, "_engine")


# Prints which kinds are named by the options of a kind's module, and not loaded with it.
NAMED = f"""
import importlib, json, sys
sys.path[:0] = {sys.path!r}
from {UTILS}._engine.behaviour import Behaviour

def named(fields):
    for each in fields:
        yield from (each.refers, *named(each.options))

def of(kind, resource):
    yield from resource.ancestors
    yield from named(resource.writable)
    yield from named(kind.rules[resource.kind].options if resource.kind in kind.rules else ())
    for child in resource.children:
        if child.creatable:
            yield from of(kind, child.resource)

family = importlib.import_module("{UTILS}." + sys.argv[1])
lacking = {{
    f"{{kind.resource.kind}}: {{name}}"
    for kind in vars(family).values() if isinstance(kind, Behaviour)
    for name in {{*of(kind, kind.resource), *named(kind.options)}} - {{"", "address", *kind.provider.resources}}
}}
print(json.dumps(sorted(lacking)))
"""
FAMILIES = sorted(
    ".".join(path.with_suffix("").parts[-3:])
    for path in ROOT.glob("plugins/module_utils/*/behaviour/[a-z]*.py")
)


@pytest.mark.parametrize("family", FAMILIES)
def test_whatever_the_options_of_a_module_name_is_loaded_with_it(family: str) -> None:
    """Where it is not, a name is taken for an id: only a process that has loaded everything would not notice."""
    done = subprocess.run([sys.executable, "-c", NAMED, family], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


OLD_PYTHON = "import sys; sys.version_info = (3, 10, 14, 'final', 0)\n"


def test_an_older_python_is_told_in_one_line(archive: Path) -> None:
    command = [sys.executable, "-c", OLD_PYTHON + SCRIPT, str(archive), "lan", "{}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    result = json.loads(done.stdout)
    assert (done.returncode, result["failed"]) == (1, True)
    assert "ansible_python_interpreter: the modules of profitbricks.cloud need Python 3.11" in result["msg"]
    assert json.loads(done.stderr)["loaded"] == [f"{UTILS}._fast_start"]


# As ansible-core 2.22, which masks what was registered with it and nothing else; where it is 2.22, its own register.
REGISTER = """
import sys, types
registered = set()
try:
    from ansible.module_utils import secrets as register
except ImportError:
    register = sys.modules["ansible.module_utils.secrets"] = types.ModuleType("ansible.module_utils.secrets")
    register.register_secrets = len
core = register.register_secrets

def register_secrets(values):
    registered.update(values)
    core(values)

register.register_secrets = register_secrets
import atexit, json
atexit.register(lambda: print(json.dumps(sorted(registered))))
"""


def test_secrets_of_the_environment_are_registered_where_ansible_has_a_register(
    archive: Path, service: str
) -> None:
    arguments = {"api_url": service, "datacenter": "15f67991-0f51-4efc-a8ad-ef1fb31a480c", "name": "front"}
    done = subprocess.run(
        [sys.executable, "-c", REGISTER + SCRIPT, str(archive), "lan", json.dumps(arguments)],
        env={**os.environ, "PROFITBRICKS_USERNAME": "ada", "PROFITBRICKS_PASSWORD": "hush-hush"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result, registered = (json.loads(line) for line in done.stdout.splitlines() if line)
    assert result["changed"] is False
    assert "hush-hush" in registered


# Tells what was registered when Ansible wrote the parameters into the system's log.
LOGGED = """
from ansible.module_utils.basic import AnsibleModule
known = []
log = AnsibleModule._log_invocation

def log_invocation(module):
    known.extend(registered)
    log(module)

AnsibleModule._log_invocation = log_invocation
atexit.register(lambda: print(json.dumps(known)))
"""


def test_the_secrets_of_a_dictionary_are_registered_before_it_is_logged_and_its_plain_words_never(
    archive: Path, service: str
) -> None:
    user_data = {
        "packages": ["nginx"],
        "ssh_pwauth": True,
        "chpasswd": {"list": "oneTimeSecret"},
        "write_files": [{"content": "otherTimeSecret", "path": "/etc/x"}],
    }
    arguments = {
        "api_url": service,
        "token": "hush-hush",
        "datacenter": "15f67991-0f51-4efc-a8ad-ef1fb31a480c",
        "name": "db",
        "volumes": [{"name": "nginx", "size": 10, "user_data": user_data}],
    }
    done = subprocess.run(
        [sys.executable, "-c", REGISTER + LOGGED + SCRIPT, str(archive), "server", json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    logged, registered = (json.loads(line) for line in done.stdout.splitlines()[-2:])
    assert {"oneTimeSecret", "otherTimeSecret", "hush-hush"} <= set(logged)
    assert not {"nginx", "db", "True", "/etc/x"} & {*logged, *registered}

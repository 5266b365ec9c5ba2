# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task is told, and what comes of it; what a vendor and an info module say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, NamedTuple, TypeVar

from .clock import Deadline, Progress
from .plan.facts import Facts, Read
from .plan.steps import Call
from .schema.field import Field
from .schema.resource import Resource
from .service import Found, Item, Service

PATIENCE = 600  # seconds that a task waits at most, if nobody says otherwise
S = TypeVar("S", bound=Service)
Answers = Callable[[Any, Sequence[Read], Found], dict[Read, list[Item]]]


class Provider(NamedTuple):
    """A vendor: ``name`` begins the names of its modules, ``title`` names it in their documentation.

    ``connect`` makes the service of a module's parameters and the environment, and adds to the set what no output
    may hold; ``variables`` gives the environment variables behind an option of the connection. ``answer`` carries out
    the reads that a plan asks for. ``taken`` tells whether the service knows of a request for one of the calls, made not
    longer ago than that many seconds. ``facts`` is the class of what its plans know.
    In check mode, ``foresee`` raises CloudError for a plan of one object that the service would refuse. ``later`` names
    modules, below module_utils, that tasks import only once they need them.
    """

    name: str
    title: str
    connection: tuple[Field, ...]
    resources: Mapping[str, Resource]
    variables: Callable[[str], tuple[str, ...]]
    connect: Callable[[Mapping[str, Any], Mapping[str, str], set[str], Progress | None], Service]
    answer: Answers
    taken: Callable[[Any, Sequence[Call], float], bool]
    facts: type[Facts] = Facts
    foresee: Callable[[Any, Any], None] = lambda facts, plan: None
    narrows: bool = False  # whether the service can narrow lists by any property
    later: tuple[str, ...] = ()


class Waiting(NamedTuple):
    """Whether to wait for requests, and for how many seconds at most."""

    wait: bool = True
    seconds: float = PATIENCE

    @classmethod
    def asked(cls, options: Mapping[str, Any]) -> Waiting:
        """As the options ``wait`` and ``wait_timeout`` say."""
        return cls(bool(options.get("wait", True)), float(options.get("wait_timeout") or PATIENCE))


@dataclass(eq=False, repr=False)
class Outcome:
    """What a task did, or in check mode would do.

    ``result`` is the object afterwards, None when there is none; ``actions`` names the writes in their order.
    """

    changed: bool
    result: Item | None
    diff: dict[str, Any]
    actions: list[str] = field(default_factory=list)
    request_id: str | None = None
    warnings: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(eq=False, repr=False)
class Task(Generic[S]):
    """One task: what it was told, and what came of it so far.

    ``item`` is the object as the service last showed it, ``answers`` hold what the service said to each write, by its
    verb, ``ids`` those of what was created, by path, and ``rounds`` counts the plans that were applied. ``accepted``: the
    service has accepted a change.
    """

    cloud: S
    options: Mapping[str, Any]
    check_mode: bool = False
    item: Item | None = None
    rounds: int = 0
    accepted: bool = False
    answers: dict[str, Item] = field(default_factory=dict)
    ids: dict[tuple[str, ...], str] = field(default_factory=dict)
    waiting: Waiting = field(init=False)
    deadline: Deadline = field(init=False)

    def __post_init__(self) -> None:
        self.waiting = Waiting.asked(self.options)
        self.deadline = Deadline.after(self.cloud.clock, self.waiting.seconds)

    @property
    def state(self) -> str:
        return str(self.options.get("state") or "present")

    @property
    def absent(self) -> bool:
        return self.state == "absent"


class Query(NamedTuple):
    """What an info module can search by beside id and name.

    ``narrow`` gives filters ({wire name: text}) for the service, ``matches`` decides on a result.
    """

    options: tuple[Field, ...] = ()
    narrow: Callable[[Mapping[str, Any]], dict[str, str]] = lambda options: {}
    matches: Callable[[Mapping[str, Any], Item], bool] = lambda options, result: True


class Detail(NamedTuple):
    """What an info module adds to each object only when ``option`` is set: it costs requests, or is a secret.

    ``fields`` describe the keys, ``read`` gives them for an object's result.
    """

    option: Field
    fields: tuple[Field, ...]
    read: Callable[[Any, Item], Item]


class Tree(NamedTuple):
    """What documentation says of a root whose contents one task can describe.

    ``resource`` has them as its children, ``what`` is its label, ``verbs`` are those of its plans; ``path`` and ``left``
    are examples: of a step's path, and of an object that the task does not describe. ``steps`` are additional fields of
    steps.
    """

    resource: Resource
    what: str
    verbs: str
    path: str
    left: str
    steps: tuple[Field, ...] = ()


# What a module tells of the contents where the task describes none.
NO_CONTENTS: Mapping[str, Any] = {"tree": None, "plan": [], "unmanaged": []}


# What every info module can search by.
FILTERS = Field(
    "filters",
    "dict",
    help="Only objects whose results have these values, as a dictionary with keys such as C(state). Case "
    "does not matter; in a list, one matching element is enough.",
)


def waiting_fields(provider: Provider) -> tuple[Field, ...]:
    """The options of every module that may wait."""
    prefix = provider.name.upper()
    return (
        Field(
            "wait",
            "bool",
            default=True,
            help="Whether to wait until the service has carried out the change and the object can be used. "
            "Otherwise the task ends as soon as the service has accepted it, with RV(request_id) for later.",
        ),
        Field(
            "wait_timeout",
            "int",
            help="Maximum number of seconds that the task may take, from its first request to its last. The service "
            "continues with whatever is not finished by then. If not set, the environment variable "
            f"E({prefix}_WAIT_TIMEOUT) is used, and without that V({PATIENCE}).",
        ),
        Field(
            "progress",
            "bool",
            help="Whether to show what the task is waiting for, if it waits for longer than a second. If not set, "
            f"the environment variable E({prefix}_PROGRESS) is used, and without that it is shown. This only works "
            "if the task runs inside Ansible's own process, as it does on the controller with its own Python.",
        ),
    )


def unused_waiting_fields(provider: Provider) -> tuple[Field, ...]:
    """The same options for a module that only reads, so that ``module_defaults`` of all modules may hold them."""
    wait, timeout, progress = waiting_fields(provider)
    ignored = (
        "Accepted so that C(module_defaults) of a group can set it, and ignored: there is nothing "
        "to wait for."
    )
    limit = (
        "Maximum number of seconds that reading may take. If not set, the environment variable "
        f"E({provider.name.upper()}_WAIT_TIMEOUT) is used, and without that V({PATIENCE})."
    )
    return replace(wait, default=None, help=ignored), replace(timeout, help=limit), progress

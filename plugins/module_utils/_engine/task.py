# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One task: find, decide, and unless it is only asked what would happen, write and wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from .clock import Deadline
from .errors import NotFound
from .kind import Kind, Outcome, Situation, Waiting
from .reconcile import Change, difference, plan
from .resource import Field, Resource
from .service import Item, Place, Service, Write, own_selector


def ensure(cloud: Service, kind: Kind, options: Mapping[str, Any], check_mode: bool = False) -> Outcome:
    """Bring one object into the state that the options describe.

    ``options`` holds only what the user named; None clears. Raises CloudError.
    """
    resource = kind.variant(kind.resource, options).placed(options)
    waiting = Waiting.asked(options)
    resource.exists_in(cloud.version)
    if options.get("replace"):
        resource = replace(resource, update_method="PUT")
    state = str(options.get("state") or "present")
    absent = state == "absent"
    if not absent:
        # Before any request: what no request could succeed with.
        resource.want(options, cloud.version)
    try:
        options = kind.identify(cloud, options)
        tree = names_siblings(cloud.resources, resource, kind.options, options)
        if state in kind.fresh:
            place = cloud.locate_all(resource, options, tree=tree)[1]
        else:
            place = cloud.locate(resource, options, tree=tree)
    except NotFound:
        if not absent:
            raise
        place = Place({})
    have = kind.decode(cloud, [place.item], place.parents)[0] if place.item else None
    situation = Situation(cloud, resource, options, state, place, have, check_mode)
    want = None if absent else _wanted(situation, kind)
    always = kind.always(situation)
    change = plan(resource, want, have, always)
    if change.verb == "delete":
        kind.before_delete(situation)
    gone = absent and have is None
    writes = [] if gone else kind.arrange(situation, change, _writes(change, situation))
    predicted = dict(change.after) if change.after is not None else None
    for write in writes:
        if predicted is not None:
            predicted.update(write.shows)
    outcome = Outcome(
        bool(writes),
        predicted,
        difference(resource, have, predicted),
        [write.verb for write in writes],
        extra=kind.extra(situation),
    )
    item = place.item
    if check_mode:
        kind.conclude(situation, item, outcome)
        return outcome
    if writes:
        from .writes import carry_out, not_taken

        item = carry_out(situation, kind, writes, outcome, waiting)
        if want and outcome.result is not None and waiting.wait:
            outcome.warnings = not_taken(resource, want, outcome.result)
    elif want is not None and waiting.wait:
        item = _catch_up(situation, kind, outcome, waiting)
    kind.conclude(situation, item, outcome)
    return outcome


def _wanted(situation: Situation[Any], kind: Kind) -> dict[str, Any]:
    resource, options = situation.resource, situation.options
    if situation.have is None:
        own = own_selector(resource, options)
        if own.by_id and not resource.given_id:
            raise NotFound(resource.label, own.option, own.value)
    want = resource.want(options, situation.cloud.version)
    if situation.have is not None and str(want.get(resource.identity)).lower() == situation.have["id"]:
        # The identifying option held the id, which is no new name.
        del want[resource.identity]
    kind.resolve(situation, want)
    kind.check(situation, want)
    return want


def names_siblings(
    resources: Mapping[str, Resource], resource: Resource, more: Iterable[Field], options: Mapping[str, Any]
) -> bool:
    """Whether an option names another object of the data center by its name, so that its id must be looked up."""
    for each in (*resource.writable, *more):
        target, given = resources.get(each.refers), options.get(each.name)
        values = given if isinstance(given, list) else [given]
        if target and target.parents and not all(v in (None, "") or target.is_id(v) for v in values):
            return True
    return any(
        names_siblings(resources, child.resource, (), nested)
        for child in resource.children
        if child.creatable
        for nested in options.get(child.name) or ()
    )


def _writes(change: Change, situation: Situation[Any]) -> list[Write]:
    if not change.changed:
        return []
    from .writes import writes_of  # here, because most runs find nothing to change

    return list(writes_of(change, situation))


def _catch_up(situation: Situation[Any], kind: Kind, outcome: Outcome, waiting: Waiting) -> Item | None:
    """Wait for what an earlier task that did not wait has left under way; returns the object as it then is."""
    cloud, resource, place = situation.cloud, situation.resource, situation.place
    if place.item is None or not cloud.busy(resource, place.item):
        return place.item
    deadline = Deadline.after(cloud.clock, waiting.seconds)
    item: Item | None = cloud.settled(resource, place.parents, str(place.item["id"]), deadline)
    if item is not None:
        outcome.result = kind.decode(cloud, [item], place.parents)[0]
    return item

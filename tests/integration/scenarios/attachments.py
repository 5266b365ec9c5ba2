# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is attached to servers. It exists before, so each scenario makes all that is named in it."""

from __future__ import annotations

from collections.abc import Mapping

from integration.runner import Runner

from .scenario import Scenario

NAMES = ("data", "laterdata", "lasting", "unawaited")


def volume(name: str) -> dict[str, dict[str, object]]:
    return {"properties": {"name": name, "size": 1, "licenceType": "OTHER"}}


def volumes(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    for name in NAMES:
        play.call("POST", f"datacenters/{ids['datacenter']}/volumes", volume(name))
    return {}


def attached_volume(play: Runner, ids: Mapping[str, str]) -> str:
    path = f"datacenters/{ids['datacenter']}/servers/{ids['server']}/volumes"
    return str(play.call("POST", path, volume("twin"))["id"])


def image(play: Runner, name: str) -> str:
    return play.cloud.add_image({"name": name, "location": "de/fra", "size": 1, "imageType": "CDROM"}).id


def cdroms(play: Runner, ids: Mapping[str, str]) -> dict[str, str]:
    for name in NAMES:
        image(play, name)
    return {}


SCENARIOS = {
    "volume_attachment": Scenario(
        create={"volume": "data"},
        mark="volume",
        given=volumes,
        twin=attached_volume,
        lookups=1,
        lacks="it is there or not",
    ),
    "cdrom_attachment": Scenario(
        create={"cdrom": "data"},
        mark="cdrom",
        given=cdroms,
        lookups=1,
        lacks="it is there or not, and a server holds no more than two",
    ),
}

# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that finds the EC2 image of the edge router, with the real collection amazon.aws against moto's EC2."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import Ami
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from integration.inventory_fixtures import COLLECTIONS, ROOT

AMAZON = str(ROOT / ".build" / "amazon")
ACCOUNT = "123456789012"  # moto's own
OFFER = "eai0ozn6apmy1qwwd5on40ec7"  # contract section 8.4
REGIONS = ("eu-central-1", "us-east-1", "us-west-2")
FOUND = re.compile(r'^    "msg": "(.*)"$', re.M)

Play = Callable[..., tuple[int, str]]


@dataclass(frozen=True)
class Image:
    """An image in the Marketplace; ``year`` of its creation."""

    region: str
    id: str
    name: str
    year: int
    product_code: str = OFFER
    owner: str = "aws-marketplace"

    def offer(self) -> None:
        backend = ec2_backends[ACCOUNT][self.region]
        created = datetime(self.year, 11, 2, 9, 17, 1, tzinfo=UTC)
        backend.amis[self.id] = Ami(
            backend,
            self.id,
            name=self.name,
            owner_id="679593333241",
            owner_alias=self.owner,
            public=True,
            creation_date=created,
            product_codes={self.product_code},
        )


IMAGES = (
    Image("us-east-1", "ami-0000000000000001a", "Edge Router 7.3.43", 2025),
    Image("us-east-1", "ami-0000000000000002b", "Edge Router 7.4.1", 2026),
    Image("us-east-1", "ami-0000000000000003c", "Edge Router 7.3.10", 2024),
    Image(
        "us-east-1", "ami-0000000000000004d", "Another offer", 2026, product_code="0000000000000another000000"
    ),
    Image("us-east-1", "ami-0000000000000005e", "A copy of somebody", 2026, owner="somebody"),
    Image("us-west-2", "ami-0000000000000006f", "Edge Router 7.4.1", 2026),
)


@pytest.fixture
def ec2(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An EC2 of three regions, with images in two of them; its address."""
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    known = [region for region in RegionsAndZonesBackend.regions if region.name in REGIONS]
    monkeypatch.setattr(RegionsAndZonesBackend, "regions", known)
    for region in REGIONS:
        ec2_backends[ACCOUNT][region].reset()
    for image in IMAGES:
        image.offer()
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        yield "http://{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


@pytest.fixture
def play(ec2: str, tmp_path: Path) -> Play:
    """Runs the playbook with options; answers its exit code and output."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "AWS_"))}
    settings = tmp_path / "ansible.cfg"
    settings.write_text("[defaults]\n", encoding="utf-8")
    environment = {
        **own,
        "ANSIBLE_CONFIG": str(settings),
        "ANSIBLE_HOME": str(tmp_path / "ansible"),
        "ANSIBLE_NOCOLOR": "true",
        "AWS_ACCESS_KEY_ID": "INVENTED",
        "AWS_SECRET_ACCESS_KEY": "invented",
        "AWS_ENDPOINT_URL": ec2,
    }

    def run(
        *options: str, collections: str = f"{COLLECTIONS}{os.pathsep}{AMAZON}", **more: str
    ) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "ansible", "playbook", "profitbricks.cloud.edge_router_ami", *options],
            cwd=tmp_path,
            env={**environment, "ANSIBLE_COLLECTIONS_PATH": collections, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_the_newest_image_of_a_region_is_found(play: Play) -> None:
    code, output = play("--check", "-e", "image_region=us-east-1")
    assert code == 0, output
    assert FOUND.findall(output) == ["us-east-1 ami-0000000000000002b Edge Router 7.4.1"]
    assert "changed=0" in output


def test_all_regions_are_searched(play: Play) -> None:
    code, output = play()
    assert code == 0, output
    assert [line.split()[:2] for line in FOUND.findall(output)] == [
        ["us-east-1", "ami-0000000000000002b"],
        ["us-west-2", "ami-0000000000000006f"],
    ]


def test_another_offer_or_none_is_told(play: Play) -> None:
    code, output = play("-e", "image_region=us-east-1", "-e", "image_product_code=0000000000000another000000")
    assert code == 0, output
    assert FOUND.findall(output) == ["us-east-1 ami-0000000000000004d Another offer"]

    code, output = play("-e", "image_region=eu-central-1")
    assert code == 2, output
    assert f"No image has the product code {OFFER} in eu-central-1." in output


def test_what_to_install_is_told(play: Play, tmp_path: Path) -> None:
    # A boto3 that cannot be imported, before the one that can.
    (tmp_path / "boto3.py").write_text("raise ImportError\n", encoding="utf-8")

    code, output = play(collections=COLLECTIONS)
    assert code == 2, output
    assert (
        "EC2 cannot be searched without the collection amazon.aws. Run: ansible-galaxy collection install amazon.aws"
        in (output)
    )

    code, output = play(collections=COLLECTIONS, PYTHONPATH=str(tmp_path))
    assert code == 2, output
    assert "without the collection amazon.aws and the Python library boto3. Run: ansible-galaxy" in output
    assert f"; {sys.executable} -m pip install boto3" in output

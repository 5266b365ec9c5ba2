# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input: one line that says what to change, nothing written, no secret told."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import trustme

from integration.runner import SECRETS, Done, Results, Runner, task
from pocketvdc import Cloud, Server

NOWHERE = "00000000-0000-4000-8000-000000000000"
PASSWORD = "sEcret4pass"
BAD_PASSWORD = "sEcret 4 pass!"
USER_PASSWORD = "us3rPassw0rd"
ALL_SECRETS = (*SECRETS, PASSWORD, BAD_PASSWORD, USER_PASSWORD, "wr0ngPassword", "wr0ngToken")
IN_SHOP: dict[str, Any] = {"datacenter": "shop"}
ON_WEB: dict[str, Any] = {"datacenter": "shop", "server": "web"}
ON_FRONT: dict[str, Any] = {"datacenter": "shop", "server": "web", "nic": "front"}
BOOT: dict[str, Any] = {**IN_SHOP, "name": "new", "size": 10}
WEB2: dict[str, Any] = {**IN_SHOP, "name": "new", "cores": 1, "ram": 1024}
RULE: dict[str, Any] = {**ON_FRONT, "name": "new"}
ADA: dict[str, Any] = {
    "email": "ada@example.com",
    "firstname": "Ada",
    "lastname": "L",
    "user_password": USER_PASSWORD,
}


@dataclass(frozen=True)
class Case:
    """A task that has to fail, and what its error has to hold; ``reads`` is how many requests it may have made."""

    module: str
    options: Mapping[str, Any]
    says: tuple[str, ...]
    reads: int = 2


def case(module: str, says: str | tuple[str, ...], /, reads: int = 2, **options: Any) -> Case:
    return Case(module, options, (says,) if isinstance(says, str) else says, reads)


CASES = {
    # wrong types and words: found before any request
    "size is no number": case(
        "volume", "size: must be a whole number of GB, not 'ten'", reads=0, **{**BOOT, "size": "ten"}
    ),
    "memory with its unit": case(
        "server", "ram: must be a whole number of MB, not '4 GB'", reads=0, **{**WEB2, "ram": "4 GB"}
    ),
    "cores is a boolean": case(
        "server", "cores: must be a whole number, not true", reads=0, **{**WEB2, "cores": True}
    ),
    "servers by their names alone": case(
        "datacenter",
        "servers: each entry must be a dictionary of options, such as {name: web-01}, not 'web-01'",
        reads=0,
        name="shop",
        servers=["web-01"],
    ),
    "servers under their names": case(
        "datacenter",
        "servers: must be a list of dictionaries, not a dictionary",
        reads=0,
        name="shop",
        servers={"web-01": {"cores": 1, "ram": 1024}},
    ),
    "rules by their ports alone": case(
        "nic",
        "firewall_rules: each entry must be a dictionary of options, such as {name: ...}, not 22",
        reads=0,
        **ON_WEB,
        name="front",
        firewall_rules=[22],
    ),
    "failover to append by its address alone": case(
        "lan",
        "ip_failover: each entry must be a dictionary of options (ip, nic_id), not '203.0.113.7'",
        reads=0,
        **IN_SHOP,
        name="public",
        append=True,
        ip_failover=["203.0.113.7"],
    ),
    "a window that is a day": case(
        "k8s_cluster",
        "maintenance_window: must be a dictionary of options (day_of_the_week, time), not true",
        reads=0,
        name="new",
        maintenance_window=True,
    ),
    "labels as a list": case(
        "server", "labels: must be a dictionary, not a list", reads=0, **WEB2, labels=["env=prod"]
    ),
    "a LAN described where one is named": case(
        "nic", "lan: must be text, not a dictionary", reads=0, **ON_WEB, name="new", lan={"name": "public"}
    ),
    "cores is a list": case("server", "cores", reads=0, **{**WEB2, "cores": [1]}),
    "public is no boolean": case(
        "lan", ("public", "perhaps"), reads=0, **IN_SHOP, name="new", public="perhaps"
    ),
    "dhcp is no boolean": case("nic", ("dhcp", "maybe"), reads=0, **ON_WEB, name="new", lan=1, dhcp="maybe"),
    "unknown option": case(
        "server", ("Unsupported parameters", "core"), reads=0, **IN_SHOP, name="web", core=2
    ),
    "unknown nested option": case(
        "server", ("Unsupported parameters", "lam"), reads=0, **WEB2, nics=[{"lam": 1}]
    ),
    "unknown state": case("server", ("state", "paused"), reads=0, **IN_SHOP, name="web", state="paused"),
    "unknown protocol": case("firewall_rule", ("protocol", "SCTP"), reads=0, **RULE, protocol="SCTP"),
    "unknown bus": case("volume", ("bus", "SCSI"), reads=0, **BOOT, bus="SCSI"),
    "unknown zone": case(
        "server", ("availability_zone", "ZONE_9"), reads=0, **WEB2, availability_zone="ZONE_9"
    ),
    "no parent": case("server", ("missing required arguments", "datacenter"), reads=0, name="web"),
    "empty parent": case("server", ("datacenter", "needed"), reads=0, datacenter="", name="web"),
    "half a failover": case(
        "lan", ("nic_id", "ip_failover"), reads=0, **IN_SHOP, name="x", ip_failover=[{"ip": "1.2.3.4"}]
    ),
    # what says which object is meant
    "neither name nor id": case("server", ("name or id", "server"), reads=0, **IN_SHOP),
    "no mark of a NIC": case("nic", "name or lan or id", reads=0, **ON_WEB),
    "no mark of a user": case("user", "email or id", reads=0, firstname="Ada"),
    "an id that is none": case("server", ("id: 'web'", "UUID"), reads=0, **IN_SHOP, id="web"),
    "a LAN's id that is none": case("lan", ("id: 'public'", "number"), reads=0, **IN_SHOP, id="public"),
    "an info id that is none": case("volume_info", ("id: 'x'", "UUID"), reads=0, **IN_SHOP, id="x"),
    "an unknown id": case("server", ("id", NOWHERE), **IN_SHOP, id=NOWHERE, cores=1),
    "an unknown data center's id": case("datacenter", ("id", NOWHERE), id=NOWHERE, name="other"),
    # unknown and ambiguous names
    "unknown data center": case(
        "server",
        ("datacenter", "'shpo'", "did you mean 'shop'?", "check the name"),
        **{**WEB2, "datacenter": "shpo"},
    ),
    "unknown data center's UUID": case("server", ("datacenter", NOWHERE), **{**WEB2, "datacenter": NOWHERE}),
    "unknown server": case(
        "nic",
        ("server", "'wbe'", "did you mean 'web'?"),
        reads=3,
        **{**ON_WEB, "server": "wbe"},
        name="new",
        lan=1,
    ),
    "unknown NIC": case(
        "firewall_rule", ("nic", "'fron'", "did you mean 'front'?"), **{**RULE, "nic": "fron"}, protocol="ANY"
    ),
    "unknown data center of an info": case("server_info", ("datacenter", "'shpo'"), datacenter="shpo"),
    "unknown LAN": case(
        "nic", ("lan", "'pubic'", "did you mean 'public'?"), **ON_WEB, name="new", lan="pubic"
    ),
    "unknown LAN of a nested NIC": case(
        "server", ("lan", "'pubic'"), **WEB2, nics=[{"name": "n", "lan": "pubic"}]
    ),
    "unknown server to attach to": case(
        "volume", ("server", "'wbe'", "did you mean 'web'?"), **BOOT, licence_type="OTHER", server="wbe"
    ),
    "unknown boot volume": case(
        "server", ("boot_volume", "'nowhere'"), reads=4, **IN_SHOP, name="web", boot_volume="nowhere"
    ),
    "unknown image": case(
        "volume", ("image", "'Ubunut'", "profitbricks_image_info"), reads=6, **BOOT, image="Ubunut"
    ),
    "unknown alias": case(
        "volume",
        ("image: 'ubunut:latest'", "did you mean 'ubuntu:latest'", "HTTP 422"),
        reads=3,
        **BOOT,
        image="ubunut:latest",
        image_password=PASSWORD,
    ),
    "two data centers of a name": case(
        "server", ("datacenter", "match 'twin'", "by its id"), **{**WEB2, "datacenter": "twin"}
    ),
    "two data centers of a name, itself": case(
        "datacenter", ("name", "match 'twin'"), name="twin", description="x"
    ),
    "two servers of a name": case("server", ("name", "match 'twin'"), **IN_SHOP, name="twin", cores=2),
    "two LANs of a name": case("lan", ("name", "match 'twin'"), **IN_SHOP, name="twin", public=True),
    "two NICs in a LAN": case("nic", ("lan", "match '3'"), **ON_WEB, lan=3, dhcp=False),
    # bad characters and forms
    "a data center's name with a slash": case(
        "datacenter", ("name", "must not contain"), reads=0, name="a/b", location="de/fra"
    ),
    "a data center's name with a pipe": case(
        "datacenter", ("name", "must not contain"), reads=0, name="a|b", location="de/fra"
    ),
    "a location that is none": case(
        "datacenter",
        ("location", "frankfurt", "profitbricks_location_info"),
        reads=0,
        name="x",
        location="frankfurt",
    ),
    "an unknown location": case("datacenter", ("location: ", "HTTP 422"), name="x", location="de/xyz"),
    "a host name with capitals": case(
        "server", ("hostname", "host name"), reads=0, **WEB2, hostname="Web_01"
    ),
    "an address that is no e-mail": case(
        "user", ("email", "e-mail address"), reads=0, **{**ADA, "email": "ada"}
    ),
    "a MAC address that is none": case(
        "firewall_rule", ("source_mac", "MAC address"), reads=0, **RULE, protocol="ANY", source_mac="02:01"
    ),
    "an IP address that is none": case(
        "firewall_rule",
        ("source_ip", "not an IP address"),
        reads=0,
        **RULE,
        protocol="ANY",
        source_ip="300.1.1.1",
    ),
    "a NIC's address that is none": case(
        "nic", ("ips", "not an IP address"), reads=0, **ON_WEB, name="new", lan=1, ips=["300.1.1.1"]
    ),
    "user data that is no base64": case(
        "volume",
        ("user_data", "encode_user_data", "b64encode"),
        reads=0,
        **BOOT,
        image="ubuntu:22.04",
        user_data="#cloud-config !",
    ),
    "a template that is no UUID": case(
        "server",
        ("template_uuid", "UUID"),
        reads=0,
        **IN_SHOP,
        name="new",
        type="CUBE",
        template_uuid="CUBES S",
    ),
    "a CD-ROM that is not there": case(
        "server",
        ("boot_cdrom", "profitbricks_image_info"),
        reads=4,
        **IN_SHOP,
        name="web",
        boot_cdrom="debian",
    ),
    # impossible sizes and combinations
    "no cores": case("server", "cores", reads=0, **{**WEB2, "cores": 0}),
    "memory of an odd size": case(
        "server", ("ram: 1000 MB", "multiple of 256 MB"), reads=0, **{**WEB2, "ram": 1000}
    ),
    "memory below the smallest": case("server", ("ram", "256"), reads=0, **{**WEB2, "ram": 0}),
    "too little memory for hot plug": case(
        "server",
        ("ram", "1024"),
        reads=3,
        **{**WEB2, "ram": 512},
        volumes=[{"name": "v", "size": 1, "licence_type": "OTHER", "ram_hot_plug": True}],
    ),
    "a server without size": case("server", ("cores, ram", "needed"), **IN_SHOP, name="new"),
    "a CUBE without template": case(
        "server", ("template_uuid", "needed"), **IN_SHOP, name="new", type="CUBE"
    ),
    "a CUBE with cores": case(
        "server", ("cores, ram", "template"), **WEB2, type="CUBE", template_uuid=NOWHERE
    ),
    "a VCPU with a CPU family": case(
        "server", ("cpu_family", "VCPU"), **WEB2, type="VCPU", cpu_family="INTEL_SKYLAKE"
    ),
    "two boot devices": case(
        "server",
        ("boot_cdrom", "not from both"),
        **IN_SHOP,
        name="web",
        boot_volume="boot",
        boot_cdrom=NOWHERE,
    ),
    "a volume of no size": case("volume", ("size", "1"), reads=0, **{**BOOT, "size": 0}),
    "a volume without size": case("volume", ("size", "needed"), **IN_SHOP, name="new", licence_type="OTHER"),
    "a volume without source": case("volume", ("image", "licence_type"), **BOOT),
    "a volume of two sources": case(
        "volume",
        ("licence_type", "image"),
        reads=3,
        **BOOT,
        image="ubuntu:22.04",
        licence_type="WINDOWS",
        image_password=PASSWORD,
    ),
    "a shrinking volume": case(
        "volume",
        ("size: the volume boot has 10 GB", "only grow", "not shrink to 5 GB"),
        **IN_SHOP,
        name="boot",
        size=5,
    ),
    "a volume smaller than its image": case(
        "volume", "HTTP 422", **{**BOOT, "size": 1}, image="windows:2022", image_password=PASSWORD
    ),
    # Three reads: whether there is such an alias is told first.
    "a public image without access": case(
        "volume", ("image_password", "ssh_keys"), reads=3, **BOOT, image="ubuntu:22.04"
    ),
    "a password without image": case(
        "volume", ("image_password", "image"), **BOOT, licence_type="OTHER", image_password=PASSWORD
    ),
    "a password that the service refuses": case(
        "volume",
        ("image_password", "8 to 50"),
        reads=0,
        **BOOT,
        image="ubuntu:22.04",
        image_password=BAD_PASSWORD,
    ),
    "a bad password of a nested volume": case(
        "server",
        ("image_password", "8 to 50"),
        reads=0,
        **WEB2,
        volumes=[{"name": "v", "size": 1, "image": "ubuntu:22.04", "image_password": BAD_PASSWORD}],
    ),
    "a zone for a DAS volume": case(
        "server",
        ("availability_zone", "DAS"),
        reads=4,
        **IN_SHOP,
        name="new",
        type="CUBE",
        template="CUBES S",
        volumes=[{"name": "v", "disk_type": "DAS", "availability_zone": "ZONE_1"}],
    ),
    # the service may know it by now, and says that it does not
    "unknown disk type": case(
        "volume", ("disk_type", "TAPE"), **BOOT, licence_type="OTHER", disk_type="TAPE"
    ),
    "unknown licence": case("volume", ("licence_type", "BSD"), **BOOT, licence_type="BSD"),
    "unknown type of server": case("server", ("type", "MAINFRAME"), **WEB2, type="MAINFRAME"),
    "a NIC without LAN": case("nic", ("lan", "needed"), **ON_WEB, name="new"),
    "a rule without protocol": case("firewall_rule", ("protocol", "needed"), **RULE),
    "half a range of ports": case(
        "firewall_rule", ("port_range_end", "both"), **RULE, protocol="TCP", port_range_start=80
    ),
    "a range of ports the wrong way round": case(
        "firewall_rule",
        ("port_range_end", "below"),
        **RULE,
        protocol="TCP",
        port_range_start=80,
        port_range_end=79,
    ),
    "a port beyond the last": case(
        "firewall_rule",
        ("port_range_end", "65535"),
        reads=0,
        **RULE,
        protocol="TCP",
        port_range_start=80,
        port_range_end=70000,
    ),
    "ports of ICMP": case(
        "firewall_rule",
        ("port_range_start", "TCP or UDP"),
        **RULE,
        protocol="ICMP",
        port_range_start=80,
        port_range_end=80,
    ),
    "an ICMP type of TCP": case("firewall_rule", ("icmp_type", "ICMP"), **RULE, protocol="TCP", icmp_type=8),
    "an ICMP type beyond the last": case(
        "firewall_rule", ("icmp_type", "254"), reads=0, **RULE, protocol="ICMP", icmp_type=255
    ),
    "nat where the API has none": case(
        "nic", ("nat", "version 5"), reads=0, **ON_WEB, name="front", nat=True
    ),
    "a user without names": case(
        "user", ("firstname", "needed"), email="new@example.com", user_password=USER_PASSWORD
    ),
    "no time to wait": case("lan", ("wait_timeout", "1"), reads=0, **IN_SHOP, name="new", wait_timeout=0),
    # what cannot be changed, or must not be
    "another location": case(
        "datacenter", ("location", "'de/fra'", "'us/las'", "cannot change"), name="shop", location="us/las"
    ),
    "another protocol": case(
        "firewall_rule",
        ("protocol", "'TCP'", "'UDP'", "cannot change"),
        **ON_FRONT,
        name="ssh",
        protocol="UDP",
    ),
    "another disk type": case(
        "volume", ("disk_type", "'HDD'", "'SSD'"), **IN_SHOP, name="boot", disk_type="SSD"
    ),
    "a data center that is not empty": case(
        "datacenter", ("force", "web", "boot", "public"), name="shop", state="absent", reads=5
    ),
    "oneself": case(
        "user",
        ("demo@example.com", "cannot delete itself"),
        token="",
        username="demo@example.com",
        password="demo-password",
        email="demo@example.com",
        state="absent",
    ),
    # credentials and addresses
    "a wrong password": case(
        "datacenter",
        ("HTTP 401", "username and password"),
        reads=1,
        token="",
        username="demo@example.com",
        password="wr0ngPassword",
        name="x",
    ),
    "a wrong token": case("datacenter_info", ("HTTP 401", "token"), reads=1, token="wr0ngToken"),
    "a user without password": case(
        "datacenter_info",
        ("password", "PROFITBRICKS_PASSWORD"),
        reads=0,
        username="demo@example.com",
        token="",
    ),
    "no credentials": case("datacenter_info", ("No credentials", "PROFITBRICKS_TOKEN"), reads=0, token=""),
    "an address that is none": case(
        "datacenter_info", ("api_url", "http"), reads=0, api_url="api.example.com"
    ),
    "an address with credentials": case(
        "datacenter_info",
        ("api_url", "must not contain credentials"),
        reads=0,
        api_url="http://me:wr0ngPassword@127.0.0.1/cloudapi/v6",
    ),
    "a version that is none": case(
        "datacenter_info", ("api_url", "v4, v5, v6"), reads=0, api_url="http://127.0.0.1/cloudapi/v9"
    ),
    "a negative timeout": case("datacenter_info", "api_timeout", reads=0, api_timeout=-1),
    "too many retries": case("datacenter_info", "api_retries", reads=0, api_retries=1000),
    "a contract number that is none": case(
        "datacenter_info", "contract_number", reads=0, contract_number="mine"
    ),
    "a file of authorities that is not there": case(
        "datacenter_info",
        "ca_path",
        reads=0,
        ca_path="/nowhere/ca.pem",
        api_url="https://127.0.0.1:1/cloudapi/v6",
    ),
}


def assert_told(done: Done, wanted: Case) -> None:
    """A failure of one line that holds all it should, before anything was written."""
    assert "\n" not in done.msg
    for words in wanted.says:
        assert words.lower() in done.msg.lower(), f"{words!r} is not in: {done.msg}"
    assert "Traceback" not in str(done.result) and "Unexpected" not in done.msg, done.msg
    written = [call for call in done.calls if call["method"] != "GET" and call["status"] < 400]
    assert written == [], "something was written"
    assert len(done.reads) <= wanted.reads, done.reads


def assert_no_secret(results: Results) -> None:
    for secret in ALL_SECRETS:
        assert secret not in results.output, f"{secret} is told"


def twins(play: Runner) -> None:
    """Two of each kind with one name, beside the shop."""
    shop = play.shop()
    at = f"datacenters/{shop['datacenter']}"
    for _each in range(2):
        play.call("POST", "datacenters", {"properties": {"name": "twin", "location": "de/fra"}})
        play.call("POST", f"{at}/servers", {"properties": {"name": "twin", "cores": 1, "ram": 1024}})
        play.call("POST", f"{at}/lans", {"properties": {"name": "twin"}})
    for _each in range(2):
        play.call("POST", f"{at}/servers/{shop['server']}/nics", {"properties": {"lan": 3}})


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 60


def test_bad_input_is_told_in_one_line_and_writes_nothing(play: Runner) -> None:
    twins(play)
    tasks = [task(name, each.module, **each.options) for name, each in CASES.items()]
    results = play(tasks, arguments=["-vvv"])
    failures = []
    for name, each in CASES.items():
        try:
            assert_told(results[name], each)
        except AssertionError as error:
            failures.append(f"{name}: {error}")
    assert not failures, "\n".join(failures)
    assert_no_secret(results)
    assert results.output.count("Traceback") == 0


# -- a service that is not well -----------------------------------------------------------------------------------

SICK: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "refuses everyone": (
        {"kind": "status", "status": 403, "code": "403", "message": "no"},
        ("HTTP 403", "is not allowed"),
    ),
    "is in maintenance": (
        {"kind": "status", "status": 503, "message": "later"},
        ("HTTP 503", "later", "api_retries"),
    ),
    "limits the rate": ({"kind": "status", "status": 429, "retry_after": 1}, ("HTTP 429", "rate limit")),
    "has a fault": (
        {"kind": "status", "status": 500, "code": "500", "message": "oops"},
        ("HTTP 500", "oops"),
    ),
    "sends a page": ({"kind": "html"}, ("HTTP 502", "HTML")),
    "sends half an answer": ({"kind": "half"}, ("cut short", "try again")),
    "hangs up": ({"kind": "drop_before"}, ("lost or cut short", "try again")),
    "hangs": ({"kind": "hang", "seconds": 3}, ("did not answer", "api_timeout")),
}


def test_a_service_that_is_not_well_is_told_in_one_line(play: Runner) -> None:
    play.shop()
    tasks = []
    for name, (fault, _says) in SICK.items():
        before = {"before": [["faults", {"method": "GET", "path": "datacenters", "times": 1, **fault}]]}
        tasks.append(task(name, "datacenter_info", before, api_retries=0, api_timeout=1.5))
        tasks.append(
            task(f"{name}, by a module", "lan", before, **IN_SHOP, name="new", api_retries=0, api_timeout=1.5)
        )
    results = play(tasks, arguments=["-vvv"])
    for name, (_fault, says) in SICK.items():
        for each in (name, f"{name}, by a module"):
            assert_told(results[each], Case("", {}, says))
    assert_no_secret(results)


def test_passing_trouble_is_overcome(play: Runner) -> None:
    play.shop()
    passing = [
        fault for name, (fault, _says) in SICK.items() if name not in ("refuses everyone", "has a fault")
    ]
    tasks = [
        task(
            str(fault),
            "lan_info",
            {"before": [["faults", {"method": "GET", "path": "lans", **fault}]]},
            **IN_SHOP,
            api_timeout=0.5,
        )
        for fault in passing
    ]
    results = play(tasks)
    for done in results:
        assert len(done["lans"]) == 2


# -- no service ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def encrypted(authority: trustme.CA) -> Iterator[Server]:
    """An emulator that speaks TLS with a certificate of an authority of its own, for 127.0.0.1 only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Server(Cloud(), ssl_context=context) as server:
        yield server


def test_no_service_is_told_in_one_line(
    play: Runner, encrypted: Server, authority: trustme.CA, tmp_path: Path
) -> None:
    trusted, junk = tmp_path / "authority.pem", tmp_path / "junk.pem"
    authority.cert_pem.write_to_path(str(trusted))
    junk.write_text("no certificate", encoding="utf-8")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = closed.getsockname()[1]
        secure = f"{encrypted.url}/cloudapi/v6"
        plain = secure.replace("https:", "http:")
        by_name = secure.replace("127.0.0.1", "localhost")
        base = encrypted.url
        addresses: dict[str, dict[str, Any]] = {
            "nobody listens": {"api_url": f"http://127.0.0.1:{nobody}/cloudapi/v6"},
            "no such host": {"api_url": "http://no-such-host.invalid/cloudapi/v6"},
            "an unknown authority": {"api_url": secure},
            "a certificate for another host": {"api_url": by_name, "ca_path": str(trusted)},
            "a file that holds no certificate": {"api_url": secure, "ca_path": str(junk)},
            "no TLS where it is spoken": {"api_url": plain, "api_timeout": 2},
            "TLS where it is not spoken": {"api_url": play.api().replace("http:", "https:")},
            "another path": {"api_url": f"{base}/cloudapi/nothing", "ca_path": str(trusted)},
            "a trusted authority": {"api_url": secure, "ca_path": str(trusted)},
            "an address without path": {"api_url": base, "ca_path": str(trusted)},
            "no check": {"api_url": secure, "validate_certs": False},
        }
        tasks = [
            task(name, "datacenter_info", api_retries=0, **options) for name, options in addresses.items()
        ]
        results = play(tasks, arguments=["-vvv"])
    for name, says in {
        "nobody listens": ("Cannot connect", "refused", "api_url"),
        "no such host": ("Cannot connect", "no-such-host.invalid", "api_url"),
        "an unknown authority": ("TLS", "ca_path"),
        "a certificate for another host": ("TLS", "localhost"),
        "a file that holds no certificate": ("TLS", "ca_path"),
        "no TLS where it is spoken": ("try again",),
        "TLS where it is not spoken": ("TLS", "api_url"),
        "another path": ("HTTP 404",),
    }.items():
        assert_told(results[name], Case("", {}, says))
    for name in ("a trusted authority", "an address without path", "no check"):
        assert results[name]["datacenters"] == []
    assert_no_secret(results)

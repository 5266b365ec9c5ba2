# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page at /_emulator/: what it shows, what it may order, and what a browser makes of it."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from contract.schema.world import AUTH
from pocketvdc import Cloud, Server, page
from pocketvdc.faults import MOST_BODIES, MOST_CALLS, MOST_TEXT, Journal, redacted
from pocketvdc.netfoundry.testing import NetFoundryApi
from pocketvdc.pytest import Pocket
from pocketvdc.testing import Api

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SECONDS = 20
SCREENSHOTS = Path(__file__).parents[2] / ".build" / "screenshots"


def build(server: Server, name: str, many: int = 3) -> str:
    """A data center with two LANs and some servers in both; its id."""
    lans = [{"properties": {"name": each, "public": each == "front"}} for each in ("front", "back")]
    nics = {"items": [{"properties": {"lan": number}} for number in (1, 2)]}
    servers = [
        {"properties": {"name": f"web-{i}", "cores": 2, "ram": 2048}, "entities": {"nics": nics}}
        for i in range(many)
    ]
    body = {
        "properties": {"name": name, "location": "de/fra"},
        "entities": {"lans": {"items": lans}, "servers": {"items": servers}},
    }
    answer = requests.post(f"{server.url}/cloudapi/v6/datacenters", json=body, auth=AUTH, timeout=10)
    answer.raise_for_status()
    return str(answer.json()["id"])


# What the page may order, and others may not


def headers(server: Server, **changes: str | None) -> dict[str, str]:
    found = {"Origin": server.url, page.TOKEN_HEADER: page.TOKEN, **changes}
    return {name: value for name, value in found.items() if value is not None}


def test_an_order_with_the_token_of_the_page_is_taken(server: Server) -> None:
    url = f"{server.url}/_emulator/reset"
    assert requests.post(url, headers=headers(server), timeout=5).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {page.TOKEN_HEADER: None},
        {page.TOKEN_HEADER: "guessed"},
        {page.TOKEN_HEADER: "ümlaut".encode().decode("latin-1")},
        {page.TOKEN_HEADER: ""},
        {"Origin": "https://evil.example.com"},
        {"Origin": "null"},
    ],
)
def test_an_order_of_another_page_is_refused(server: Server, changes: dict[str, str | None]) -> None:
    build(server, "kept")
    answer = requests.post(f"{server.url}/_emulator/reset", headers=headers(server, **changes), timeout=5)
    assert answer.status_code == 403
    assert requests.get(f"{server.url}/_emulator/status", timeout=5).json()["resources"]["datacenter"] == 1


def test_the_page_of_another_emulator_is_another_origin(server: Server) -> None:
    with Server(Cloud()) as other:
        url = f"{server.url}/_emulator/reset"
        assert requests.post(url, headers=headers(other), timeout=5).status_code == 403


@pytest.mark.parametrize("what", ["", "page.js", "page.css", "events", "view", "exchange?number=1"])
def test_nothing_of_the_page_can_be_read_from_elsewhere(server: Server, what: str) -> None:
    url = f"{server.url}/_emulator/{what}"
    assert requests.get(url, headers={"Origin": "https://evil.example.com"}, timeout=5).status_code == 403
    assert requests.get(url, headers={"Host": "evil.example.com"}, timeout=5).status_code == 403


@pytest.mark.parametrize("what", ["", "page.js", "page.css"])
def test_the_page_stands_alone(server: Server, what: str) -> None:
    answer = requests.get(f"{server.url}/_emulator/{what}", timeout=5)
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    text = answer.text.replace("http://www.w3.org/2000/svg", "").replace(
        "https://www.gnu.org/licenses/gpl-3.0.txt", ""
    )
    assert "://" not in text and "style=" not in text and "innerHTML" not in text


# What was asked and answered


SECRETS = [
    ('{"imagePassword": "hidden"}', '{"imagePassword": "***"}'),
    ('{"password":"a\\\\\\"hidden"}', '{"password":"***"}'),
    ('{"token": "hidden", "name": "kept"}', '{"token": "***", "name": "kept"}'),
    ('{"sshKeys": ["hidden", "hidden"], "name": "kept"}', '{"sshKeys": "***", "name": "kept"}'),
    ('{"userData": "hidden', '{"userData": "***"'),
    ('{"jwt": "hidden\\\\', '{"jwt": "***"'),
    ('{"access_token": "hidden"}', '{"access_token": "***"}'),
    ('{"kubeconfig": "hidden"}', '{"kubeconfig": "***"}'),
    ("grant_type=client&client_secret=hidden&scope=kept", "grant_type=client&client_secret=***&scope=kept"),
    ("users:\n- name: kept\n  user:\n    token: hidden\n", "users:\n- name: kept\n  user:\n    token: ***\n"),
    ('{"name": "kept"}', '{"name": "kept"}'),
]


@pytest.mark.parametrize(("text", "shown"), SECRETS)
def test_secrets_are_left_out(text: str, shown: str) -> None:
    assert redacted(text.encode()) == shown


def test_no_secret_of_a_server_or_an_account_is_shown() -> None:
    cloud = Cloud()
    api = Api(cloud)
    center = api.post("/datacenters", {"properties": {"name": "one", "location": "de/fra"}}).id
    image = {"size": 2, "type": "HDD", "licenceType": "LINUX", "name": "disk", "imagePassword": "Hidden12345"}
    api.post(f"/datacenters/{center}/volumes", {"properties": {**image, "sshKeys": ["ssh-rsa HiddenKey"]}})
    user = {"firstname": "A", "lastname": "B", "email": "a@example.com", "password": "Hidden12345"}
    api.post("/um/users", {"properties": user})
    api.call("GET", "/auth/v1/tokens/generate")
    NetFoundryApi(cloud)
    found = [cloud.journal.exchange(number) for number in range(1, cloud.journal.noted + 1)]
    assert all(found) and len(found) >= 5
    text = json.dumps(found)
    assert "Hidden" not in text and "eyJ" not in text


def test_only_the_last_exchanges_are_kept_and_only_their_beginning() -> None:
    cloud = Cloud()
    for number in range(MOST_BODIES + 2):
        cloud.journal.note(asked=b"x" * 10_000, answered=b"", number=number)
    assert cloud.journal.exchange(2) is None
    found = cloud.journal.exchange(3)
    assert found is not None and len(found["asked"]) == MOST_TEXT
    assert Api(cloud).call("GET", "/_emulator/exchange?number=1").status == 404
    assert Api(cloud).call("GET", "/_emulator/exchange?number=x").status == 404


def test_the_journal_keeps_its_last_calls() -> None:
    journal = Journal()
    for number in range(MOST_CALLS + 5):
        journal.note(asked=b"", answered=b"", number=number)
    assert (len(journal.calls), journal.calls[0]["number"]) == (MOST_CALLS, 5)
    assert journal.noted == MOST_CALLS + 5
    assert [call["number"] for call in journal.since(MOST_CALLS + 3)] == [MOST_CALLS + 3, MOST_CALLS + 4]


def test_events_tell_what_changes(server: Server) -> None:
    with requests.get(f"{server.url}/_emulator/events", stream=True, timeout=10) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        lines = answer.iter_lines(chunk_size=1, decode_unicode=True)
        assert next(lines) == "event: view"
        assert json.loads(next(lines).removeprefix("data: "))["datacenters"] == []
        build(server, "shop")
        told = dict[str, Any]()
        while len(told) < 2:
            if (line := next(lines)).startswith("event: "):
                told[line.removeprefix("event: ")] = json.loads(next(lines).removeprefix("data: "))
    (center,) = told["view"]["datacenters"]
    assert (center["name"], len(center["servers"]), len(center["lans"])) == ("shop", 3, 2)
    assert (told["call"]["method"], told["call"]["number"]) == ("POST", 1)


def test_readers_of_events_do_not_keep_the_emulator_from_ending() -> None:
    with Server(Cloud()) as server:
        answer = requests.get(f"{server.url}/_emulator/events", stream=True, timeout=10)
        next(answer.iter_lines(chunk_size=1))
    answer.close()


def test_a_data_center_with_ten_thousand_servers_is_drawn_in_part() -> None:
    cloud = Cloud()
    api = Api(cloud)
    servers = [{"properties": {"name": f"s{i}", "cores": 1, "ram": 1024}} for i in range(1000)]
    entities = {"servers": {"items": servers}}
    api.post("/datacenters", {"properties": {"name": "one", "location": "de/fra"}, "entities": entities})
    (center,) = page.view(cloud)["datacenters"]
    assert (len(center["servers"]), center["more"]) == (page.MOST_SERVERS, 1000 - page.MOST_SERVERS)


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    if not CHROMIUM or not DRIVER:
        pytest.skip("there is no Chromium with its driver here")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    words = ["--headless=new", "--disable-gpu", "--window-size=1280,900"]
    if os.geteuid() == 0:
        words.append("--no-sandbox")  # as root, in containers, it has none; it shows pages of ours only
    for word in words:
        options.add_argument(word)
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield chrome
    chrome.quit()


class Reader:
    """Somebody who looks at the page of an emulator."""

    def __init__(self, browser: webdriver.Chrome, server: Server | Pocket, patience: float = SECONDS):
        self.browser = browser
        self.patience = patience
        browser.get(f"{server.url}/_emulator/")
        self.until(lambda: self.text("line") == "Live.")

    def until(self, holds: Callable[[], object]) -> None:
        WebDriverWait(self.browser, self.patience, 0.1).until(lambda _browser: holds())

    def at(self, ident: str) -> WebElement:
        return self.browser.find_element(By.ID, ident)

    def text(self, ident: str) -> str:
        return self.at(ident).text

    def sees(self, ident: str, text: str) -> None:
        self.until(lambda: text in self.text(ident))

    def keep(self, name: str) -> Path:
        """A picture of the page from top to bottom, for people to look at."""
        width, height = self.browser.execute_script(
            "return [window.innerWidth, document.documentElement.scrollHeight]"
        )
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        found = self.browser.execute_cdp_cmd("Page.captureScreenshot", {})
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        picture = SCREENSHOTS / name
        picture.write_bytes(base64.b64decode(found["data"]))
        return picture

    @property
    def complaints(self) -> list[str]:
        """What the browser has to say of the page's own doing."""
        return [each["message"] for each in self.browser.get_log("browser")]


@pytest.fixture
def reader(browser: webdriver.Chrome, server: Server) -> Reader:
    return Reader(browser, server)


def test_a_data_center_appears_and_its_servers_are_drawn(
    reader: Reader, server: Server, tmp_path: Path
) -> None:
    assert "None yet" in reader.text("pictures")
    build(server, "shop")
    reader.sees("pictures", "shop")
    drawn = reader.at("pictures").find_element(By.CSS_SELECTOR, "svg[role=img]")
    told = drawn.find_element(By.TAG_NAME, "title").get_attribute("textContent")
    assert told is not None and "3 servers, 2 LANs" in told
    assert {"web-0", "web-1", "web-2"} <= set(drawn.text.split())
    picture = tmp_path / "page.png"
    assert reader.browser.save_screenshot(str(picture)) and picture.stat().st_size > 10_000
    assert reader.complaints == []


def test_a_fault_is_switched_on_and_off(reader: Reader, server: Server) -> None:
    form = reader.at("fault")
    Select(form.find_element(By.NAME, "kind")).select_by_value("html")
    form.find_element(By.NAME, "path").send_keys("datacenters", Keys.ENTER)
    reader.sees("faults", "html for * datacenters")
    url = f"{server.url}/cloudapi/v6/datacenters"
    assert requests.get(url, auth=AUTH, timeout=5).status_code == 502
    reader.sees("faults", "struck 1")
    reader.at("off").click()
    reader.until(lambda: not reader.text("faults") and not reader.at("off").is_displayed())
    assert requests.get(url, auth=AUTH, timeout=5).status_code == 200


def test_what_is_under_the_hand_stays_while_the_page_goes_on(reader: Reader, server: Server) -> None:
    """A click has two halves, and a keyboard a place: neither meets an element that was put in the place of another."""
    build(server, "shop")
    reader.sees("pictures", "shop")
    form = reader.at("fault")
    Select(form.find_element(By.NAME, "kind")).select_by_value("html")
    form.find_element(By.NAME, "path").send_keys("lans", Keys.ENTER)
    reader.sees("faults", "struck 0")
    off, drawn = reader.at("off"), reader.at("pictures").find_element(By.TAG_NAME, "svg")
    ActionChains(reader.browser).move_to_element(off).click_and_hold().perform()
    assert requests.get(f"{server.url}/cloudapi/v6/lans", auth=AUTH, timeout=5).status_code == 502
    reader.sees("faults", "struck 1")
    assert reader.browser.switch_to.active_element == off and drawn.is_displayed()
    ActionChains(reader.browser).release().perform()
    reader.until(lambda: not reader.text("faults"))
    assert server.cloud.faults.items == []


def test_the_clock_is_moved_and_everything_reset(reader: Reader, server: Server) -> None:
    build(server, "shop")
    reader.sees("pictures", "shop")
    Select(reader.at("clock").find_element(By.NAME, "seconds")).select_by_value("86400")
    reader.at("clock").find_element(By.TAG_NAME, "button").click()
    reader.sees("facts", "1 days ahead")
    reader.at("reset").click()
    reader.browser.switch_to.alert.accept()
    reader.sees("pictures", "None yet")
    assert server.cloud.ahead == 0


def test_a_snapshot_is_loaded(reader: Reader, server: Server, tmp_path: Path) -> None:
    build(server, "shop")
    file = tmp_path / "one.snap"
    file.write_bytes(requests.get(f"{server.url}/_emulator/snapshot", timeout=5).content)
    server.cloud.reset()
    reader.sees("pictures", "None yet")
    reader.at("load").send_keys(str(file))
    reader.sees("pictures", "shop")


def test_a_request_shows_what_was_asked_and_answered(reader: Reader, server: Server) -> None:
    build(server, "shop")
    reader.sees("journal", "202 POST /cloudapi/v6/datacenters")
    reader.at("journal").find_element(By.TAG_NAME, "summary").click()
    reader.sees("journal", "answered:")
    assert '"name": "shop"' in reader.text("journal")


def test_what_clients_send_is_text_and_never_markup(reader: Reader, server: Server) -> None:
    requests.get(f"{server.url}/cloudapi/v6/<b>bold</b>", auth=AUTH, timeout=5)
    reader.sees("journal", "404 GET /cloudapi/v6/<b>bold</b>")
    assert not reader.at("journal").find_elements(By.TAG_NAME, "b")


def test_what_is_under_way_and_the_overlay_are_shown(reader: Reader, server: Server) -> None:
    NetFoundryApi(server.cloud).network("ACME Net")
    reader.sees("networks", "ACME Net")
    server.cloud.settings.provision_seconds = 30
    build(server, "slow")
    reader.sees("waiting", "POST /v6/datacenters")


def test_the_keyboard_reaches_each_order(reader: Reader) -> None:
    reached = set()
    for _each in range(30):
        ActionChains(reader.browser).send_keys(Keys.TAB).perform()
        element = reader.browser.switch_to.active_element
        reached.add(element.get_attribute("id") or element.get_attribute("name") or element.text)
    assert {"save", "load", "reset", "kind", "path", "seconds", "Switch on", "Move", "journal"} <= reached


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "many"), [(1280, 50), (1280, 3), (390, 50), (390, 3)])
def test_nothing_is_cut_off(
    browser: webdriver.Chrome, server: Server, theme: str, width: int, many: int
) -> None:
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    build(server, "a data center with a name that is as long as names of data centers can be", many)
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    colours = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", colours)
    try:
        reader = Reader(browser, server)
        reader.sees("pictures", "web-0")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        ground = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(18, 22, 26)") == (theme == "dark")
        name = f"page-{many}-servers-{'mobile' if width < 500 else 'desktop'}-{theme}.png"
        assert reader.keep(name).stat().st_size > 10_000
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

// Copyright (c) 2026, profitbricks.cloud contributors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";

const at = (id) => document.getElementById(id);
const meta = (name) => document.querySelector(`meta[name=${name}]`).content;
const SVG = "http://www.w3.org/2000/svg";
const MOST_CALLS = 300;

/** An element with attributes and children; texts are never markup. */
function made(kind, attributes = {}, ...children) {
  const drawn = ["svg", "g", "rect", "line", "text", "title", "circle"].includes(kind);
  const element = drawn ? document.createElementNS(SVG, kind) : document.createElement(kind);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const shown = new Map();

/** Draw a part of the page, but only where it differs: what is pointed at or marked stays under the hand. */
function fill(id, what, draw) {
  const state = JSON.stringify([what, at(id).clientWidth]);
  if (shown.get(id) === state) return;
  shown.set(id, state);
  at(id).replaceChildren(...draw(what));
}

const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

// -- orders ------------------------------------------------------------------------------------------------

async function order(method, what, data, kind = "application/json") {
  const body = data === undefined || kind !== "application/json" ? data : JSON.stringify(data);
  const headers = { "X-Pocketvdc-Token": meta("token"), ...(body === undefined ? {} : { "Content-Type": kind }) };
  try {
    const answer = await fetch(what, { method, body, headers });
    const said = await answer.json();
    at("said").textContent = answer.ok ? "Done." : `Refused: ${said.error}`;
    return answer.ok;
  } catch {
    at("said").textContent = "The emulator does not answer.";
    return false;
  }
}

at("clock").addEventListener("submit", (event) => {
  event.preventDefault();
  order("POST", "clock", { seconds: Number(new FormData(event.target).get("seconds")) });
});
at("fault").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  order("POST", "faults", { kind: form.get("kind"), path: form.get("path"), times: 0 });
});
at("off").addEventListener("click", () => order("DELETE", "faults"));
at("reset").addEventListener("click", () => {
  if (confirm("Delete everything in this emulator?")) order("POST", "reset");
});
at("load").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) await order("POST", "snapshot", await file.text(), "application/x-ndjson");
  event.target.value = "";
});
for (const kind of meta("kinds").split(" ")) at("fault").elements.kind.append(made("option", { value: kind }, kind));

// -- what there is -----------------------------------------------------------------------------------------

function stateOf(server) {
  return server.state === "BUSY" ? "BUSY" : server.machine || server.state || "";
}

/** A data center as a picture: LANs as lines on top, servers below, joined to them where there are few. */
function picture(center) {
  const wide = at("pictures").clientWidth || 700;
  const columns = Math.max(1, Math.min(Math.floor((wide - 40) / 160), 8, Math.max(center.servers.length, 2)));
  const width = columns * 160 + 20;
  const few = center.servers.length <= columns;
  const lans = center.lans;
  const top = 26 * lans.length + 12;
  const rows = Math.ceil(center.servers.length / columns);
  const height = Math.max(40, top + rows * 96 + (few ? 10 : 0));
  const drawn = made("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  drawn.append(made("title", {}, summary(center)));
  const place = new Map();
  lans.forEach((lan, index) => {
    const y = 22 + 26 * index;
    const kind = lan.public ? "public" : "private";
    place.set(lan.id, { y, kind });
    drawn.append(
      made("line", { class: kind, x1: 10, x2: width - 10, y1: y, y2: y }),
      made("text", { class: "end", x: width - 12, y: y - 5 }, cut(`LAN ${lan.id} ${lan.name || ""}${lan.public ? " · internet" : ""}`, Math.floor(width / 8))),
    );
  });
  center.servers.forEach((server, index) => drawn.append(box(server, index, columns, top, few, place)));
  return drawn;
}

function box(server, index, columns, top, few, place) {
  const x = 10 + (index % columns) * 160;
  const y = top + 16 + Math.floor(index / columns) * 96;
  const state = stateOf(server);
  const group = made("g");
  server.nics.slice(0, 6).forEach((nic, number) => {
    const joined = place.get(nic.lan);
    const across = x + 16 + number * 22;
    const kind = joined ? joined.kind : "private";
    if (joined && few) group.append(made("line", { class: `${kind} join`, x1: across, x2: across, y1: joined.y, y2: y }));
    group.append(
      made("rect", { class: `${kind} port`, x: across - 8, y: y - 7, width: 16, height: 14, rx: 3 }),
      made("text", { class: "number", x: across, y: y + 4 }, nic.lan),
    );
  });
  const [ip] = server.nics.flatMap((nic) => nic.ips);
  group.prepend(made("rect", { class: `box ${state}`, x, y, width: 146, height: 70, rx: 6 }));
  group.append(
    made("text", { x: x + 8, y: y + 24 }, cut(server.name || server.id, 19)),
    made("text", { class: `small state ${state}`, x: x + 8, y: y + 38 }, `● ${state}`),
    made("text", { class: "small", x: x + 8, y: y + 51 }, `${many(server.cores, "core")}, ${server.ram / 1024} GB, ${many(server.volumes, "volume")}`),
    made("text", { class: "small", x: x + 8, y: y + 64 }, ip || "no address"),
  );
  return group;
}

function summary(center) {
  const names = center.servers.slice(0, 20).map((server) => `${server.name} ${stateOf(server)}`);
  return `${center.name}: ${many(center.servers.length + center.more, "server")}, ${many(center.lans.length, "LAN")}. ${names.join(", ")}`;
}

function card(title, ...facts) {
  const head = made("header", {}, made("h3", {}, title));
  for (const fact of facts) head.append(made("span", { class: "faint" }, fact));
  return made("article", { class: "card" }, head);
}

function drawCenters(centers) {
  const cards = centers.map((center) => {
    const found = card(center.name || center.id, center.location, center.state,
      many(center.servers.length + center.more, "server"), many(center.lans.length, "LAN"), many(center.volumes, "volume"));
    found.append(picture(center));
    if (center.more) found.append(made("p", { class: "faint" }, `and ${many(center.more, "server")} more`));
    for (const each of center.balancers) found.append(made("p", {}, `${each.name} (${each.kind}, ${each.state})`));
    return found;
  });
  return cards.length ? cards : [made("p", { class: "faint" }, "None yet: they appear here as they are made.")];
}

function drawNetworks(networks) {
  const cards = networks.map((network) => {
    const found = card(network.name, network.status);
    for (const [kind, names] of Object.entries(network.members))
      if (names.length) found.append(made("p", {}, `${kind}: ${cut(names.join(", "), 200)}`));
    return found;
  });
  return cards.length ? cards : [made("p", { class: "faint" }, "None.")];
}

function drawFaults(faults) {
  return faults.map((fault) => made("li", {}, `${fault.kind} for ${fault.method} ${fault.path || "any path"}, struck ${fault.hits}`));
}

function drawWaiting(waiting) {
  const lines = waiting.map((each) => made("li", {}, made("span", { class: "busy" }, each.status), ` ${each.method} ${each.path}, ${each.seconds} s left`));
  return lines.length ? lines : [made("li", { class: "faint" }, "Nothing.")];
}

function show(view) {
  const ahead = view.clock.ahead ? ` (${Math.round(view.clock.ahead / 864) / 100} days ahead)` : "";
  const facts = {
    clock: `${new Date(view.clock.now * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC${ahead}`,
    requests: view.requests,
    "under way": view.waiting.length,
    "rate limit": view.settings.rate_limit || "none",
    "a request takes": `${view.settings.provision_seconds} s`,
  };
  fill("facts", Object.entries(facts), (each) => each.map(([name, value]) => made("div", {}, made("dt", {}, name), made("dd", {}, String(value)))));
  fill("pictures", view.datacenters, drawCenters);
  fill("networks", view.networks, drawNetworks);
  fill("faults", view.faults, drawFaults);
  at("off").hidden = view.faults.length === 0;
  fill("waiting", view.waiting, drawWaiting);
}

// -- requests ----------------------------------------------------------------------------------------------

function showCall(call) {
  const good = call.status && call.status < 400;
  const status = made("span", { class: good ? "good" : "bad" }, String(call.status || "no answer"));
  const line = made("summary", {}, status, ` ${call.method} ${call.path}${call.query ? `?${call.query}` : ""}`);
  const entry = made("details", {}, line);
  entry.addEventListener("toggle", () => showExchange(entry, call.number), { once: true });
  const journal = at("journal");
  journal.prepend(entry);
  while (journal.children.length > MOST_CALLS) journal.lastChild.remove();
}

async function showExchange(entry, number) {
  const answer = await fetch(`exchange?number=${number}`);
  const found = await answer.json();
  const text = answer.ok ? `asked:\n${found.asked || "nothing"}\n\nanswered:\n${found.answered || "nothing"}` : found.error;
  entry.append(made("pre", { tabindex: "0" }, text));
}

let latest = null;
const events = new EventSource("events");
events.addEventListener("open", () => {
  at("line").textContent = "Live.";
  at("journal").replaceChildren();
});
events.addEventListener("error", () => { at("line").textContent = "The emulator does not answer; trying again …"; });
events.addEventListener("view", (event) => show((latest = JSON.parse(event.data))));
events.addEventListener("call", (event) => showCall(JSON.parse(event.data)));
addEventListener("resize", () => latest && fill("pictures", latest.datacenters, drawCenters));

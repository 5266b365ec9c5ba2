// Copyright (c) 2026, profitbricks.cloud contributors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Calls operations through the vendor's Node.js library: one JSON object a line in, one out.
// In: {"url", "operation", "given": [path parameters, then the body if there is one], "depth", "named"}.
// Out: {"status", "data", "location"}, or {"error"} where the library itself failed or has no such operation.
// An empty object asks for the names of all operations.
"use strict";

const readline = require("readline");
const sdk = require("@ionos-cloud/sdk-nodejs");

const classes = Object.keys(sdk).filter((name) => name.endsWith("Api"));

/** The API class that has an operation, undefined for none. */
function home(operation) {
  return classes.find((name) => operation in sdk[name].prototype);
}

/** The names that the library gives to the parameters, in the order of the path; the body comes after them. */
function parameters(name, configuration, operation) {
  const source = sdk[name + "Fp"](configuration)[operation].toString();
  return source.slice(source.indexOf("(") + 1, source.indexOf(")")).split(",").map((part) => part.trim());
}

async function call({ url, operation, given, depth, named }) {
  const name = home(operation);
  if (name === undefined) {
    return { error: `no operation ${operation}` };
  }
  const configuration = new sdk.Configuration({
    username: "demo@example.com",
    password: "demo-password",
    basePath: url,
  });
  configuration.setMaxWaitTime(0); // it waits a second before each call, also before the first
  const names = parameters(name, configuration, operation);
  const request = { ...named, ...(depth === undefined ? {} : { depth }) };
  given.forEach((value, i) => {
    request[names[i]] = value;
  });
  const api = new sdk[name](configuration);
  try {
    const answer = await api[operation](request);
    return { status: answer.status, data: answer.data, location: answer.headers.location };
  } catch (error) {
    return error.response ? { status: error.response.status, data: error.response.data } : { error: String(error) };
  }
}

function operations() {
  const own = classes.flatMap((name) => Object.getOwnPropertyNames(sdk[name].prototype));
  return { data: own.filter((name) => name !== "constructor") };
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    const answer = "operation" in asked ? await call(asked) : operations();
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}

main();

#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_service_info
short_description: Read services of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the services that match the options, or all of them without such options. If there is none, the list
    is empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.reading
options:
  organization:
    description:
      - Name or UUID of the organization of the network group.
      - By default, all organizations that the credentials give access to are searched; usually there is only one.
      - If not set, the environment variable E(NETFOUNDRY_ORGANIZATION) is used.
    type: str
  network_group:
    description:
      - Name or UUID of the network group of the network.
      - By default, the network is looked for in all groups, and a new one is created in the only group.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK_GROUP) is used.
    type: str
  network:
    description:
      - Name or UUID of the network of the service. It must exist.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK) is used.
    type: str
    required: true
  id:
    description:
      - Only the service with this UUID.
    type: str
  name:
    description:
      - Only the service with this name.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  wait:
    description:
      - 'Accepted so that C(module_defaults) of a group can set it, and ignored: there is nothing to wait for.'
    type: bool
  wait_timeout:
    description:
      - Maximum number of seconds that reading may take. If not set, the environment variable E(NETFOUNDRY_WAIT_TIMEOUT)
        is used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(NETFOUNDRY_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
attributes:
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.netfoundry
      - profitbricks.cloud.network
seealso:
  - module: profitbricks.cloud.netfoundry_service
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all services of a network
  profitbricks.cloud.netfoundry_service_info:
    network: ACME Net

- name: Read one service
  profitbricks.cloud.netfoundry_service_info:
    network: ACME Net
    name: portal
"""

RETURN = r"""
---
services:
  description:
    - The services that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the service.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the service; case does not matter.
      returned: always
      type: str
      sample: portal
    attributes:
      description:
        - Role attributes, as a set, by which policies select it; each begins with C(#).
      returned: always
      type: list
      elements: str
      sample:
        - '#work_from_anywhere'
    encryption_required:
      description:
        - Whether to encrypt it end to end.
      returned: always
      type: bool
      sample: true
    model_type:
      description:
        - How clients and server are connected.
      returned: always
      type: str
      sample: TunnelerToEndpoint
    client_ingress:
      description:
        - 'What clients connect to: one C(client_ingress.host) and C(client_ingress.port), or lists of each in an
          advanced service.'
      returned: always
      type: dict
      contains:
        host:
          description:
            - Domain name or IPv4 address.
          returned: always
          type: str
          sample: portal.example.com
        port:
          description:
            - Port.
          returned: always
          type: int
          sample: 443
        addresses:
          description:
            - Domain names and IPv4 addresses of an advanced service.
          returned: always
          type: list
          elements: str
          sample:
            - portal.example.com
        ports:
          description:
            - Port ranges of an advanced service.
          returned: always
          type: list
          elements: dict
          contains:
            low:
              description:
                - First port.
              returned: always
              type: int
              sample: 443
            high:
              description:
                - Last port.
              returned: always
              type: int
              sample: 443
        protocols:
          description:
            - Protocols of an advanced service.
          returned: always
          type: list
          elements: str
          sample:
            - tcp
    server_egress:
      description:
        - 'What the hosting endpoints forward to: protocol, host and port. In an advanced service each of the three
          is either fixed, or taken from the client if it is allowed.'
      returned: always
      type: dict
      contains:
        protocol:
          description:
            - Protocol.
          returned: always
          type: str
          sample: tcp
        host:
          description:
            - Domain name or address of the server.
          returned: always
          type: str
          sample: 10.0.0.5
        port:
          description:
            - Port of the server.
          returned: always
          type: int
          sample: 443
        forward_protocol:
          description:
            - Whether to use the client's protocol.
          returned: always
          type: bool
          sample: false
        allowed_protocols:
          description:
            - Protocols that may be forwarded.
          returned: always
          type: list
          elements: str
          sample:
            - tcp
        forward_host:
          description:
            - Whether to use the host that the client asked for.
          returned: always
          type: bool
          sample: false
        allowed_hosts:
          description:
            - Hosts that may be forwarded to.
          returned: always
          type: list
          elements: str
          sample:
            - 10.0.0.5
        forward_port:
          description:
            - Whether to use the port that the client asked for.
          returned: always
          type: bool
          sample: false
        allowed_port_ranges:
          description:
            - Port ranges that may be forwarded.
          returned: always
          type: list
          elements: dict
          contains:
            low:
              description:
                - First port.
              returned: always
              type: int
              sample: 443
            high:
              description:
                - Last port.
              returned: always
              type: int
              sample: 443
    edge_router_hosts:
      description:
        - Edge routers that host the service, and the server that each of them forwards to.
      returned: always
      type: list
      elements: dict
      contains:
        edge_router:
          description:
            - UUID of the edge router.
          returned: always
          type: str
          sample: 38e52f43-0000-4000-8000-0000000000aa
        protocol:
          description:
            - Protocol.
          returned: always
          type: str
          sample: tcp
        host:
          description:
            - Domain name or address of the server.
          returned: always
          type: str
          sample: 10.0.0.5
        port:
          description:
            - Port of the server.
          returned: always
          type: int
          sample: 443
    bind_endpoint_attributes:
      description:
        - Endpoints that host the service, as a set of role attributes such as V(#all) and of names such as V(@laptop).
      returned: always
      type: list
      elements: str
      sample:
        - '@exit1'
    edge_router_attributes:
      description:
        - Edge routers that may carry the service, as a set of role attributes such as V(#all) and of names such
          as V(@laptop).
      returned: always
      type: list
      elements: str
      sample:
        - '#all'
    configs:
      description:
        - Configurations instead of a model, at most one of each type, such as V(intercept.v1) and V(host.v1). Their
          names and contents can be changed later, but not their types. Such a service is only carried by the routers
          that a M(profitbricks.cloud.netfoundry_service_edge_router_policy) allows it.
      returned: always
      type: list
      elements: dict
      contains:
        name:
          description:
            - Name of the configuration, unique in the network.
          returned: always
          type: str
          sample: portal-intercept
        type:
          description:
            - Type of the configuration.
          returned: always
          type: str
          sample: intercept.v1
        data:
          description:
            - Contents of the configuration, in the form that its type requires.
          returned: always
          type: dict
          sample:
            protocols:
              - tcp
            addresses:
              - portal.acme
            portRanges:
              - low: 80
                high: 80
    ziti_id:
      description:
        - Its id in the network's own controller; V(null) until it is known there.
      returned: always
      type: str
      sample: mh7dI2ZRz
    created_at:
      description:
        - When it was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01.000000Z'
    created_by:
      description:
        - UUID of the identity that created it.
      returned: always
      type: str
      sample: d0d0d0d0-0000-4000-8000-00000000000a
    updated_at:
      description:
        - When it was last changed, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:18:40.000000Z'
    network_id:
      description:
        - The UUID of the network.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.services import (
    SERVICES,
)


def main() -> None:
    run_info(SERVICES)


if __name__ == "__main__":
    main()

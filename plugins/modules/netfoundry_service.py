#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_service
short_description: Create, change and delete services of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings a service into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the service exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the service does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the service. Only needed to change its O(name).
    type: str
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
  name:
    description:
      - Name of the service; case does not matter. To change it, give O(id) as well.
    type: str
  attributes:
    description:
      - Role attributes, as a set, by which policies select it; each begins with C(#). An empty list removes all
        of them.
    type: list
    elements: str
  encryption_required:
    description:
      - Whether to encrypt it end to end. A new service gets V(true) by default.
    type: bool
  model_type:
    description:
      - How clients and server are connected. By default it follows from the other options. It cannot be changed
        later.
    type: str
    choices:
      - TunnelerToSdk
      - TunnelerToEndpoint
      - TunnelerToEdgeRouter
      - AdvancedTunnelerToEndpoint
  client_ingress:
    description:
      - 'What clients connect to: one O(client_ingress.host) and O(client_ingress.port), or lists of each in an
        advanced service.'
    type: dict
    suboptions:
      host:
        description:
          - Domain name or IPv4 address.
        type: str
      port:
        description:
          - Port.
        type: int
      addresses:
        description:
          - Domain names and IPv4 addresses of an advanced service.
        type: list
        elements: str
      ports:
        description:
          - Port ranges of an advanced service.
        type: list
        elements: dict
        suboptions:
          low:
            description:
              - First port.
            type: int
            required: true
          high:
            description:
              - Last port.
            type: int
            required: true
      protocols:
        description:
          - Protocols of an advanced service.
        type: list
        elements: str
        choices:
          - tcp
          - udp
  server_egress:
    description:
      - 'What the hosting endpoints forward to: protocol, host and port.'
      - In an advanced service each of the three is either fixed, or taken from the client if it is allowed. By
        default everything in O(client_ingress) is forwarded.
    type: dict
    suboptions:
      protocol:
        description:
          - Protocol.
        type: str
        choices:
          - tcp
          - udp
      host:
        description:
          - Domain name or address of the server.
        type: str
      port:
        description:
          - Port of the server.
        type: int
      forward_protocol:
        description:
          - Whether to use the client's protocol.
        type: bool
      allowed_protocols:
        description:
          - Protocols that may be forwarded.
        type: list
        elements: str
        choices:
          - tcp
          - udp
      forward_host:
        description:
          - Whether to use the host that the client asked for.
        type: bool
      allowed_hosts:
        description:
          - Hosts that may be forwarded to.
        type: list
        elements: str
      forward_port:
        description:
          - Whether to use the port that the client asked for.
        type: bool
      allowed_port_ranges:
        description:
          - Port ranges that may be forwarded.
        type: list
        elements: dict
        suboptions:
          low:
            description:
              - First port.
            type: int
            required: true
          high:
            description:
              - Last port.
            type: int
            required: true
  edge_router_hosts:
    description:
      - Edge routers that host the service, and the server that each of them forwards to.
    type: list
    elements: dict
    suboptions:
      edge_router:
        description:
          - Name or UUID of the edge router; results have the UUID.
        type: str
        required: true
      protocol:
        description:
          - Protocol.
        type: str
        required: true
        choices:
          - tcp
          - udp
      host:
        description:
          - Domain name or address of the server.
        type: str
        required: true
      port:
        description:
          - Port of the server.
        type: int
        required: true
  bind_endpoint_attributes:
    description:
      - Endpoints that host the service, as a set of role attributes such as V(#all) and of names such as V(@laptop).
        Objects that are named must exist; a name without the C(@) and a UUID work as well.
    type: list
    elements: str
  edge_router_attributes:
    description:
      - Edge routers that may carry the service, by default V(#all), as a set of role attributes such as V(#all)
        and of names such as V(@laptop). Objects that are named must exist; a name without the C(@) and a UUID work
        as well.
    type: list
    elements: str
  configs:
    description:
      - Configurations instead of a model, at most one of each type, such as V(intercept.v1) and V(host.v1). Their
        names and contents can be changed later, but not their types. Such a service is only carried by the routers
        that a M(profitbricks.cloud.netfoundry_service_edge_router_policy) allows it.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the configuration, unique in the network.
        type: str
        required: true
      type:
        description:
          - Type of the configuration.
        type: str
        required: true
      data:
        description:
          - Contents of the configuration, in the form that its type requires. They are compared as a whole.
        type: dict
        required: true
  append:
    description:
      - Role attributes and names to add to the existing ones. Other entries are kept.
    type: dict
    suboptions:
      attributes:
        description:
          - Entries of C(attributes).
        type: list
        elements: str
      bind_endpoint_attributes:
        description:
          - Entries of C(bind_endpoint_attributes).
        type: list
        elements: str
      edge_router_attributes:
        description:
          - Entries of C(edge_router_attributes).
        type: list
        elements: str
  remove:
    description:
      - Role attributes and names to remove from the existing ones. Other entries are kept.
    type: dict
    suboptions:
      attributes:
        description:
          - Entries of C(attributes).
        type: list
        elements: str
      bind_endpoint_attributes:
        description:
          - Entries of C(bind_endpoint_attributes).
        type: list
        elements: str
      edge_router_attributes:
        description:
          - Entries of C(edge_router_attributes).
        type: list
        elements: str
  replace:
    description:
      - If something differs, send the whole object as it should be, instead of only the differences. An object
        that the service failed to create is deleted and created anew.
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the service has carried out the change and the object can be used. Otherwise the task
        ends as soon as the service has accepted it, with RV(request_id) for later.
    type: bool
    default: true
  wait_timeout:
    description:
      - Maximum number of seconds that the task may take, from its first request to its last. The service continues
        with whatever is not finished by then. If not set, the environment variable E(NETFOUNDRY_WAIT_TIMEOUT) is
        used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(NETFOUNDRY_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
attributes:
  idempotent:
    description: Run again with the same options, changes nothing.
    support: full
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.netfoundry
      - profitbricks.cloud.network
seealso:
  - module: profitbricks.cloud.netfoundry_service_info
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Offer a web server behind an endpoint
  profitbricks.cloud.netfoundry_service:
    network: ACME Net
    name: portal
    attributes:
      - "#welcome_wagon"
    client_ingress:
      host: portal.acme
      port: 443
    server_egress:
      protocol: tcp
      host: 10.0.0.5
      port: 8443
    bind_endpoint_attributes:
      - "@exit1"

- name: Offer a server on the internet through an edge router
  profitbricks.cloud.netfoundry_service:
    network: ACME Net
    name: echo
    client_ingress:
      host: echo.netfoundry
      port: 80
    edge_router_hosts:
      - edge_router: oregon
        protocol: tcp
        host: eth0.me
        port: 80

- name: Offer several ports of several hosts, forwarded as the client requests
  profitbricks.cloud.netfoundry_service:
    network: ACME Net
    name: measure
    client_ingress:
      addresses:
        - iperf.netfoundry
        - 100.128.0.1
      ports:
        - low: 5201
          high: 5210
      protocols:
        - tcp
        - udp
    server_egress:
      host: iperf
    bind_endpoint_attributes:
      - "#exits"

- name: Delete the service
  profitbricks.cloud.netfoundry_service:
    network: ACME Net
    name: portal
    state: absent
"""

RETURN = r"""
---
service:
  description:
    - The service after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
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
actions:
  description:
    - What was done, or would be done in check mode, in this order; empty if nothing changed.
  returned: success
  type: list
  elements: str
  sample:
    - create
request_id:
  description:
    - UUID of the last request that the service accepted; V(null) if there was none.
  returned: success
  type: str
  sample: a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.services import (
    SERVICES,
)


def main() -> None:
    run(SERVICES)


if __name__ == "__main__":
    main()

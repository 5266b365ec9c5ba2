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
  - Brings a service into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the service exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such service; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the service. Needed to change its O(name) only.
    type: str
  network_group:
    description:
      - Name or UUID of the network group of the network.
      - If left out, the network is looked for in all groups, and a new one comes into the only group.
    type: str
  network:
    description:
      - Name or UUID of the network of the service. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the service, in which upper and lower case are the same. Give O(id) as well to change it.
    type: str
  attributes:
    description:
      - Role attributes, as a set, by which policies choose it; each begins with C(#). An empty list takes all away.
    type: list
    elements: str
  encryption_required:
    description:
      - Whether it is encrypted from end to end. A new service that names it not gets V(true).
    type: bool
  model_type:
    description:
      - How clients and server take part. If left out, it follows from the other options. It cannot be changed later.
    type: str
    choices:
      - TunnelerToSdk
      - TunnelerToEndpoint
      - TunnelerToEdgeRouter
      - AdvancedTunnelerToEndpoint
  client_ingress:
    description:
      - 'What clients connect to: one O(client_ingress.host) and O(client_ingress.port), or in an advanced service
        lists of each.'
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
          - Ranges of ports of an advanced service.
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
      - 'Where the hosting endpoints forward to: protocol, host and port.'
      - In an advanced service each of the three is either fixed, or what the client asked for is forwarded where
        it is allowed. Where the task names none of it, what O(client_ingress) says is forwarded.
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
          - Whether the client's protocol is used.
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
          - Whether the host that the client asked for is used.
        type: bool
      allowed_hosts:
        description:
          - Hosts that may be forwarded to.
        type: list
        elements: str
      forward_port:
        description:
          - Whether the port that the client asked for is used.
        type: bool
      allowed_port_ranges:
        description:
          - Ranges of ports that may be forwarded.
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
      - Edge routers that offer the service, and the server that each forwards to.
    type: list
    elements: dict
    suboptions:
      edge_router:
        description:
          - Name or UUID of the edge router; results hold the UUID.
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
      - Endpoints that offer the service, as a set of role attributes such as V(#all) and of names such as V(@laptop).
    type: list
    elements: str
  edge_router_attributes:
    description:
      - Edge routers that may carry the service; the service takes V(#all), as a set of role attributes such as
        V(#all) and of names such as V(@laptop).
    type: list
    elements: str
  configs:
    description:
      - Configurations in place of a model, such as one of type V(intercept.v1) and one of type V(host.v1). They
        are sent to create the service only, because the service does not show them with it.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the configuration.
        type: str
        required: true
      type:
        description:
          - Name of its type.
        type: str
        required: true
      data:
        description:
          - What the type asks for, as it is sent.
        type: dict
        required: true
  replace:
    description:
      - Where something differs, declare all that the object is anew, as it is and with the differences, in place
        of sending the differences alone.
    type: bool
    default: false
  wait:
    description:
      - Whether to wait until the service has carried out what was asked, and the object is usable. Otherwise the
        task ends when the service has accepted it, with RV(request_id) to look at later.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait at most. What is not finished by then goes on at the service.
    type: int
    default: 600
  progress:
    description:
      - Whether to tell, while the task waits for longer than a second, what it waits for. If not set, the environment
        variable E(NETFOUNDRY_PROGRESS) is asked, and then it is told. Only where the task runs inside Ansible's
        own process, which is so on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.netfoundry_service_info
"""

EXAMPLES = r"""
---
- name: A web server behind an endpoint
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

- name: A server on the internet, reached through an edge router
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

- name: Several ports of several hosts, each forwarded as the client asks
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
    - The service as it is after the task; in check mode as it would be, with V(null) for what only the service
      knows. V(null) when there is none.
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
        - Name of the service, in which upper and lower case are the same. Give C(id) as well to change it.
      returned: always
      type: str
      sample: portal
    attributes:
      description:
        - Role attributes, as a set, by which policies choose it; each begins with C(#). An empty list takes all
          away.
      returned: always
      type: list
      elements: str
      sample:
        - '#work_from_anywhere'
    encryption_required:
      description:
        - Whether it is encrypted from end to end. A new service that names it not gets V(true).
      returned: always
      type: bool
      sample: true
    model_type:
      description:
        - How clients and server take part. If left out, it follows from the other options. It cannot be changed
          later.
      returned: always
      type: str
      sample: TunnelerToEndpoint
    client_ingress:
      description:
        - 'What clients connect to: one C(client_ingress.host) and C(client_ingress.port), or in an advanced service
          lists of each.'
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
            - Ranges of ports of an advanced service.
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
        - 'Where the hosting endpoints forward to: protocol, host and port.'
        - In an advanced service each of the three is either fixed, or what the client asked for is forwarded where
          it is allowed. Where the task names none of it, what C(client_ingress) says is forwarded.
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
            - Whether the client's protocol is used.
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
            - Whether the host that the client asked for is used.
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
            - Whether the port that the client asked for is used.
          returned: always
          type: bool
          sample: false
        allowed_port_ranges:
          description:
            - Ranges of ports that may be forwarded.
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
        - Edge routers that offer the service, and the server that each forwards to.
      returned: always
      type: list
      elements: dict
      contains:
        edge_router:
          description:
            - Name or UUID of the edge router; results hold the UUID.
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
        - Endpoints that offer the service, as a set of role attributes such as V(#all) and of names such as V(@laptop).
      returned: always
      type: list
      elements: str
      sample:
        - '@exit1'
    edge_router_attributes:
      description:
        - Edge routers that may carry the service; the service takes V(#all), as a set of role attributes such as
          V(#all) and of names such as V(@laptop).
      returned: always
      type: list
      elements: str
      sample:
        - '#all'
    ziti_id:
      description:
        - Its id in the network's own controller; V(null) until that knows it.
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
    - What was done, or in check mode would be done, in this order; empty when nothing changed.
  returned: success
  type: list
  elements: str
  sample:
    - create
request_id:
  description:
    - UUID of the last request that the service accepted; V(null) when there was none.
  returned: success
  type: str
  sample: a8ab2a48-1a7e-4d2c-9c3e-0a4d6f0f2f3a
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._module import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.services import (
    SERVICES,
)


def main() -> None:
    run(SERVICES)


if __name__ == "__main__":
    main()

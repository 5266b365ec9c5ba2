#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_nic
short_description: Create, change and delete NICs of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings an NIC into the state that the options describe, and does nothing where it is so already.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the NIC exists and is as the options say; options that are left out are left alone.'
      - 'V(absent): there is no such NIC; nothing happens where it, or what it belongs to, is gone already.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the NIC. Needed to change its O(name) or O(lan) only.
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the server. It must exist.
    type: str
    required: true
  server:
    description:
      - Name or UUID of the server of the NIC. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the NIC.
    type: str
  lan:
    description:
      - Name or number of the LAN. Where neither a name nor an id is given, it also says which NIC of the server
        is meant.
      - A number that the data center does not have yet makes the service create that LAN as a private one; a name
        must exist.
      - Needed to create one.
    type: str
  ips:
    description:
      - 'Addresses of the NIC, as a set: reserved public ones, or private ones of the LAN''s network.'
      - An empty list leaves the choice of one address to the service.
    type: list
    elements: str
  dhcp:
    description:
      - Whether the NIC gets its address by DHCP. The service takes V(true).
    type: bool
  firewall_active:
    description:
      - Whether the firewall rules of the NIC act. Active and without rules, nothing comes in.
    type: bool
  firewall_type:
    description:
      - Traffic that the firewall looks at. The service takes V(INGRESS).
    type: str
    choices:
      - INGRESS
      - EGRESS
      - BIDIRECTIONAL
  nat:
    description:
      - Whether private addresses reach the internet through the service's own address. Only up to version 5 of
        the API.
    type: bool
  ipv6_ips:
    description:
      - IPv6 addresses of the NIC, as a set.
    type: list
    elements: str
  ipv6_cidr_block:
    description:
      - IPv6 network of the NIC, a C(/80) inside the one of the LAN.
      - V(null) or an empty string clears it.
    type: str
  dhcpv6:
    description:
      - Whether the NIC gets IPv6 addresses by DHCP.
    type: bool
  security_groups:
    description:
      - Names or UUIDs of all security groups that it shall have; an empty list takes all away.
    type: list
    elements: str
  firewall_rules:
    description:
      - Firewall rules that the NIC shall have. Missing ones are created, differing ones changed, others left alone.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the rule.
        type: str
      protocol:
        description:
          - Protocol that the rule lets through. It cannot be changed later.
          - V(ICMPv6), V(GRE), V(VRRP), V(ESP) and V(AH) need version 6 of the API.
          - Needed to create one.
        type: str
        choices:
          - TCP
          - UDP
          - ICMP
          - ICMPv6
          - GRE
          - VRRP
          - ESP
          - AH
          - ANY
      source_mac:
        description:
          - 'Lets through only what comes from this MAC address; V(null) or an empty string: from any.'
        type: str
      source_ip:
        description:
          - 'Lets through only what comes from this address, or in version 6 of the API this network in CIDR form;
            V(null) or an empty string: from any.'
        type: str
      target_ip:
        description:
          - 'Lets through only what goes to this address of the NIC; V(null) or an empty string: to any.'
        type: str
      icmp_type:
        description:
          - 'ICMP type, V(0) to V(254), for O(firewall_rules[].protocol=ICMP) and O(firewall_rules[].protocol=ICMPv6);
            V(null): any.'
        type: int
      icmp_code:
        description:
          - 'ICMP code, V(0) to V(254), for O(firewall_rules[].protocol=ICMP) and O(firewall_rules[].protocol=ICMPv6);
            V(null): any.'
        type: int
      port_range_start:
        description:
          - 'First port, for O(firewall_rules[].protocol=TCP) and O(firewall_rules[].protocol=UDP). Goes with O(firewall_rules[].port_range_end);
            both V(null): any port. Before version 6 of the API at most V(65534).'
        type: int
      port_range_end:
        description:
          - Last port, for O(firewall_rules[].protocol=TCP) and O(firewall_rules[].protocol=UDP). Goes with O(firewall_rules[].port_range_start).
          - V(null) or an empty string clears it.
        type: int
      type:
        description:
          - Direction of the traffic. The service takes V(INGRESS) for a new rule that names none.
        type: str
        choices:
          - INGRESS
          - EGRESS
      ip_version:
        description:
          - IP version of the rule; the service deduces it from the addresses otherwise.
          - V(null) or an empty string clears it.
        type: str
        choices:
          - IPv4
          - IPv6
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
        variable E(PROFITBRICKS_PROGRESS) is asked, and then it is told. Only where the task runs inside Ansible's
        own process, which is so on the controller with its own Python.
    type: bool
seealso:
  - module: profitbricks.cloud.profitbricks_nic_info
"""

EXAMPLES = r"""
---
- name: A NIC in the public LAN, with its firewall on
  profitbricks.cloud.profitbricks_nic:
    datacenter: shop
    server: web-01
    name: public
    lan: public
    dhcp: true
    firewall_active: true
  register: nic

- name: Its MAC address
  ansible.builtin.debug:
    msg: "{{ nic.nic.mac }}"

- name: An unnamed NIC, known by its LAN
  profitbricks.cloud.profitbricks_nic:
    datacenter: shop
    server: web-01
    lan: backend
    ips:
      - 10.10.0.11

- name: Delete the unnamed NIC
  profitbricks.cloud.profitbricks_nic:
    datacenter: shop
    server: web-01
    lan: backend
    state: absent
"""

RETURN = r"""
---
nic:
  description:
    - The NIC as it is after the task; in check mode as it would be, with V(null) for what only the service knows.
      V(null) when there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the NIC.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the NIC.
      returned: always
      type: str
      sample: public
    lan:
      description:
        - Name or number of the LAN. Where neither a name nor an id is given, it also says which NIC of the server
          is meant.
        - A number that the data center does not have yet makes the service create that LAN as a private one; a
          name must exist.
      returned: always
      type: int
      sample: 1
    ips:
      description:
        - 'Addresses of the NIC, as a set: reserved public ones, or private ones of the LAN''s network.'
        - An empty list leaves the choice of one address to the service.
      returned: always
      type: list
      elements: str
      sample:
        - 203.0.113.17
    dhcp:
      description:
        - Whether the NIC gets its address by DHCP. The service takes V(true).
      returned: always
      type: bool
      sample: true
    firewall_active:
      description:
        - Whether the firewall rules of the NIC act. Active and without rules, nothing comes in.
      returned: always
      type: bool
      sample: true
    firewall_type:
      description:
        - Traffic that the firewall looks at. The service takes V(INGRESS).
      returned: always
      type: str
      sample: INGRESS
    nat:
      description:
        - Whether private addresses reach the internet through the service's own address. Only up to version 5 of
          the API.
      returned: always
      type: bool
    ipv6_ips:
      description:
        - IPv6 addresses of the NIC, as a set.
      returned: always
      type: list
      elements: str
      sample: []
    ipv6_cidr_block:
      description:
        - IPv6 network of the NIC, a C(/80) inside the one of the LAN.
      returned: always
      type: str
    dhcpv6:
      description:
        - Whether the NIC gets IPv6 addresses by DHCP.
      returned: always
      type: bool
    mac:
      description:
        - MAC address.
      returned: always
      type: str
      sample: 02:01:0a:0b:0c:0d
    device_number:
      description:
        - Place of the NIC among the server's devices.
      returned: always
      type: int
      sample: 1
    pci_slot:
      description:
        - PCI slot of the NIC.
      returned: always
      type: int
      sample: 6
    security_groups:
      description:
        - UUIDs of its security groups.
      returned: always
      type: list
      elements: str
      sample: []
    state:
      description:
        - State of the object at the service, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
      returned: always
      type: str
      sample: AVAILABLE
    created_date:
      description:
        - When it was created, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:17:01Z'
    created_by:
      description:
        - Who created it.
      returned: always
      type: str
      sample: demo@example.com
    last_modified_date:
      description:
        - When it was last changed, in UTC.
      returned: always
      type: str
      sample: '2026-11-02T09:18:40Z'
    last_modified_by:
      description:
        - Who last changed it.
      returned: always
      type: str
      sample: demo@example.com
    datacenter_id:
      description:
        - The UUID of the data center.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    server_id:
      description:
        - The UUID of the server.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    firewall_rules:
      description:
        - Firewall rules that the NIC has.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - The UUID of the firewall rule.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        name:
          description:
            - Name of the rule.
          returned: always
          type: str
          sample: ssh
        protocol:
          description:
            - Protocol that the rule lets through. It cannot be changed later.
            - V(ICMPv6), V(GRE), V(VRRP), V(ESP) and V(AH) need version 6 of the API.
          returned: always
          type: str
          sample: TCP
        source_mac:
          description:
            - 'Lets through only what comes from this MAC address; V(null) or an empty string: from any.'
          returned: always
          type: str
        source_ip:
          description:
            - 'Lets through only what comes from this address, or in version 6 of the API this network in CIDR form;
              V(null) or an empty string: from any.'
          returned: always
          type: str
          sample: 198.51.100.7
        target_ip:
          description:
            - 'Lets through only what goes to this address of the NIC; V(null) or an empty string: to any.'
          returned: always
          type: str
        icmp_type:
          description:
            - 'ICMP type, V(0) to V(254), for C(protocol=ICMP) and C(protocol=ICMPv6); V(null): any.'
          returned: always
          type: int
        icmp_code:
          description:
            - 'ICMP code, V(0) to V(254), for C(protocol=ICMP) and C(protocol=ICMPv6); V(null): any.'
          returned: always
          type: int
        port_range_start:
          description:
            - 'First port, for C(protocol=TCP) and C(protocol=UDP). Goes with C(port_range_end); both V(null): any
              port. Before version 6 of the API at most V(65534).'
          returned: always
          type: int
          sample: 22
        port_range_end:
          description:
            - Last port, for C(protocol=TCP) and C(protocol=UDP). Goes with C(port_range_start).
          returned: always
          type: int
          sample: 22
        type:
          description:
            - Direction of the traffic. The service takes V(INGRESS) for a new rule that names none.
          returned: always
          type: str
          sample: INGRESS
        ip_version:
          description:
            - IP version of the rule; the service deduces it from the addresses otherwise.
          returned: always
          type: str
          sample: IPv4
        state:
          description:
            - State of the object at the service, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
          returned: always
          type: str
          sample: AVAILABLE
        created_date:
          description:
            - When it was created, in UTC.
          returned: always
          type: str
          sample: '2026-11-02T09:17:01Z'
        created_by:
          description:
            - Who created it.
          returned: always
          type: str
          sample: demo@example.com
        last_modified_date:
          description:
            - When it was last changed, in UTC.
          returned: always
          type: str
          sample: '2026-11-02T09:18:40Z'
        last_modified_by:
          description:
            - Who last changed it.
          returned: always
          type: str
          sample: demo@example.com
        datacenter_id:
          description:
            - The UUID of the data center.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        server_id:
          description:
            - The UUID of the server.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        nic_id:
          description:
            - The UUID of the NIC.
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
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.nics import NICS


def main() -> None:
    run(NICS)


if __name__ == "__main__":
    main()

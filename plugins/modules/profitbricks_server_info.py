#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_server_info
short_description: Read servers of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Returns the servers that match the options, or all of them without such options. If there is none, the list
    is empty.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.reading
options:
  datacenter:
    description:
      - Name or UUID of the data center of the server. It must exist.
    type: str
    required: true
  id:
    description:
      - Only the server with this UUID.
    type: str
  name:
    description:
      - Only the server with this name.
    type: str
  filters:
    description:
      - Only objects whose results have these values, as a dictionary with keys such as C(state). Case does not
        matter; in a list, one matching element is enough.
    type: dict
  upgrade_needed:
    description:
      - Whether to return only outdated servers, or only up-to-date ones. O(upgrade_needed=true) finds those that
        C(state=upgraded) of M(profitbricks.cloud.profitbricks_server) would upgrade. This needs version 5 of the
        API, and one more request.
    type: bool
  console:
    description:
      - 'Whether to return the link to the console of each server, at the cost of two more requests for each. Whoever
        has it can control the server: set C(no_log) on the task. Needs version 6 of the API.'
    type: bool
    default: false
  gpus:
    description:
      - Whether to return the graphics cards of each server, with one more request for each. Needs version 6 of
        the API.
    type: bool
    default: false
  wait:
    description:
      - 'Accepted so that C(module_defaults) of a group can set it, and ignored: there is nothing to wait for.'
    type: bool
  wait_timeout:
    description:
      - Maximum number of seconds that reading may take. If not set, the environment variable E(PROFITBRICKS_WAIT_TIMEOUT)
        is used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(PROFITBRICKS_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
attributes:
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_server
  - module: profitbricks.cloud.profitbricks_datacenter
  - module: profitbricks.cloud.profitbricks_cdrom_attachment
  - module: profitbricks.cloud.profitbricks_label
  - module: profitbricks.cloud.profitbricks_nic
  - module: profitbricks.cloud.profitbricks_volume_attachment
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_everyday
    description: A playbook for each everyday job.
"""

EXAMPLES = r"""
---
- name: Read all servers of a data center with their volumes and NICs
  profitbricks.cloud.profitbricks_server_info:
    datacenter: shop
  register: found

- name: Show their addresses
  ansible.builtin.debug:
    msg: "{{ item.name }} has {{ item.nics | map(attribute='ips') | flatten }}"
  loop: "{{ found.servers }}"

- name: Read one server
  profitbricks.cloud.profitbricks_server_info:
    datacenter: shop
    name: web-01

- name: Read all servers with their graphics cards
  profitbricks.cloud.profitbricks_server_info:
    datacenter: shop
    gpus: true

- name: Read the link to the console of a server
  profitbricks.cloud.profitbricks_server_info:
    datacenter: shop
    name: web-01
    console: true
  register: web
  no_log: true
"""

RETURN = r"""
---
servers:
  description:
    - The servers that were found.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the server.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the server.
      returned: always
      type: str
      sample: web-01
    hostname:
      description:
        - Host name of the server.
      returned: always
      type: str
    cores:
      description:
        - Number of CPU cores.
      returned: always
      type: int
      sample: 2
    ram:
      description:
        - Memory in MB.
      returned: always
      type: int
      sample: 4096
    cpu_family:
      description:
        - CPU family, such as V(INTEL_SKYLAKE).
      returned: always
      type: str
      sample: INTEL_SKYLAKE
    availability_zone:
      description:
        - Availability zone of the server; V(AUTO) leaves the choice to the service.
      returned: always
      type: str
      sample: AUTO
    type:
      description:
        - Type of server.
      returned: always
      type: str
      sample: ENTERPRISE
    template_uuid:
      description:
        - UUID of the template for the size of a server with C(type=CUBE) or C(type=GPU).
      returned: always
      type: str
    nic_multi_queue:
      description:
        - Whether NICs use multiple queues.
      returned: always
      type: bool
      sample: false
    boot_volume:
      description:
        - UUID of the volume to boot from.
      returned: always
      type: str
      sample: 8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1
    boot_cdrom:
      description:
        - UUID of the CD-ROM image to boot from, in the location of the data center.
      returned: always
      type: str
    enabled_features:
      description:
        - CPU features that the server uses; V(SEV-SNP) for a confidential server.
      returned: always
      type: list
      elements: str
      sample: []
    vm_state:
      description:
        - State of the virtual machine, such as V(RUNNING), V(SHUTOFF) or V(SUSPENDED).
      returned: always
      type: str
      sample: RUNNING
    public_ipv4:
      description:
        - Public IPv4 addresses of its NICs, as in the inventory.
      returned: always
      type: list
      elements: str
      sample:
        - 203.0.113.17
    private_ipv4:
      description:
        - Private IPv4 addresses of its NICs, as in the inventory.
      returned: always
      type: list
      elements: str
      sample:
        - 10.7.222.11
    ipv6:
      description:
        - IPv6 addresses of its NICs, as in the inventory.
      returned: always
      type: list
      elements: str
      sample: []
    security_groups:
      description:
        - UUIDs of its security groups.
      returned: always
      type: list
      elements: str
      sample: []
    state:
      description:
        - Provisioning state, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
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
    volumes:
      description:
        - Volumes of the server.
      returned: always
      type: list
      elements: dict
      contains:
        id:
          description:
            - The UUID of the volume.
          returned: always
          type: str
          sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
        name:
          description:
            - Name of the volume.
          returned: always
          type: str
          sample: web-01-boot
        size:
          description:
            - Size in GB.
          returned: always
          type: int
          sample: 20
        disk_type:
          description:
            - Type of storage.
          returned: always
          type: str
          sample: SSD
        bus:
          description:
            - Bus type.
          returned: always
          type: str
          sample: VIRTIO
        image:
          description:
            - Image or snapshot that the volume is made from.
          returned: always
          type: str
          sample: 4e3b9c1a-6d1f-11ee-9d2e-525400f64d8d
        licence_type:
          description:
            - Licence of the operating system.
          returned: always
          type: str
          sample: LINUX
        availability_zone:
          description:
            - Availability zone of the volume.
          returned: always
          type: str
          sample: AUTO
        cpu_hot_plug:
          description:
            - Whether CPU cores can be added without a reboot.
          returned: always
          type: bool
          sample: true
        ram_hot_plug:
          description:
            - Whether memory can be added without a reboot.
          returned: always
          type: bool
          sample: true
        nic_hot_plug:
          description:
            - Whether a NIC can be added without a reboot.
          returned: always
          type: bool
          sample: true
        nic_hot_unplug:
          description:
            - Whether a NIC can be removed without a reboot.
          returned: always
          type: bool
          sample: false
        disc_virtio_hot_plug:
          description:
            - Whether a VIRTIO volume can be added without a reboot.
          returned: always
          type: bool
          sample: true
        disc_virtio_hot_unplug:
          description:
            - Whether a VIRTIO volume can be removed without a reboot.
          returned: always
          type: bool
          sample: false
        backupunit_id:
          description:
            - UUID of the backup unit of the volume.
          returned: always
          type: str
        boot_order:
          description:
            - Whether a server boots from it.
          returned: always
          type: str
          sample: AUTO
        expose_serial:
          description:
            - Whether the operating system sees the serial number of the volume.
          returned: always
          type: bool
          sample: false
        require_legacy_bios:
          description:
            - Whether the volume needs a legacy BIOS to boot.
          returned: always
          type: bool
          sample: true
        server_id:
          description:
            - UUID of the server that the volume is attached to.
          returned: always
          type: str
          sample: 3e8b3a0f-7a1c-4f0e-9f69-2c3f4f4b6e56
        device_number:
          description:
            - Position among the devices of the server, starting at 1.
          returned: always
          type: int
          sample: 1
        pci_slot:
          description:
            - PCI slot of the volume.
          returned: always
          type: int
          sample: 5
        application_type:
          description:
            - Application that is part of the image.
          returned: always
          type: str
          sample: UNKNOWN
        state:
          description:
            - Provisioning state, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
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
    nics:
      description:
        - NICs of the server.
      returned: always
      type: list
      elements: dict
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
            - Number of the LAN.
          returned: always
          type: int
          sample: 1
        ips:
          description:
            - 'Addresses of the NIC, as a set: reserved public ones, or private ones from the LAN''s network.'
          returned: always
          type: list
          elements: str
          sample:
            - 203.0.113.17
        dhcp:
          description:
            - Whether the NIC gets its address by DHCP.
          returned: always
          type: bool
          sample: true
        firewall_active:
          description:
            - Whether the firewall of the NIC is active. With an active firewall and no rules, nothing gets in.
          returned: always
          type: bool
          sample: true
        firewall_type:
          description:
            - Traffic that the firewall filters.
          returned: always
          type: str
          sample: INGRESS
        nat:
          description:
            - Whether private addresses reach the internet through an address of the service. Only in versions 4
              and 5 of the API.
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
            - IPv6 network of the NIC, a C(/80) inside that of the LAN.
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
            - Position of the NIC among the server's devices.
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
            - Provisioning state, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
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
            - Firewall rules of the NIC.
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
                - Protocol that the rule lets in.
              returned: always
              type: str
              sample: TCP
            source_mac:
              description:
                - Only let in traffic from this MAC address.
              returned: always
              type: str
            source_ip:
              description:
                - Only let in traffic from this address, or in version 6 of the API from this network in CIDR notation.
              returned: always
              type: str
              sample: 198.51.100.7
            target_ip:
              description:
                - Only let in traffic to this address of the NIC.
              returned: always
              type: str
            icmp_type:
              description:
                - ICMP type, V(0) to V(254), for C(protocol=ICMP) and C(protocol=ICMPv6).
              returned: always
              type: int
            icmp_code:
              description:
                - ICMP code, V(0) to V(254), for C(protocol=ICMP) and C(protocol=ICMPv6).
              returned: always
              type: int
            port_range_start:
              description:
                - First port, for C(protocol=TCP) and C(protocol=UDP). Before version 6 of the API at most V(65534).
              returned: always
              type: int
              sample: 22
            port_range_end:
              description:
                - Last port, for C(protocol=TCP) and C(protocol=UDP).
              returned: always
              type: int
              sample: 22
            type:
              description:
                - Direction of the traffic.
              returned: always
              type: str
              sample: INGRESS
            ip_version:
              description:
                - IP version of the rule.
              returned: always
              type: str
              sample: IPv4
            state:
              description:
                - Provisioning state, such as V(AVAILABLE), V(BUSY) or V(INACTIVE).
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
    cdroms:
      description:
        - UUIDs of the attached CD-ROM images.
      returned: always
      type: list
      elements: str
      sample: []
    console_url:
      description:
        - URL of the console for a browser, valid for a short time.
      returned: when console is set
      type: str
      sample: https://console.example.com/?jwToken=...
    console_token:
      description:
        - Token for the console.
      returned: when console is set
      type: str
      sample: eyJ0eXAi...
    gpus:
      description:
        - The graphics cards of the server; only servers of type C(GPU) have any.
      returned: when gpus is set
      type: list
      elements: dict
      contains:
        id:
          description:
            - UUID of the card.
          returned: always
          type: str
          sample: 8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1
        name:
          description:
            - Name of the card.
          returned: always
          type: str
          sample: NVIDIA H200 1
        vendor:
          description:
            - Vendor of the card.
          returned: always
          type: str
          sample: NVIDIA Corporation
        model:
          description:
            - Model of the card.
          returned: always
          type: str
          sample: NVIDIA H200
        type:
          description:
            - How the server uses it.
          returned: always
          type: str
          sample: passthrough
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.servers import (
    SERVERS,
)


def main() -> None:
    run_info(SERVERS)


if __name__ == "__main__":
    main()

#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_server
short_description: Create, change and delete servers of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a server into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the server exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the server does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
      - 'V(running): like V(present), and the server is started if it is not running.'
      - 'V(stopped): like V(present), and the server is powered off if it is running, without a shutdown; a server
        of type CUBE or GPU is suspended.'
      - 'V(restarted): like V(present), and the server is reset each time the task runs, without a shutdown; a server
        that is not running is started.'
      - 'V(upgraded): like V(present), and the server is moved to a newer version of the hypervisor, which may restart
        it. With version 5 of the API, one more request finds out which servers are outdated, and the others are
        left alone. Version 6 does not show this, so the server is moved each time the task runs. A new server is
        left alone.'
    type: str
    choices:
      - present
      - absent
      - running
      - stopped
      - restarted
      - upgraded
    default: present
  id:
    description:
      - The UUID of the server. Only needed to change its O(name).
    type: str
  datacenter:
    description:
      - Name or UUID of the data center of the server. It must exist.
    type: str
    required: true
  name:
    description:
      - Name of the server.
    type: str
  hostname:
    description:
      - Host name of the server.
      - V(null) or an empty string clears it.
    type: str
  cores:
    description:
      - Number of CPU cores. Needed to create one, except with O(type=CUBE), with O(type=GPU) and for a confidential
        server, whose image determines it.
    type: int
  ram:
    description:
      - Memory in MB, a multiple of 256, and at least 1024 if a volume of the server has RAM hot plug. Needed to
        create one, except with O(type=CUBE) and O(type=GPU).
    type: int
  cpu_family:
    description:
      - CPU family, such as V(INTEL_SKYLAKE); M(profitbricks.cloud.profitbricks_location_info) lists those of a
        location. Changing it restarts the server. Not with O(type=CUBE), O(type=VCPU) or O(type=GPU), nor for a
        confidential server.
      - Known are V(AMD_OPTERON), V(AMD_EPYC), V(INTEL_XEON), V(INTEL_SKYLAKE), V(INTEL_ICELAKE). Others are passed
        on to the service, with a warning.
    type: str
  availability_zone:
    description:
      - Availability zone of the server; V(AUTO) leaves the choice to the service. It cannot be changed later.
    type: str
    choices:
      - AUTO
      - ZONE_1
      - ZONE_2
  type:
    description:
      - Type of server. The service defaults to V(ENTERPRISE). It cannot be changed later.
      - Known are V(ENTERPRISE), V(CUBE), V(VCPU), V(GPU). Others are passed on to the service, with a warning.
    type: str
  template_uuid:
    description:
      - UUID of the template for the size of a server with O(type=CUBE) or O(type=GPU), which need one; M(profitbricks.cloud.profitbricks_template_info)
        lists them. It cannot be changed later.
    type: str
  nic_multi_queue:
    description:
      - Whether NICs use multiple queues. Changing it restarts the server.
    type: bool
  boot_volume:
    description:
      - Name or UUID of the volume to boot from. If it is not attached to the server yet, it is attached first.
        For a new server it can be the name of one of O(volumes).
    type: str
  boot_cdrom:
    description:
      - Name or UUID of the CD-ROM image to boot from, in the location of the data center. If it is not attached
        to the server yet, it is attached first. A name takes one more request.
    type: str
  template:
    description:
      - Name or UUID of the template for the size of a server with O(type=CUBE) or O(type=GPU), instead of O(template_uuid).
        A name takes one more request.
    type: str
  security_groups:
    description:
      - Names or UUIDs of all its security groups; an empty list removes all.
    type: list
    elements: str
  labels:
    description:
      - Labels, as a dictionary of values by key. Others are left alone unless C(purge) names them. They take one
        more request, and need version 5 or 6 of the API.
    type: dict
  volumes:
    description:
      - Volumes of the server. Missing ones are created and attached, for a new server in the same request; different
        ones are changed, others left alone.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the volume.
        type: str
      size:
        description:
          - Size in GB. A volume can only grow; the partitions on it are not changed.
          - Needed to create one, except with O(volumes[].disk_type=DAS) and for the volume of a GPU server.
        type: int
      disk_type:
        description:
          - Type of storage. The service defaults to V(HDD). It cannot be changed later.
          - Known are V(HDD), V(SSD), V(SSD Standard), V(SSD Premium), V(DAS). Others are passed on to the service,
            with a warning.
        type: str
      bus:
        description:
          - Bus type. The service defaults to V(VIRTIO), and only returns it once the volume has been attached.
        type: str
        choices:
          - VIRTIO
          - IDE
      image:
        description:
          - 'Image or snapshot that the volume is made from: UUID, name or alias (such as V(ubuntu:latest)) of an
            image, or UUID or name of a snapshot. It must be in the location of the data center.'
          - An image other than the one that the volume was made from is an error, because the service cannot change
            it. UUIDs are always compared; names and aliases are compared by M(profitbricks.cloud.profitbricks_datacenter),
            and otherwise only looked up when the volume is created.
        type: str
      licence_type:
        description:
          - Licence of the operating system, for a volume without O(volumes[].image); otherwise the image determines
            it. V(RHEL), V(WINDOWS2019) and V(WINDOWS2025) need version 6 of the API, V(WINDOWS2022) version 5.
          - Known are V(LINUX), V(RHEL), V(WINDOWS), V(WINDOWS2016), V(WINDOWS2019), V(WINDOWS2022), V(WINDOWS2025),
            V(OTHER), V(UNKNOWN). Others are passed on to the service, with a warning.
        type: str
      image_password:
        description:
          - 'Password of the first user on a volume made from a public image: 8 to 50 letters and digits. Only sent
            when the volume is created, and never compared.'
        type: str
      ssh_keys:
        description:
          - 'Public SSH keys of the first user on a volume made from a public Linux image: the keys themselves,
            which the lookup P(ansible.builtin.file#lookup) reads from a file. One entry may contain several keys,
            one per line.'
          - Sent when the volume is created, and never compared.
        type: list
        elements: str
      user_data:
        description:
          - 'Cloud-init configuration for an image that supports it: text in base64, plain text with O(volumes[].encode_user_data),
            or a dictionary, which becomes C(#cloud-config) in YAML.'
          - Only sent when the volume is created, and never compared. If cloud-init would not recognize its first
            line, there is a warning.
        type: raw
      availability_zone:
        description:
          - Availability zone of the volume. Zones other than V(AUTO) work with O(volumes[].disk_type=HDD) and O(volumes[].disk_type=SSD
            Standard), in some locations with other SSDs, and never with O(volumes[].disk_type=DAS). It cannot be
            changed later.
        type: str
        choices:
          - AUTO
          - ZONE_1
          - ZONE_2
          - ZONE_3
      cpu_hot_plug:
        description:
          - Whether CPU cores can be added without a reboot.
        type: bool
      ram_hot_plug:
        description:
          - Whether memory can be added without a reboot.
        type: bool
      nic_hot_plug:
        description:
          - Whether a NIC can be added without a reboot.
        type: bool
      nic_hot_unplug:
        description:
          - Whether a NIC can be removed without a reboot.
        type: bool
      disc_virtio_hot_plug:
        description:
          - Whether a VIRTIO volume can be added without a reboot.
        type: bool
      disc_virtio_hot_unplug:
        description:
          - Whether a VIRTIO volume can be removed without a reboot.
        type: bool
      backupunit_id:
        description:
          - Name or UUID of the backup unit of the volume, which must be made from a public image. It cannot be
            changed later.
        type: str
      boot_order:
        description:
          - Whether a server boots from it. If one volume is V(PRIMARY), all others must be V(NONE).
        type: str
        choices:
          - AUTO
          - NONE
          - PRIMARY
      expose_serial:
        description:
          - Whether the operating system sees the serial number of the volume.
        type: bool
      require_legacy_bios:
        description:
          - Whether the volume needs a legacy BIOS to boot.
        type: bool
      encode_user_data:
        description:
          - Whether O(volumes[].user_data) is plain text, which the module then encodes in base64. By default, text
            must already be in base64.
        type: bool
      labels:
        description:
          - Labels, as a dictionary of values by key. Others are left alone unless C(purge) names them. They take
            one more request, and need version 5 or 6 of the API.
        type: dict
  nics:
    description:
      - NICs of the server. Missing ones are created, for a new server in the same request; different ones are changed,
        others left alone.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the NIC.
        type: str
      lan:
        description:
          - Name or number of the LAN. If neither a name nor an id is given, it also identifies the NIC of the server.
          - If there is no LAN of that number, the service creates a private one; a name must exist.
          - Needed to create one.
        type: str
      ips:
        description:
          - 'Addresses of the NIC, as a set: reserved public ones, or private ones from the LAN''s network. An address
            from a reserved block can also be given by its position: V(web.0) is the first address of the IP block
            web.'
          - With an empty list, the service chooses one address.
        type: list
        elements: str
      dhcp:
        description:
          - Whether the NIC gets its address by DHCP. The service defaults to V(true).
        type: bool
      firewall_active:
        description:
          - Whether the firewall of the NIC is active. With an active firewall and no rules, nothing gets in.
        type: bool
      firewall_type:
        description:
          - Traffic that the firewall filters. The service defaults to V(INGRESS).
        type: str
        choices:
          - INGRESS
          - EGRESS
          - BIDIRECTIONAL
      nat:
        description:
          - Whether private addresses reach the internet through an address of the service. Only in versions 4 and
            5 of the API.
        type: bool
      ipv6_ips:
        description:
          - IPv6 addresses of the NIC, as a set.
        type: list
        elements: str
      ipv6_cidr_block:
        description:
          - IPv6 network of the NIC, a C(/80) inside that of the LAN.
          - V(null) or an empty string clears it.
        type: str
      dhcpv6:
        description:
          - Whether the NIC gets IPv6 addresses by DHCP.
        type: bool
      security_groups:
        description:
          - Names or UUIDs of all its security groups; an empty list removes all.
        type: list
        elements: str
      firewall_rules:
        description:
          - Firewall rules of the NIC. Missing ones are created, different ones changed, others left alone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the rule.
            type: str
          protocol:
            description:
              - Protocol that the rule lets in. It cannot be changed later.
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
              - Only let in traffic from this MAC address; V(null) or an empty string means any.
            type: str
          source_ip:
            description:
              - Only let in traffic from this address, or in version 6 of the API from this network in CIDR notation;
                V(null) or an empty string means any.
            type: str
          target_ip:
            description:
              - Only let in traffic to this address of the NIC; V(null) or an empty string means any.
            type: str
          icmp_type:
            description:
              - ICMP type, V(0) to V(254), for O(nics[].firewall_rules[].protocol=ICMP) and O(nics[].firewall_rules[].protocol=ICMPv6);
                V(null) means any.
            type: int
          icmp_code:
            description:
              - ICMP code, V(0) to V(254), for O(nics[].firewall_rules[].protocol=ICMP) and O(nics[].firewall_rules[].protocol=ICMPv6);
                V(null) means any.
            type: int
          port_range_start:
            description:
              - First port, for O(nics[].firewall_rules[].protocol=TCP) and O(nics[].firewall_rules[].protocol=UDP).
                Goes with O(nics[].firewall_rules[].port_range_end); V(null) for both means any port. Before version
                6 of the API at most V(65534).
            type: int
          port_range_end:
            description:
              - Last port, for O(nics[].firewall_rules[].protocol=TCP) and O(nics[].firewall_rules[].protocol=UDP).
                Goes with O(nics[].firewall_rules[].port_range_start).
              - V(null) or an empty string clears it.
            type: int
          type:
            description:
              - Direction of the traffic. A new rule gets V(INGRESS) by default.
            type: str
            choices:
              - INGRESS
              - EGRESS
          ip_version:
            description:
              - IP version of the rule. By default the service derives it from the addresses.
              - V(null) or an empty string clears it.
            type: str
            choices:
              - IPv4
              - IPv6
  delete_volumes:
    description:
      - 'With O(state=absent): also delete the volumes that are attached to the server. Otherwise they are detached
        and kept. RV(deleted_volumes) and RV(kept_volumes) list them.'
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
        with whatever is not finished by then. If not set, the environment variable E(PROFITBRICKS_WAIT_TIMEOUT)
        is used, and without that V(600).
    type: int
  progress:
    description:
      - Whether to show what the task is waiting for, if it waits for longer than a second. If not set, the environment
        variable E(PROFITBRICKS_PROGRESS) is used, and without that it is shown. This only works if the task runs
        inside Ansible's own process, as it does on the controller with its own Python.
    type: bool
attributes:
  idempotent:
    description: Run again with the same options, changes nothing.
    support: partial
    details:
      - With O(state=restarted) or O(state=upgraded), acts each time.
  action_group:
    membership:
      - profitbricks.cloud.all
      - profitbricks.cloud.datacenter
      - profitbricks.cloud.profitbricks
seealso:
  - module: profitbricks.cloud.profitbricks_server_info
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
- name: Create a server with boot volume, NIC and firewall rule in one request
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: web-01
    cores: 2
    ram: 4096
    volumes:
      - name: web-01-boot
        size: 20
        disk_type: SSD
        image: ubuntu:latest
        ssh_keys:
          - "{{ lookup('ansible.builtin.file', public_key_file) }}"
    nics:
      - name: public
        lan: public
        firewall_active: true
        firewall_rules:
          - name: ssh
            protocol: TCP
            port_range_start: 22
            port_range_end: 22
  register: web

- name: Show its address
  ansible.builtin.debug:
    msg: "{{ web.server.nics[0].ips }}"

- name: Give it more memory; nothing else changes
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: web-01
    ram: 8192

- name: Power it off
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: web-01
    state: stopped

- name: Start it again
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: web-01
    state: running

- name: Reset it each time this task runs
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: web-01
    state: restarted

- name: Move it to a newer hypervisor version each time this task runs
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: web-01
    state: upgraded

- name: Create a CUBE server, whose template defines size and volume
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: cache-01
    type: CUBE
    template: CUBES S
    volumes:
      - name: cache-01-boot
        disk_type: DAS
        image: ubuntu:latest
        ssh_keys:
          - "{{ lookup('ansible.builtin.file', public_key_file) }}"

- name: Delete it together with its volumes
  profitbricks.cloud.profitbricks_server:
    datacenter: shop
    name: web-01
    state: absent
    delete_volumes: true
"""

RETURN = r"""
---
server:
  description:
    - The server after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
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
deleted_volumes:
  description:
    - With C(state=absent), the volumes of the server that were deleted.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the volume.
      returned: always
      type: str
      sample: 8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1
    name:
      description:
        - The name of the volume.
      returned: always
      type: str
      sample: web-01-boot
kept_volumes:
  description:
    - With C(state=absent), the volumes of the server that were kept, detached.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description:
        - The UUID of the volume.
      returned: always
      type: str
      sample: 8f4c1d7e-2f11-4a43-8a4c-6cf2b6d3f5a1
    name:
      description:
        - The name of the volume.
      returned: always
      type: str
      sample: web-01-boot
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.servers import (
    SERVERS,
)


def main() -> None:
    run(SERVERS)


if __name__ == "__main__":
    main()

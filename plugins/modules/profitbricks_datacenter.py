#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: profitbricks_datacenter
short_description: Create, change and delete data centers of the ProfitBricks cloud
version_added: 1.0.0
description:
  - Brings a data center into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.profitbricks
  - profitbricks.cloud.profitbricks.managing
options:
  state:
    description:
      - 'V(present): the data center exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the data center does not exist. Nothing happens if it, or the object it belongs to, is already
        gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the data center. Only needed to change its O(name).
    type: str
  name:
    description:
      - Name of the data center.
    type: str
  description:
    description:
      - Description of the data center.
    type: str
  location:
    description:
      - Where the data center is, such as V(de/fra) or V(us/las); M(profitbricks.cloud.profitbricks_location_info)
        lists the locations.
      - It cannot be changed later.
      - Needed to create one.
    type: str
  sec_auth_protection:
    description:
      - Whether only users with two-factor authentication may work on it.
    type: bool
  default_security_group:
    description:
      - Name or UUID of the default security group of its servers; an empty string removes it. It may be one of
        O(security_groups).
      - V(null) or an empty string clears it.
    type: str
  labels:
    description:
      - Labels, as a dictionary of values by key. Others are left alone unless C(purge) names them. They take one
        more request, and need version 5 or 6 of the API.
    type: dict
  force:
    description:
      - 'With O(state=absent): delete the data center even if it still contains something. Without it, the error
        lists what would be lost.'
    type: bool
    default: false
  lans:
    description:
      - LANs of the data center. Missing ones are created, different ones changed, others left alone unless O(purge)
        names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the LAN.
        type: str
      public:
        description:
          - Whether the LAN is connected to the internet. The service defaults to V(false).
        type: bool
      ip_failover:
        description:
          - IP failover groups, as a set, and no others, unless O(lans[].append) is set. Each NIC must already own
            the reserved address, and the LAN be public.
        type: list
        elements: dict
        suboptions:
          ip:
            description:
              - 'Reserved address that moves if a server fails. An address from a reserved block can also be given
                by its position: V(web.0) is the first address of the IP block web.'
            type: str
            required: true
          nic_id:
            description:
              - 'NIC that has the address initially: as V(server/nic), by a name that only one NIC of the data center
                has, or by UUID. Results have the UUID.'
            type: str
            required: true
      pcc:
        description:
          - Name or UUID of the cross connect that the private LAN joins; an empty string removes it. A name takes
            one more request.
          - V(null) or an empty string clears it.
        type: str
      ipv6_cidr_block:
        description:
          - IPv6 network of the LAN, a C(/64) inside that of the data center. With V(AUTO) the service chooses one;
            an empty string switches IPv6 off.
          - V(null) or an empty string clears it.
        type: str
      id:
        description:
          - The number of an existing LAN. Only needed to rename it, or if it has no name or shares its name with
            another one.
        type: str
      append:
        description:
          - Whether O(lans[].ip_failover) only adds groups, or moves the group of an address to another NIC. Otherwise,
            groups that are not listed are removed.
        type: bool
  volumes:
    description:
      - Volumes of the data center apart from those of its O(servers). One that is attached to a server whose list
        of volumes does not include it is detached. A name that is also in the list of a server is refused, unless
        a volume of that name is in both places already.
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
      id:
        description:
          - The UUID of an existing volume. Only needed to rename it, or if it has no name or shares its name with
            another one.
        type: str
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
  security_groups:
    description:
      - Security groups of the data center, each with its rules. O(servers) and their NICs name them in C(security_groups).
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the security group, at most 60 characters.
        type: str
      description:
        description:
          - Description of the security group, at most 300 characters.
        type: str
      id:
        description:
          - The UUID of an existing security group. Only needed to rename it, or if it has no name or shares its
            name with another one.
        type: str
      rules:
        description:
          - Rules of the security group. Missing ones are created, different ones changed, others left alone.
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
              - ICMP type, V(0) to V(254), for O(security_groups[].rules[].protocol=ICMP) and O(security_groups[].rules[].protocol=ICMPv6);
                V(null) means any.
            type: int
          icmp_code:
            description:
              - ICMP code, V(0) to V(254), for O(security_groups[].rules[].protocol=ICMP) and O(security_groups[].rules[].protocol=ICMPv6);
                V(null) means any.
            type: int
          port_range_start:
            description:
              - First port, for O(security_groups[].rules[].protocol=TCP) and O(security_groups[].rules[].protocol=UDP).
                Goes with O(security_groups[].rules[].port_range_end); V(null) for both means any port. Before version
                6 of the API at most V(65534).
            type: int
          port_range_end:
            description:
              - Last port, for O(security_groups[].rules[].protocol=TCP) and O(security_groups[].rules[].protocol=UDP).
                Goes with O(security_groups[].rules[].port_range_start).
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
          id:
            description:
              - The UUID of an existing security group rule. Only needed to rename it, or if it has no name or shares
                its name with another one.
            type: str
  servers:
    description:
      - Servers of the data center, each with its volumes, NICs and firewall rules. A missing one is created with
        all of them in one request.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the server; with O(servers[].count) the pattern of their names, such as V(web-%02d).
        type: str
      hostname:
        description:
          - Host name of the server.
          - V(null) or an empty string clears it.
        type: str
      cores:
        description:
          - Number of CPU cores. Needed to create one, except with O(servers[].type=CUBE), with O(servers[].type=GPU)
            and for a confidential server, whose image determines it.
        type: int
      ram:
        description:
          - Memory in MB, a multiple of 256, and at least 1024 if a volume of the server has RAM hot plug. Needed
            to create one, except with O(servers[].type=CUBE) and O(servers[].type=GPU).
        type: int
      cpu_family:
        description:
          - CPU family, such as V(INTEL_SKYLAKE); M(profitbricks.cloud.profitbricks_location_info) lists those of
            a location. Changing it restarts the server. Not with O(servers[].type=CUBE), O(servers[].type=VCPU)
            or O(servers[].type=GPU), nor for a confidential server.
          - Known are V(AMD_OPTERON), V(AMD_EPYC), V(INTEL_XEON), V(INTEL_SKYLAKE), V(INTEL_ICELAKE). Others are
            passed on to the service, with a warning.
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
          - UUID of the template for the size of a server with O(servers[].type=CUBE) or O(servers[].type=GPU),
            which need one; M(profitbricks.cloud.profitbricks_template_info) lists them. It cannot be changed later.
        type: str
      nic_multi_queue:
        description:
          - Whether NICs use multiple queues. Changing it restarts the server.
        type: bool
      boot_volume:
        description:
          - Name or UUID of the volume to boot from, of its own O(servers[].volumes) or of those of the data center,
            which is then attached.
        type: str
      boot_cdrom:
        description:
          - Name or UUID of the CD-ROM image to boot from, in the location of the data center. If it is not attached
            to the server yet, it is attached first. A name takes one more request.
        type: str
      id:
        description:
          - The UUID of an existing server. Only needed to rename it, or if it has no name or shares its name with
            another one.
        type: str
      count:
        description:
          - 'How many servers like this to have. The name must then contain a placeholder for the number, which
            starts at 1: V(web-%02d) becomes V(web-01), V(web-02) and so on. The host name, and the names, addresses
            and user data of the volumes and NICs, may contain one as well; C(%%d) stands for a literal C(%d). With
            a lower count, the servers with the highest numbers are deleted if C(purge) names servers.'
        type: int
      state:
        description:
          - Whether the server is running. V(stopped) powers it off without a shutdown, and suspends a CUBE server.
            By default a new server is running.
        type: str
        choices:
          - running
          - stopped
      template:
        description:
          - Name or UUID of the template for the size of a server with O(servers[].type=CUBE) or O(servers[].type=GPU),
            instead of O(servers[].template_uuid). A name takes one more request.
        type: str
      security_groups:
        description:
          - Names or UUIDs of all its security groups; an empty list removes all.
        type: list
        elements: str
      labels:
        description:
          - Labels, as a dictionary of values by key. Others are left alone unless C(purge) names them. They take
            one more request, and need version 5 or 6 of the API.
        type: dict
      volumes:
        description:
          - Volumes of the server. Missing ones are created and attached, for a new server in the same request;
            different ones are changed, others left alone.
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
              - Needed to create one, except with O(servers[].volumes[].disk_type=DAS) and for the volume of a GPU
                server.
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
              - 'Image or snapshot that the volume is made from: UUID, name or alias (such as V(ubuntu:latest))
                of an image, or UUID or name of a snapshot. It must be in the location of the data center.'
              - An image other than the one that the volume was made from is an error, because the service cannot
                change it. UUIDs are always compared; names and aliases are compared by M(profitbricks.cloud.profitbricks_datacenter),
                and otherwise only looked up when the volume is created.
            type: str
          licence_type:
            description:
              - Licence of the operating system, for a volume without O(servers[].volumes[].image); otherwise the
                image determines it. V(RHEL), V(WINDOWS2019) and V(WINDOWS2025) need version 6 of the API, V(WINDOWS2022)
                version 5.
              - Known are V(LINUX), V(RHEL), V(WINDOWS), V(WINDOWS2016), V(WINDOWS2019), V(WINDOWS2022), V(WINDOWS2025),
                V(OTHER), V(UNKNOWN). Others are passed on to the service, with a warning.
            type: str
          image_password:
            description:
              - 'Password of the first user on a volume made from a public image: 8 to 50 letters and digits. Only
                sent when the volume is created, and never compared.'
            type: str
          ssh_keys:
            description:
              - 'Public SSH keys of the first user on a volume made from a public Linux image: the keys themselves,
                which the lookup P(ansible.builtin.file#lookup) reads from a file. One entry may contain several
                keys, one per line.'
              - Sent when the volume is created, and never compared.
            type: list
            elements: str
          user_data:
            description:
              - 'Cloud-init configuration for an image that supports it: text in base64, plain text with O(servers[].volumes[].encode_user_data),
                or a dictionary, which becomes C(#cloud-config) in YAML.'
              - Only sent when the volume is created, and never compared. If cloud-init would not recognize its
                first line, there is a warning.
            type: raw
          availability_zone:
            description:
              - Availability zone of the volume. Zones other than V(AUTO) work with O(servers[].volumes[].disk_type=HDD)
                and O(servers[].volumes[].disk_type=SSD Standard), in some locations with other SSDs, and never
                with O(servers[].volumes[].disk_type=DAS). It cannot be changed later.
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
              - Name or UUID of the backup unit of the volume, which must be made from a public image. It cannot
                be changed later.
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
          id:
            description:
              - The UUID of an existing volume. Only needed to rename it, or if it has no name or shares its name
                with another one.
            type: str
          encode_user_data:
            description:
              - Whether O(servers[].volumes[].user_data) is plain text, which the module then encodes in base64.
                By default, text must already be in base64.
            type: bool
          labels:
            description:
              - Labels, as a dictionary of values by key. Others are left alone unless C(purge) names them. They
                take one more request, and need version 5 or 6 of the API.
            type: dict
      nics:
        description:
          - NICs of the server. Missing ones are created, for a new server in the same request; different ones are
            changed, others left alone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the NIC.
            type: str
          lan:
            description:
              - Name or number of the LAN; a name must exist or be listed in C(lans).
              - If the NIC has no name, it also identifies the NIC of the server.
              - Needed to create one.
            type: str
          ips:
            description:
              - 'Addresses of the NIC, as a set: reserved public ones, or private ones from the LAN''s network.
                An address from a reserved block can also be given by its position: V(web.0) is the first address
                of the IP block web.'
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
              - Whether private addresses reach the internet through an address of the service. Only in versions
                4 and 5 of the API.
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
          id:
            description:
              - The UUID of an existing NIC. Only needed to rename it, or if it has no name or shares its name with
                another one.
            type: str
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
                  - Only let in traffic from this address, or in version 6 of the API from this network in CIDR
                    notation; V(null) or an empty string means any.
                type: str
              target_ip:
                description:
                  - Only let in traffic to this address of the NIC; V(null) or an empty string means any.
                type: str
              icmp_type:
                description:
                  - ICMP type, V(0) to V(254), for O(servers[].nics[].firewall_rules[].protocol=ICMP) and O(servers[].nics[].firewall_rules[].protocol=ICMPv6);
                    V(null) means any.
                type: int
              icmp_code:
                description:
                  - ICMP code, V(0) to V(254), for O(servers[].nics[].firewall_rules[].protocol=ICMP) and O(servers[].nics[].firewall_rules[].protocol=ICMPv6);
                    V(null) means any.
                type: int
              port_range_start:
                description:
                  - First port, for O(servers[].nics[].firewall_rules[].protocol=TCP) and O(servers[].nics[].firewall_rules[].protocol=UDP).
                    Goes with O(servers[].nics[].firewall_rules[].port_range_end); V(null) for both means any port.
                    Before version 6 of the API at most V(65534).
                type: int
              port_range_end:
                description:
                  - Last port, for O(servers[].nics[].firewall_rules[].protocol=TCP) and O(servers[].nics[].firewall_rules[].protocol=UDP).
                    Goes with O(servers[].nics[].firewall_rules[].port_range_start).
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
              id:
                description:
                  - The UUID of an existing firewall rule. Only needed to rename it, or if it has no name or shares
                    its name with another one.
                type: str
          flow_logs:
            description:
              - Flow logs of the NIC. Missing ones are created, different ones changed, others left alone.
            type: list
            elements: dict
            suboptions:
              name:
                description:
                  - Name of the flow log.
                type: str
              action:
                description:
                  - Which packets to log. It cannot be changed later.
                  - Needed to create one.
                type: str
                choices:
                  - ACCEPTED
                  - REJECTED
                  - ALL
              direction:
                description:
                  - Direction of the packets to log. It cannot be changed later.
                  - Needed to create one.
                type: str
                choices:
                  - INGRESS
                  - EGRESS
                  - BIDIRECTIONAL
              bucket:
                description:
                  - Bucket of the object storage, which must exist. It cannot be changed later.
                  - Needed to create one.
                type: str
              id:
                description:
                  - The UUID of an existing flow log. Only needed to rename it, or if it has no name or shares its
                    name with another one.
                type: str
  loadbalancers:
    description:
      - Load balancers of the data center.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the load balancer.
        type: str
      ip:
        description:
          - 'Address: a reserved public one, or a private one. By default the service chooses one for a new load
            balancer. An address from a reserved block can also be given by its position: V(web.0) is the first
            address of the IP block web.'
        type: str
      dhcp:
        description:
          - Whether the NICs get the address by DHCP. The service defaults to V(true).
        type: bool
      id:
        description:
          - The UUID of an existing load balancer. Only needed to rename it, or if it has no name or shares its
            name with another one.
        type: str
      balanced_nics:
        description:
          - 'NICs that share the load, as a set: each as V(server/nic), by names or UUIDs, as UUID, or by a name
            that only one NIC of the data center has. Others are removed. An empty list removes all.'
          - If left out, they do not change.
        type: list
        elements: str
  nat_gateways:
    description:
      - NAT gateways of the data center, each with its rules.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the NAT gateway.
        type: str
      public_ips:
        description:
          - 'Reserved addresses in the data center''s location; M(profitbricks.cloud.profitbricks_ipblock) reserves
            them. An address from a reserved block can also be given by its position: V(web.0) is the first address
            of the IP block web.'
          - Needed to create one.
        type: list
        elements: str
      lans:
        description:
          - All private LANs whose servers use the gateway; an empty list for none.
        type: list
        elements: dict
        suboptions:
          lan:
            description:
              - Name or number of the LAN.
            type: str
            required: true
          gateway_ips:
            description:
              - The gateway's addresses in the LAN. Private addresses with their subnet, such as V(10.7.222.225/24).
                The service chooses one in a free subnet.
            type: list
            elements: str
      id:
        description:
          - The UUID of an existing NAT gateway. Only needed to rename it, or if it has no name or shares its name
            with another one.
        type: str
      rules:
        description:
          - Rules of the NAT gateway. Missing ones are created, different ones changed, others left alone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the rule.
            type: str
          type:
            description:
              - Type of translation. V(SNAT), the only one, translates source addresses, and is the service's default.
            type: str
            choices:
              - SNAT
          protocol:
            description:
              - Protocol of the packets. A new rule gets V(ALL) by default.
            type: str
            choices:
              - TCP
              - UDP
              - ICMP
              - ALL
          source_subnet:
            description:
              - Subnet in CIDR notation whose packets are translated.
              - Needed to create one.
            type: str
          public_ip:
            description:
              - 'Public address that the packets get, one of the gateway''s. An address from a reserved block can
                also be given by its position: V(web.0) is the first address of the IP block web.'
              - Needed to create one.
            type: str
          target_subnet:
            description:
              - Subnet in CIDR notation; only packets to it are translated. By default, packets to any address are.
            type: str
          target_port_range:
            description:
              - Ports; only packets to them are translated. Not with O(nat_gateways[].rules[].protocol=ICMP).
            type: dict
            suboptions:
              start:
                description:
                  - First port.
                type: int
              end:
                description:
                  - Last port.
                type: int
          id:
            description:
              - The UUID of an existing NAT gateway rule. Only needed to rename it, or if it has no name or shares
                its name with another one.
            type: str
      flow_logs:
        description:
          - Flow logs of the NAT gateway. Missing ones are created, different ones changed, others left alone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the flow log.
            type: str
          action:
            description:
              - Which packets to log. It cannot be changed later.
              - Needed to create one.
            type: str
            choices:
              - ACCEPTED
              - REJECTED
              - ALL
          direction:
            description:
              - Direction of the packets to log. It cannot be changed later.
              - Needed to create one.
            type: str
            choices:
              - INGRESS
              - EGRESS
              - BIDIRECTIONAL
          bucket:
            description:
              - Bucket of the object storage, which must exist. It cannot be changed later.
              - Needed to create one.
            type: str
          id:
            description:
              - The UUID of an existing flow log. Only needed to rename it, or if it has no name or shares its name
                with another one.
            type: str
  network_load_balancers:
    description:
      - Network load balancers of the data center, each with its forwarding rules.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the network load balancer.
        type: str
      listener_lan:
        description:
          - Name or number of the LAN on which it listens.
          - Needed to create one.
        type: str
      target_lan:
        description:
          - Name or number of the private LAN that it forwards to.
          - Needed to create one.
        type: str
      ips:
        description:
          - 'Addresses on which it listens: reserved ones in a public LAN, private ones in a private LAN. An address
            from a reserved block can also be given by its position: V(web.0) is the first address of the IP block
            web.'
        type: list
        elements: str
      lb_private_ips:
        description:
          - Its addresses in the O(network_load_balancers[].target_lan). Private addresses with their subnet, such
            as V(10.7.222.225/24). The service chooses one in a free subnet.
        type: list
        elements: str
      central_logging:
        description:
          - Whether it logs to the provider's central logging service.
        type: bool
      logging_format:
        description:
          - Format of the log lines.
        type: str
      id:
        description:
          - The UUID of an existing network load balancer. Only needed to rename it, or if it has no name or shares
            its name with another one.
        type: str
      rules:
        description:
          - Rules of the network load balancer. Missing ones are created, different ones changed, others left alone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the forwarding rule.
            type: str
          algorithm:
            description:
              - How to choose a target for each connection.
              - Needed to create one.
            type: str
            choices:
              - ROUND_ROBIN
              - LEAST_CONNECTION
              - RANDOM
              - SOURCE_IP
          protocol:
            description:
              - Protocol of the connections, V(TCP); the service also lists V(HTTP).
              - Needed to create one.
            type: str
            choices:
              - TCP
              - HTTP
          listener_ip:
            description:
              - 'Address on which it listens, one of the load balancer''s. An address from a reserved block can
                also be given by its position: V(web.0) is the first address of the IP block web.'
              - Needed to create one.
            type: str
          listener_port:
            description:
              - Port on which it listens.
              - Needed to create one.
            type: int
          targets:
            description:
              - All targets that connections are forwarded to. What is left out of an existing one does not change.
              - Needed to create one.
            type: list
            elements: dict
            suboptions:
              ip:
                description:
                  - Address of the target.
                type: str
                required: true
              port:
                description:
                  - Port of the target.
                type: int
                required: true
              weight:
                description:
                  - Its share of the traffic, relative to the weights of the other targets; V(0) gives it none.
                type: int
                required: true
              proxy_protocol:
                description:
                  - Version of the proxy protocol, which tells the target where a connection comes from. The service
                    defaults to V(none).
                type: str
                choices:
                  - none
                  - v1
                  - v2
                  - v2ssl
              health_check:
                description:
                  - How to check the health of the target.
                type: dict
                suboptions:
                  check:
                    description:
                      - Whether to check its health.
                    type: bool
                  check_interval:
                    description:
                      - Time between two checks, in milliseconds.
                    type: int
                  maintenance:
                    description:
                      - Whether the target is under maintenance and gets no new connections.
                    type: bool
          health_check:
            description:
              - Timeouts and retries.
            type: dict
            suboptions:
              client_timeout:
                description:
                  - How long a client may be idle, in milliseconds.
                type: int
              connect_timeout:
                description:
                  - How long connecting to a target may take, in milliseconds.
                type: int
              target_timeout:
                description:
                  - How long a target may be idle, in milliseconds.
                type: int
              retries:
                description:
                  - How often to retry a connection to a target.
                type: int
          id:
            description:
              - The UUID of an existing forwarding rule. Only needed to rename it, or if it has no name or shares
                its name with another one.
            type: str
      flow_logs:
        description:
          - Flow logs of the network load balancer. Missing ones are created, different ones changed, others left
            alone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the flow log.
            type: str
          action:
            description:
              - Which packets to log. It cannot be changed later.
              - Needed to create one.
            type: str
            choices:
              - ACCEPTED
              - REJECTED
              - ALL
          direction:
            description:
              - Direction of the packets to log. It cannot be changed later.
              - Needed to create one.
            type: str
            choices:
              - INGRESS
              - EGRESS
              - BIDIRECTIONAL
          bucket:
            description:
              - Bucket of the object storage, which must exist. It cannot be changed later.
              - Needed to create one.
            type: str
          id:
            description:
              - The UUID of an existing flow log. Only needed to rename it, or if it has no name or shares its name
                with another one.
            type: str
  application_load_balancers:
    description:
      - Application load balancers of the data center, each with its forwarding rules. In a data center with at
        least two LANs, they take one more request, and another one for each existing load balancer.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the application load balancer.
        type: str
      listener_lan:
        description:
          - Name or number of the LAN on which it listens.
          - Needed to create one.
        type: str
      target_lan:
        description:
          - Name or number of the private LAN that it forwards to.
          - Needed to create one.
        type: str
      ips:
        description:
          - 'Addresses on which it listens: reserved ones in a public LAN, private ones in a private LAN. An address
            from a reserved block can also be given by its position: V(web.0) is the first address of the IP block
            web.'
        type: list
        elements: str
      lb_private_ips:
        description:
          - Its addresses in the O(application_load_balancers[].target_lan). Private addresses with their subnet,
            such as V(10.7.222.225/24). The service chooses one in a free subnet.
        type: list
        elements: str
      central_logging:
        description:
          - Whether it logs to the provider's central logging service.
        type: bool
      logging_format:
        description:
          - Format of the log lines.
        type: str
      id:
        description:
          - The UUID of an existing application load balancer. Only needed to rename it, or if it has no name or
            shares its name with another one.
        type: str
      rules:
        description:
          - Rules of the application load balancer. Missing ones are created, different ones changed, others left
            alone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the forwarding rule.
            type: str
          protocol:
            description:
              - Protocol of the requests. A new rule gets V(HTTP) by default.
            type: str
            choices:
              - HTTP
          listener_ip:
            description:
              - 'Address on which it listens, one of the load balancer''s. An address from a reserved block can
                also be given by its position: V(web.0) is the first address of the IP block web.'
              - Needed to create one.
            type: str
          listener_port:
            description:
              - Port on which it listens.
              - Needed to create one.
            type: int
          client_timeout:
            description:
              - How long a client may be idle, in milliseconds.
            type: int
          server_certificates:
            description:
              - UUIDs of certificates in the provider's certificate manager. If there are any, the rule uses TLS.
            type: list
            elements: str
          http_rules:
            description:
              - All rules for requests. What is left out of an existing one does not change. Rules of type V(FORWARD)
                are evaluated after the others.
            type: list
            elements: dict
            suboptions:
              name:
                description:
                  - Name of the rule, unique in the list.
                type: str
                required: true
              type:
                description:
                  - 'Action of the rule: V(FORWARD) to a target group, return a V(STATIC) response, or V(REDIRECT).'
                type: str
                required: true
                choices:
                  - FORWARD
                  - STATIC
                  - REDIRECT
              target_group:
                description:
                  - Name or UUID of the target group; needed with V(FORWARD). A name takes one more request.
                type: str
              drop_query:
                description:
                  - Whether a V(REDIRECT) drops the query string.
                type: bool
              location:
                description:
                  - URL that a V(REDIRECT) leads to; needed with it.
                type: str
              status_code:
                description:
                  - Status code of a V(REDIRECT), which is 301, 302, 303, 307 or 308, or of a V(STATIC) response,
                    from 200 to 599.
                type: int
              response_message:
                description:
                  - Body of a V(STATIC) response; needed with it.
                type: str
              content_type:
                description:
                  - Content type of a V(STATIC) response.
                type: str
              conditions:
                description:
                  - Conditions for the rule to apply, in this order.
                type: list
                elements: dict
                suboptions:
                  type:
                    description:
                      - Part of the request to look at.
                    type: str
                    required: true
                    choices:
                      - HEADER
                      - PATH
                      - QUERY
                      - METHOD
                      - HOST
                      - COOKIE
                      - SOURCE_IP
                  condition:
                    description:
                      - How to compare it; not with C(type=SOURCE_IP).
                    type: str
                    choices:
                      - EXISTS
                      - CONTAINS
                      - EQUALS
                      - MATCHES
                      - STARTS_WITH
                      - ENDS_WITH
                  negate:
                    description:
                      - Whether to negate the condition.
                    type: bool
                  key:
                    description:
                      - Name of the header, cookie or query parameter; only with these types.
                    type: str
                  value:
                    description:
                      - Value to compare it with; not with V(EXISTS), and a network in CIDR notation with C(type=SOURCE_IP).
                    type: str
          id:
            description:
              - The UUID of an existing forwarding rule. Only needed to rename it, or if it has no name or shares
                its name with another one.
            type: str
      flow_logs:
        description:
          - Flow logs of the application load balancer. Missing ones are created, different ones changed, others
            left alone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the flow log.
            type: str
          action:
            description:
              - Which packets to log. It cannot be changed later.
              - Needed to create one.
            type: str
            choices:
              - ACCEPTED
              - REJECTED
              - ALL
          direction:
            description:
              - Direction of the packets to log. It cannot be changed later.
              - Needed to create one.
            type: str
            choices:
              - INGRESS
              - EGRESS
              - BIDIRECTIONAL
          bucket:
            description:
              - Bucket of the object storage, which must exist. It cannot be changed later.
              - Needed to create one.
            type: str
          id:
            description:
              - The UUID of an existing flow log. Only needed to rename it, or if it has no name or shares its name
                with another one.
            type: str
  purge:
    description:
      - Kinds of objects to delete if they exist but are not listed; V(all) stands for every kind. Without it nothing
        is deleted, and RV(unmanaged) lists what is not described.
      - 'It only applies to lists that are given, even empty ones: without O(lans), no LAN is deleted.'
      - A volume is deleted with everything on it. The volumes of a deleted server are only deleted with V(volumes)
        or V(all).
    type: list
    elements: str
    choices:
      - servers
      - volumes
      - lans
      - nics
      - firewall_rules
      - loadbalancers
      - security_groups
      - nat_gateways
      - network_load_balancers
      - application_load_balancers
      - rules
      - flow_logs
      - labels
      - all
  protect:
    description:
      - 'What must not be deleted or replaced: names, UUIDs, paths such as V(lans/private), and kinds such as V(volumes).
        A plan that would do so, or that would delete an object that contains any of them, fails before anything
        is changed, regardless of C(purge), C(replace) and C(force).'
      - An entry that matches nothing causes a warning.
    type: list
    elements: str
  preflight:
    description:
      - 'Whether to check, before anything is changed, that the plan fits: that it stays within the limits of the
        contract (cores, memory, storage, gateways, balancers), of servers (cores, memory, volumes, NICs) and of
        security groups, that the location has the CPU families, images, zones and graphics cards, that public addresses
        are reserved there and free, that rules of NAT gateways and failover groups use addresses of their gateway
        or NIC, and that nothing gets a second flow log. A single error lists all problems, with figures.'
      - This takes one request for the contract if the plan creates or enlarges anything with a limit, and one each
        for the location, IP blocks, templates and images if the plan refers to them and they have not been read
        anyway. If the user may not read the contract, there is a warning, and its limits are not checked.
    type: bool
    default: true
  plan_file:
    description:
      - With C(--check), the plan is written to this file, as JSON for P(ansible.builtin.from_json#filter) and P(profitbricks.cloud.plan_text#filter).
        Only the owner of the file can read it. It contains no secrets, only the names of the options that are set
        to one. The same plan always produces the same file.
      - 'Without C(--check), the file must exist, and the task must be about to do exactly what it says: the same
        steps, from the same values. If not, nothing is changed, and the error lists every difference.'
      - Values of options that the service does not show, such as passwords, are not compared.
    type: path
  plan_max_age:
    description:
      - Maximum age of the plan in O(plan_file), in seconds. With C(--check), the file also records when it was
        made.
    type: int
  concurrency:
    description:
      - How many requests to send at the same time, if contents are described. The service works on the requests
        for one data center one after the other.
    type: int
    default: 8
  return_tree:
    description:
      - Whether to return RV(tree), which is long for a large data center.
    type: bool
    default: true
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
    support: full
seealso:
  - module: profitbricks.cloud.profitbricks_datacenter_info
  - module: profitbricks.cloud.profitbricks_application_load_balancer
  - module: profitbricks.cloud.profitbricks_lan
  - module: profitbricks.cloud.profitbricks_loadbalancer
  - module: profitbricks.cloud.profitbricks_nat_gateway
  - module: profitbricks.cloud.profitbricks_network_load_balancer
  - module: profitbricks.cloud.profitbricks_security_group
  - module: profitbricks.cloud.profitbricks_server
  - module: profitbricks.cloud.profitbricks_volume
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_datacenter
    description: The whole data center in one task.
"""

EXAMPLES = r"""
---
- name: Create a data center in Frankfurt
  profitbricks.cloud.profitbricks_datacenter:
    name: shop
    location: de/fra
    description: Web shop, production
  register: shop

- name: Rename it
  profitbricks.cloud.profitbricks_datacenter:
    id: "{{ shop.datacenter.id }}"
    name: store

- name: Describe a whole site in one task
  profitbricks.cloud.profitbricks_datacenter:
    name: shop-site
    location: de/fra
    lans:
      - name: public
        public: true
      - name: private
        public: false
    servers:
      - name: web-%02d
        count: 2
        cores: 2
        ram: 2048
        volumes:
          - name: web-%02d-boot
            size: 10
            image: ubuntu:latest
            image_password: "{{ image_password }}"
        nics:
          - name: public
            lan: public
            firewall_active: true
            firewall_rules:
              - name: https
                protocol: TCP
                port_range_start: 443
                port_range_end: 443
          - name: private
            lan: private
      - name: db-01
        cores: 4
        ram: 8192
        boot_volume: db-01-boot
        volumes:
          - name: db-01-boot
            size: 10
            image: ubuntu:latest
            image_password: "{{ image_password }}"
          - name: db-01-data
            size: 100
            licence_type: OTHER
        nics:
          - name: private
            lan: private

- name: Rehearse adding three servers and deleting everything that is not listed
  profitbricks.cloud.profitbricks_datacenter:
    name: shop-site
    servers:
      - name: web-%02d
        count: 5
        cores: 2
        ram: 2048
    purge:
      - servers
      - volumes
  check_mode: true
  diff: true

- name: Delete it with everything in it
  profitbricks.cloud.profitbricks_datacenter:
    name: store
    state: absent
    force: true
"""

RETURN = r"""
---
datacenter:
  description:
    - The data center after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the data center.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the data center.
      returned: always
      type: str
      sample: shop
    description:
      description:
        - Description of the data center.
      returned: always
      type: str
      sample: Web shop, production
    location:
      description:
        - Where the data center is, such as V(de/fra) or V(us/las).
      returned: always
      type: str
      sample: de/fra
    sec_auth_protection:
      description:
        - Whether only users with two-factor authentication may work on it.
      returned: always
      type: bool
      sample: false
    version:
      description:
        - Increases with each change to its contents.
      returned: always
      type: int
      sample: 3
    features:
      description:
        - Features of the location.
      returned: always
      type: list
      elements: str
      sample:
        - SSD
        - MULTIPLE_CPU
    cpu_architecture:
      description:
        - CPU families of the location, and the maximum size of a server with each.
      returned: always
      type: list
      elements: dict
      contains:
        cpu_family:
          description:
            - Name of the CPU family.
          returned: always
          type: str
          sample: INTEL_SKYLAKE
        max_cores:
          description:
            - Maximum number of cores of one server.
          returned: always
          type: int
          sample: 51
        max_ram:
          description:
            - Maximum memory of one server, in MB.
          returned: always
          type: int
          sample: 237568
        vendor:
          description:
            - Vendor of the CPUs.
          returned: always
          type: str
          sample: GenuineIntel
        enabled_features:
          description:
            - Features of the CPUs; with V(SEV-SNP), confidential servers are possible.
          returned: always
          type: list
          elements: str
          sample: []
    gpu_architecture:
      description:
        - Graphics cards that servers of type C(GPU) can have in the location.
      returned: always
      type: list
      elements: dict
      contains:
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
    ipv6_cidr_block:
      description:
        - Block of IPv6 addresses of the data center.
      returned: always
      type: str
      sample: 2001:db8:1200::/56
    default_security_group:
      description:
        - UUID of the default security group of its servers. It may be one of C(security_groups).
      returned: always
      type: str
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
tree:
  description:
    - The data center with all that is in it, after the task; in check mode as it would be. V(null) where the task
      describes no contents.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the data center.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the data center.
      returned: always
      type: str
      sample: shop
    description:
      description:
        - Description of the data center.
      returned: always
      type: str
      sample: Web shop, production
    location:
      description:
        - Where the data center is, such as V(de/fra) or V(us/las).
      returned: always
      type: str
      sample: de/fra
    sec_auth_protection:
      description:
        - Whether only users with two-factor authentication may work on it.
      returned: always
      type: bool
      sample: false
    version:
      description:
        - Increases with each change to its contents.
      returned: always
      type: int
      sample: 3
    features:
      description:
        - Features of the location.
      returned: always
      type: list
      elements: str
      sample:
        - SSD
        - MULTIPLE_CPU
    cpu_architecture:
      description:
        - CPU families of the location, and the maximum size of a server with each.
      returned: always
      type: list
      elements: dict
      contains:
        cpu_family:
          description:
            - Name of the CPU family.
          returned: always
          type: str
          sample: INTEL_SKYLAKE
        max_cores:
          description:
            - Maximum number of cores of one server.
          returned: always
          type: int
          sample: 51
        max_ram:
          description:
            - Maximum memory of one server, in MB.
          returned: always
          type: int
          sample: 237568
        vendor:
          description:
            - Vendor of the CPUs.
          returned: always
          type: str
          sample: GenuineIntel
        enabled_features:
          description:
            - Features of the CPUs; with V(SEV-SNP), confidential servers are possible.
          returned: always
          type: list
          elements: str
          sample: []
    gpu_architecture:
      description:
        - Graphics cards that servers of type C(GPU) can have in the location.
      returned: always
      type: list
      elements: dict
      contains:
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
    ipv6_cidr_block:
      description:
        - Block of IPv6 addresses of the data center.
      returned: always
      type: str
      sample: 2001:db8:1200::/56
    default_security_group:
      description:
        - UUID of the default security group of its servers. It may be one of C(security_groups).
      returned: always
      type: str
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
    lans:
      description:
        - Its LANs.
        - Each has the keys of RV(profitbricks.cloud.profitbricks_lan#module:lan) of M(profitbricks.cloud.profitbricks_lan).
      returned: always
      type: list
      elements: dict
    volumes:
      description:
        - Its volumes.
        - Each has the keys of RV(profitbricks.cloud.profitbricks_volume#module:volume) of M(profitbricks.cloud.profitbricks_volume).
      returned: always
      type: list
      elements: dict
    security_groups:
      description:
        - Its security groups.
        - Each has the keys of RV(profitbricks.cloud.profitbricks_security_group#module:security_group) of M(profitbricks.cloud.profitbricks_security_group).
      returned: always
      type: list
      elements: dict
    servers:
      description:
        - Its servers.
        - Each has the keys of RV(profitbricks.cloud.profitbricks_server#module:server) of M(profitbricks.cloud.profitbricks_server).
      returned: always
      type: list
      elements: dict
    loadbalancers:
      description:
        - Its load balancers.
        - Each has the keys of RV(profitbricks.cloud.profitbricks_loadbalancer#module:loadbalancer) of M(profitbricks.cloud.profitbricks_loadbalancer).
      returned: always
      type: list
      elements: dict
    nat_gateways:
      description:
        - Its NAT gateways.
        - Each has the keys of RV(profitbricks.cloud.profitbricks_nat_gateway#module:nat_gateway) of M(profitbricks.cloud.profitbricks_nat_gateway).
      returned: always
      type: list
      elements: dict
    network_load_balancers:
      description:
        - Its network load balancers.
        - Each has the keys of RV(profitbricks.cloud.profitbricks_network_load_balancer#module:network_load_balancer)
          of M(profitbricks.cloud.profitbricks_network_load_balancer).
      returned: always
      type: list
      elements: dict
    application_load_balancers:
      description:
        - Its application load balancers.
        - Each has the keys of RV(profitbricks.cloud.profitbricks_application_load_balancer#module:application_load_balancer)
          of M(profitbricks.cloud.profitbricks_application_load_balancer).
      returned: always
      type: list
      elements: dict
    k8s_nodepools:
      description:
        - Its node pools.
        - Each has the keys of RV(profitbricks.cloud.profitbricks_k8s_nodepool#module:k8s_nodepool) of M(profitbricks.cloud.profitbricks_k8s_nodepool).
      returned: always
      type: list
      elements: dict
plan:
  description:
    - What was done, or would be done in check mode, to match the described contents.
  returned: success
  type: list
  elements: dict
  contains:
    verb:
      description:
        - One of V(create), V(update), V(start), V(stop), V(resume), V(suspend), V(assign), V(attach), V(detach),
          V(delete).
      returned: always
      type: str
      sample: update
    path:
      description:
        - Its path in the data center.
      returned: always
      type: str
      sample: servers/web-01/nics/public
    name:
      description:
        - The last part of the path.
      returned: always
      type: str
      sample: public
    fields:
      description:
        - The fields that an update changes.
      returned: always
      type: list
      elements: str
      sample:
        - name
    brings:
      description:
        - The paths of what a creation brings along in the same request.
      returned: always
      type: list
      elements: str
      sample: []
    restart:
      description:
        - Whether the step restarts a running server, according to the hot plug flags of its boot volume. Steps
          for which this is not known do not have it.
      returned: always
      type: bool
      sample: false
unmanaged:
  description:
    - Paths of what exists but is not described, if the task describes contents.
  returned: success
  type: list
  elements: str
  sample:
    - servers/old-01
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._profitbricks.behaviour.datacenters import (
    DATACENTERS,
)


def main() -> None:
    run(DATACENTERS)


if __name__ == "__main__":
    main()

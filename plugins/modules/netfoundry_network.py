#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_network
short_description: Create, change and delete networks of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings a network into the state that the options describe, and does nothing if it is already in that state.
  - Options that are left out are neither sent nor compared.
  - Creating a network takes several minutes. The vendor's own client waits for up to 20, which is C(wait_timeout=1200).
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the network exists and is as the options describe. Options that are left out are not changed.'
      - 'V(absent): the network does not exist. Nothing happens if it, or the object it belongs to, is already gone.'
      - 'V(suspended): like V(present), and the network is suspended.'
      - 'V(active): like V(present), and the network is resumed if it is suspended.'
    type: str
    choices:
      - present
      - absent
      - suspended
      - active
    default: present
  id:
    description:
      - The UUID of the network. Only needed to change its O(name).
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
  name:
    description:
      - Name of the network; case does not matter. To change it, give O(id) as well.
    type: str
  size:
    description:
      - Size of the network's controller. A new network gets V(medium) by default. It cannot be changed later.
    type: str
    choices:
      - small
      - medium
      - large
  provider:
    description:
      - Cloud provider of the controller, together with O(region). A new network gets V(OCI) and V(eu-amsterdam-1)
        by default. It cannot be changed later.
    type: str
    choices:
      - AWS
      - AZURE
      - GCP
      - OCI
  region:
    description:
      - Code of the controller's region; M(profitbricks.cloud.netfoundry_region_info) lists them. It cannot be changed
        later.
    type: str
  product_version:
    description:
      - Version of the network's software. V(latest) is the newest active one, and only considered for a new network.
        By default the service chooses one. It cannot be changed later.
    type: str
  edge_routers:
    description:
      - Edge routers of the network. Missing ones are created, differing ones changed, others left alone unless
        O(purge) names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the edge router; case does not matter. To change it, give O(edge_routers[].id) as well.
        type: str
      attributes:
        description:
          - Role attributes, as a set, by which policies select it; each begins with C(#). An empty list removes
            all of them.
        type: list
        elements: str
      provider:
        description:
          - Cloud in which NetFoundry hosts the router, together with O(edge_routers[].region). Without both, you
            host the router yourself. It cannot be changed later.
        type: str
        choices:
          - AWS
          - AZURE
          - GCP
          - OCI
      region:
        description:
          - Code of the region in which NetFoundry hosts the router; M(profitbricks.cloud.netfoundry_region_info)
            lists them. It cannot be changed later.
        type: str
      link_listener:
        description:
          - Whether other routers may connect to it. By default, they may connect to new routers that NetFoundry
            hosts, but not to others.
        type: bool
      tunneler_enabled:
        description:
          - Whether it can reach and host services itself. The service defaults to V(false).
        type: bool
      no_traversal:
        description:
          - Whether to keep transit traffic away from it. The service defaults to V(false).
        type: bool
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
      id:
        description:
          - The UUID of an edge router that already exists. Only needed to rename it.
        type: str
  endpoints:
    description:
      - Endpoints of the network. Missing ones are created, differing ones changed, others left alone unless O(purge)
        names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the endpoint; case does not matter. To change it, give O(endpoints[].id) as well.
        type: str
      attributes:
        description:
          - Role attributes, as a set, by which policies select it; each begins with C(#). An empty list removes
            all of them.
        type: list
        elements: str
      session_identity:
        description:
          - UUID of an identity that must be logged in to the console while the endpoint is in use.
          - V(null) or an empty string clears it.
        type: str
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
      id:
        description:
          - The UUID of an endpoint that already exists. Only needed to rename it.
        type: str
  posture_checks:
    description:
      - Posture checks of the network. Missing ones are created, differing ones changed, others left alone unless
        O(purge) names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the posture check; case does not matter. To change it, give O(posture_checks[].id) as well.
        type: str
      attributes:
        description:
          - Role attributes, as a set, by which policies select it; each begins with C(#). An empty list removes
            all of them.
        type: list
        elements: str
      type:
        description:
          - Type of the check. It cannot be changed later.
          - Needed to create one.
        type: str
        choices:
          - OS
          - MAC
          - DOMAIN
          - PROCESS
          - PROCESS_MULTI
          - MFA
      operating_systems:
        description:
          - 'With O(posture_checks[].type=OS): the operating systems that pass.'
        type: list
        elements: dict
        suboptions:
          type:
            description:
              - Operating system.
            type: str
            required: true
            choices:
              - Windows
              - WindowsServer
              - macOS
              - iOS
              - Android
              - Linux
          versions:
            description:
              - Versions that pass, by default all.
            type: list
            elements: str
      mac_addresses:
        description:
          - 'With O(posture_checks[].type=MAC): the addresses that pass, as a set.'
        type: list
        elements: str
      domains:
        description:
          - 'With O(posture_checks[].type=DOMAIN): names of the Active Directory domains that pass, as a set.'
        type: list
        elements: str
      process:
        description:
          - 'With O(posture_checks[].type=PROCESS): the program that must be running.'
        type: dict
        suboptions:
          os_type:
            description:
              - Operating system.
            type: str
            required: true
            choices:
              - Windows
              - WindowsServer
              - macOS
              - iOS
              - Android
              - Linux
          path:
            description:
              - Path of the program.
            type: str
            required: true
          hashes:
            description:
              - SHA-256 hashes that it may have.
            type: list
            elements: str
          signer_fingerprint:
            description:
              - Fingerprint of its signer.
            type: str
      processes:
        description:
          - 'With O(posture_checks[].type=PROCESS_MULTI): the programs of which any or all must be running, depending
            on O(posture_checks[].semantic).'
        type: list
        elements: dict
        suboptions:
          os_type:
            description:
              - Operating system.
            type: str
            required: true
            choices:
              - Windows
              - WindowsServer
              - macOS
              - iOS
              - Android
              - Linux
          path:
            description:
              - Path of the program.
            type: str
            required: true
          hashes:
            description:
              - SHA-256 hashes that it may have.
            type: list
            elements: str
          signer_fingerprints:
            description:
              - Fingerprints that its signer may have.
            type: list
            elements: str
      semantic:
        description:
          - Whether to select objects with any of the attributes, or only those with all of them. The service defaults
            to V(AnyOf).
        type: str
        choices:
          - AnyOf
          - AllOf
      timeout_seconds:
        description:
          - 'With O(posture_checks[].type=MFA): for how many seconds a second factor is valid; V(-1) means forever.'
        type: int
      prompt_on_wake:
        description:
          - 'With O(posture_checks[].type=MFA): whether it is required again after the device wakes up.'
        type: bool
      prompt_on_unlock:
        description:
          - 'With O(posture_checks[].type=MFA): whether it is required again after the device is unlocked.'
        type: bool
      ignore_legacy_endpoints:
        description:
          - 'With O(posture_checks[].type=MFA): whether to accept endpoints whose software does not support a second
            factor.'
        type: bool
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
      id:
        description:
          - The UUID of a posture check that already exists. Only needed to rename it.
        type: str
  certificate_authorities:
    description:
      - Certificate authorities of the network. Missing ones are created, differing ones changed, others left alone
        unless O(purge) names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the certificate authority; case does not matter. To change it, give O(certificate_authorities[].id)
            as well.
        type: str
      cert_pem:
        description:
          - Certificate of the authority in PEM format. It cannot be changed later.
          - Needed to create one.
        type: str
      auto_ca_enrollment_enabled:
        description:
          - Whether endpoints enroll with a certificate alone, without having been created first. This or O(certificate_authorities[].ott_ca_enrollment_enabled)
            must be true.
        type: bool
      ott_ca_enrollment_enabled:
        description:
          - Whether endpoints that were created first enroll with a token and a certificate.
        type: bool
      auth_enabled:
        description:
          - Whether its certificates can be used to connect.
        type: bool
      endpoint_attributes:
        description:
          - Role attributes, as a set, of the endpoints that enroll with a certificate.
        type: list
        elements: str
      identity_name_format:
        description:
          - Names of the endpoints that enroll with a certificate, with the variables C([caName]), C([caId]), C([commonName]),
            C([requestedName]) and C([identityId]). The service defaults to V([caName]-[commonName]).
        type: str
      append:
        description:
          - Role attributes and names to add to the existing ones. Other entries are kept.
        type: dict
        suboptions:
          endpoint_attributes:
            description:
              - Entries of C(endpoint_attributes).
            type: list
            elements: str
      remove:
        description:
          - Role attributes and names to remove from the existing ones. Other entries are kept.
        type: dict
        suboptions:
          endpoint_attributes:
            description:
              - Entries of C(endpoint_attributes).
            type: list
            elements: str
      verification_certificate:
        description:
          - A certificate in PEM format that the authority has signed, with the authority's C(verification_token)
            as its common name. It verifies the authority; nothing happens if it is already verified.
        type: str
      id:
        description:
          - The UUID of a certificate authority that already exists. Only needed to rename it.
        type: str
  edge_router_policies:
    description:
      - Edge router policies of the network. Missing ones are created, differing ones changed, others left alone
        unless O(purge) names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the policy; case does not matter. To change it, give O(edge_router_policies[].id) as well.
        type: str
      endpoint_attributes:
        description:
          - Endpoints, as a set of role attributes such as V(#all) and of names such as V(@laptop). Objects that
            are named must exist; a name without the C(@) and a UUID work as well.
        type: list
        elements: str
      edge_router_attributes:
        description:
          - Edge routers that the endpoints may use, as a set of role attributes such as V(#all) and of names such
            as V(@laptop). Objects that are named must exist; a name without the C(@) and a UUID work as well.
        type: list
        elements: str
      semantic:
        description:
          - Whether to select objects with any of the attributes, or only those with all of them. The service defaults
            to V(AnyOf).
        type: str
        choices:
          - AnyOf
          - AllOf
      append:
        description:
          - Role attributes and names to add to the existing ones. Other entries are kept.
        type: dict
        suboptions:
          endpoint_attributes:
            description:
              - Entries of C(endpoint_attributes).
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
          endpoint_attributes:
            description:
              - Entries of C(endpoint_attributes).
            type: list
            elements: str
          edge_router_attributes:
            description:
              - Entries of C(edge_router_attributes).
            type: list
            elements: str
      id:
        description:
          - The UUID of an edge router policy that already exists. Only needed to rename it.
        type: str
  services:
    description:
      - Services of the network. Missing ones are created, differing ones changed, others left alone unless O(purge)
        names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the service; case does not matter. To change it, give O(services[].id) as well.
        type: str
      attributes:
        description:
          - Role attributes, as a set, by which policies select it; each begins with C(#). An empty list removes
            all of them.
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
          - 'What clients connect to: one O(services[].client_ingress.host) and O(services[].client_ingress.port),
            or lists of each in an advanced service.'
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
          - In an advanced service each of the three is either fixed, or taken from the client if it is allowed.
            By default everything in O(services[].client_ingress) is forwarded.
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
            and of names such as V(@laptop). Objects that are named must exist; a name without the C(@) and a UUID
            work as well.
        type: list
        elements: str
      configs:
        description:
          - Configurations instead of a model, at most one of each type, such as V(intercept.v1) and V(host.v1).
            Their names and contents can be changed later, but not their types. Such a service is only carried by
            the routers that a M(profitbricks.cloud.netfoundry_service_edge_router_policy) allows it.
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
      id:
        description:
          - The UUID of a service that already exists. Only needed to rename it.
        type: str
  service_policies:
    description:
      - Service policies of the network. Missing ones are created, differing ones changed, others left alone unless
        O(purge) names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the policy; case does not matter. To change it, give O(service_policies[].id) as well.
        type: str
      type:
        description:
          - Whether the endpoints may host (V(Bind)) or reach (V(Dial)) the services. It cannot be changed later.
          - Needed to create one.
        type: str
        choices:
          - Bind
          - Dial
      semantic:
        description:
          - Whether to select objects with any of the attributes, or only those with all of them. A new policy gets
            V(AnyOf) by default.
        type: str
        choices:
          - AnyOf
          - AllOf
      service_attributes:
        description:
          - Services, as a set of role attributes such as V(#all) and of names such as V(@laptop). Objects that
            are named must exist; a name without the C(@) and a UUID work as well.
        type: list
        elements: str
      endpoint_attributes:
        description:
          - Endpoints, as a set of role attributes such as V(#all) and of names such as V(@laptop). Objects that
            are named must exist; a name without the C(@) and a UUID work as well.
        type: list
        elements: str
      posture_check_attributes:
        description:
          - Posture checks, all of which an endpoint must pass, as a set of role attributes such as V(#all) and
            of names such as V(@laptop). Objects that are named must exist; a name without the C(@) and a UUID work
            as well.
        type: list
        elements: str
      append:
        description:
          - Role attributes and names to add to the existing ones. Other entries are kept.
        type: dict
        suboptions:
          service_attributes:
            description:
              - Entries of C(service_attributes).
            type: list
            elements: str
          endpoint_attributes:
            description:
              - Entries of C(endpoint_attributes).
            type: list
            elements: str
          posture_check_attributes:
            description:
              - Entries of C(posture_check_attributes).
            type: list
            elements: str
      remove:
        description:
          - Role attributes and names to remove from the existing ones. Other entries are kept.
        type: dict
        suboptions:
          service_attributes:
            description:
              - Entries of C(service_attributes).
            type: list
            elements: str
          endpoint_attributes:
            description:
              - Entries of C(endpoint_attributes).
            type: list
            elements: str
          posture_check_attributes:
            description:
              - Entries of C(posture_check_attributes).
            type: list
            elements: str
      id:
        description:
          - The UUID of a service policy that already exists. Only needed to rename it.
        type: str
  service_edge_router_policies:
    description:
      - Service edge router policies of the network. Missing ones are created, differing ones changed, others left
        alone unless O(purge) names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the policy; case does not matter. To change it, give O(service_edge_router_policies[].id) as
            well.
        type: str
      semantic:
        description:
          - Whether to select objects with any of the attributes, or only those with all of them. A new policy gets
            V(AnyOf) by default.
        type: str
        choices:
          - AnyOf
          - AllOf
      service_attributes:
        description:
          - Services, as a set of role attributes such as V(#all) and of names such as V(@laptop). Objects that
            are named must exist; a name without the C(@) and a UUID work as well.
        type: list
        elements: str
      edge_router_attributes:
        description:
          - Edge routers that may carry the services, as a set of role attributes such as V(#all) and of names such
            as V(@laptop). Objects that are named must exist; a name without the C(@) and a UUID work as well.
        type: list
        elements: str
      append:
        description:
          - Role attributes and names to add to the existing ones. Other entries are kept.
        type: dict
        suboptions:
          service_attributes:
            description:
              - Entries of C(service_attributes).
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
          service_attributes:
            description:
              - Entries of C(service_attributes).
            type: list
            elements: str
          edge_router_attributes:
            description:
              - Entries of C(edge_router_attributes).
            type: list
            elements: str
      id:
        description:
          - The UUID of a service edge router policy that already exists. Only needed to rename it.
        type: str
  app_wans:
    description:
      - AppWANs of the network. Missing ones are created, differing ones changed, others left alone unless O(purge)
        names them.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the AppWAN; case does not matter. To change it, give O(app_wans[].id) as well.
        type: str
      endpoint_attributes:
        description:
          - Endpoints, as a set of role attributes such as V(#all) and of names such as V(@laptop). Objects that
            are named must exist; a name without the C(@) and a UUID work as well.
        type: list
        elements: str
      service_attributes:
        description:
          - Services, as a set of role attributes such as V(#all) and of names such as V(@laptop). Objects that
            are named must exist; a name without the C(@) and a UUID work as well.
        type: list
        elements: str
      posture_check_attributes:
        description:
          - Posture checks, all of which an endpoint must pass, as a set of role attributes such as V(#all) and
            of names such as V(@laptop). Objects that are named must exist; a name without the C(@) and a UUID work
            as well.
        type: list
        elements: str
      append:
        description:
          - Role attributes and names to add to the existing ones. Other entries are kept.
        type: dict
        suboptions:
          endpoint_attributes:
            description:
              - Entries of C(endpoint_attributes).
            type: list
            elements: str
          service_attributes:
            description:
              - Entries of C(service_attributes).
            type: list
            elements: str
          posture_check_attributes:
            description:
              - Entries of C(posture_check_attributes).
            type: list
            elements: str
      remove:
        description:
          - Role attributes and names to remove from the existing ones. Other entries are kept.
        type: dict
        suboptions:
          endpoint_attributes:
            description:
              - Entries of C(endpoint_attributes).
            type: list
            elements: str
          service_attributes:
            description:
              - Entries of C(service_attributes).
            type: list
            elements: str
          posture_check_attributes:
            description:
              - Entries of C(posture_check_attributes).
            type: list
            elements: str
      id:
        description:
          - The UUID of an AppWAN that already exists. Only needed to rename it.
        type: str
  description:
    description:
      - A network with all its contents, in the camelCase format of the console's download and of the vendor's command
        line client, such as C({{ lookup('file', 'network.yml') | from_yaml }}). It is used instead of the other
        options. Any of these that are set as well take precedence, so another O(name) makes a copy.
      - 'Whatever belongs only to the original is ignored: ids, the endpoints and policies that come with edge routers,
        and enrollment tokens. A warning names anything else that has no matching option.'
    type: dict
  purge:
    description:
      - Kinds of objects to delete if they exist but are not listed; V(all) stands for all of them. It only applies
        to lists that are given, even empty ones. What the service creates itself, such as the endpoints of edge
        routers, is never deleted.
    type: list
    elements: str
    choices:
      - edge_routers
      - endpoints
      - posture_checks
      - certificate_authorities
      - edge_router_policies
      - services
      - service_policies
      - service_edge_router_policies
      - app_wans
      - all
  protect:
    description:
      - 'What must not be deleted or replaced: names, UUIDs, paths such as V(services/portal), and kinds such as
        V(endpoints). A plan that would do so, or that would delete an object that contains any of them, fails before
        anything is changed, regardless of C(purge), C(replace) and C(force).'
      - An entry that matches nothing causes a warning.
    type: list
    elements: str
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
      - How many requests to send at the same time, if contents are described.
    type: int
    default: 8
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
seealso:
  - module: profitbricks.cloud.netfoundry_network_info
  - module: profitbricks.cloud.netfoundry_network_group
  - module: profitbricks.cloud.netfoundry_app_wan
  - module: profitbricks.cloud.netfoundry_certificate_authority
  - module: profitbricks.cloud.netfoundry_edge_router
  - module: profitbricks.cloud.netfoundry_edge_router_policy
  - module: profitbricks.cloud.netfoundry_endpoint
  - module: profitbricks.cloud.netfoundry_posture_check
  - module: profitbricks.cloud.netfoundry_service
  - module: profitbricks.cloud.netfoundry_service_edge_router_policy
  - module: profitbricks.cloud.netfoundry_service_policy
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Create a network in the only network group
  profitbricks.cloud.netfoundry_network:
    name: ACME Net
    size: medium
    provider: AWS
    region: us-west-2
  register: made

- name: Create a network of the newest version in a group
  profitbricks.cloud.netfoundry_network:
    network_group: ACMEGROUP
    name: ACME Lab
    product_version: latest
    wait_timeout: 1200

- name: Rename it
  profitbricks.cloud.netfoundry_network:
    id: "{{ made.network.id }}"
    name: ACME Production

- name: Describe a network with everything in it in one task
  profitbricks.cloud.netfoundry_network:
    network_group: ACMEGROUP
    name: ACME Site
    edge_routers:
      - name: oregon
        provider: AWS
        region: us-west-2
        attributes:
          - "#hosted_routers"
    edge_router_policies:
      - name: default routers
        endpoint_attributes:
          - "#all"
        edge_router_attributes:
          - "#hosted_routers"
    endpoints:
      - name: laptop
        attributes:
          - "#work_from_anywhere"
    services:
      - name: echo
        attributes:
          - "#welcome_wagon"
        client_ingress:
          host: echo.netfoundry
          port: 80
        edge_router_hosts:
          - edge_router: oregon
            protocol: tcp
            host: eth0.me
            port: 80
    app_wans:
      - name: welcome
        endpoint_attributes:
          - "#work_from_anywhere"
        service_attributes:
          - "#welcome_wagon"

- name: Delete all endpoints that are not listed
  profitbricks.cloud.netfoundry_network:
    network_group: ACMEGROUP
    name: ACME Site
    endpoints: []
    purge:
      - endpoints

- name: Suspend the lab
  profitbricks.cloud.netfoundry_network:
    name: ACME Lab
    state: suspended

- name: Delete the lab with everything in it
  profitbricks.cloud.netfoundry_network:
    name: ACME Lab
    state: absent
"""

RETURN = r"""
---
network:
  description:
    - The network after the task, or in check mode as it would be, with V(null) for what only the service knows.
      V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the network.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the network; case does not matter.
      returned: always
      type: str
      sample: ACME Net
    size:
      description:
        - Size of the network's controller.
      returned: always
      type: str
      sample: medium
    provider:
      description:
        - Cloud provider of the controller, together with C(region).
      returned: always
      type: str
      sample: OCI
    region:
      description:
        - Code of the controller's region.
      returned: always
      type: str
      sample: eu-amsterdam-1
    product_version:
      description:
        - Version of the network's software.
      returned: always
      type: str
      sample: 7.3.43
    status:
      description:
        - State of the network, such as V(PROVISIONED), V(PROVISIONING) or V(SUSPENDED).
      returned: always
      type: str
      sample: PROVISIONED
    controller_domain:
      description:
        - Domain name of its controller.
      returned: always
      type: str
      sample: controller.example.com
    o365_breakout_category:
      description:
        - Category of Office 365 traffic that leaves the network directly.
      returned: always
      type: str
      sample: NONE
    owner_identity_id:
      description:
        - UUID of the identity that owns it.
      returned: always
      type: str
      sample: d0d0d0d0-0000-4000-8000-00000000000a
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
    network_group_id:
      description:
        - The UUID of the network group.
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
tree:
  description:
    - The network with all that is in it, after the task; in check mode as it would be. V(null) where the task describes
      no contents.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the network.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the network; case does not matter.
      returned: always
      type: str
      sample: ACME Net
    size:
      description:
        - Size of the network's controller.
      returned: always
      type: str
      sample: medium
    provider:
      description:
        - Cloud provider of the controller, together with C(region).
      returned: always
      type: str
      sample: OCI
    region:
      description:
        - Code of the controller's region.
      returned: always
      type: str
      sample: eu-amsterdam-1
    product_version:
      description:
        - Version of the network's software.
      returned: always
      type: str
      sample: 7.3.43
    status:
      description:
        - State of the network, such as V(PROVISIONED), V(PROVISIONING) or V(SUSPENDED).
      returned: always
      type: str
      sample: PROVISIONED
    controller_domain:
      description:
        - Domain name of its controller.
      returned: always
      type: str
      sample: controller.example.com
    o365_breakout_category:
      description:
        - Category of Office 365 traffic that leaves the network directly.
      returned: always
      type: str
      sample: NONE
    owner_identity_id:
      description:
        - UUID of the identity that owns it.
      returned: always
      type: str
      sample: d0d0d0d0-0000-4000-8000-00000000000a
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
    edge_routers:
      description:
        - Its edge routers.
        - Each has the keys of RV(profitbricks.cloud.netfoundry_edge_router#module:edge_router) of M(profitbricks.cloud.netfoundry_edge_router).
      returned: always
      type: list
      elements: dict
    endpoints:
      description:
        - Its endpoints.
        - Each has the keys of RV(profitbricks.cloud.netfoundry_endpoint#module:endpoint) of M(profitbricks.cloud.netfoundry_endpoint).
      returned: always
      type: list
      elements: dict
    posture_checks:
      description:
        - Its posture checks.
        - Each has the keys of RV(profitbricks.cloud.netfoundry_posture_check#module:posture_check) of M(profitbricks.cloud.netfoundry_posture_check).
      returned: always
      type: list
      elements: dict
    certificate_authorities:
      description:
        - Its certificate authorities.
        - Each has the keys of RV(profitbricks.cloud.netfoundry_certificate_authority#module:certificate_authority)
          of M(profitbricks.cloud.netfoundry_certificate_authority).
      returned: always
      type: list
      elements: dict
    edge_router_policies:
      description:
        - Its edge router policies.
        - Each has the keys of RV(profitbricks.cloud.netfoundry_edge_router_policy#module:edge_router_policy) of
          M(profitbricks.cloud.netfoundry_edge_router_policy).
      returned: always
      type: list
      elements: dict
    services:
      description:
        - Its services.
        - Each has the keys of RV(profitbricks.cloud.netfoundry_service#module:service) of M(profitbricks.cloud.netfoundry_service).
      returned: always
      type: list
      elements: dict
    service_policies:
      description:
        - Its service policies.
        - Each has the keys of RV(profitbricks.cloud.netfoundry_service_policy#module:service_policy) of M(profitbricks.cloud.netfoundry_service_policy).
      returned: always
      type: list
      elements: dict
    service_edge_router_policies:
      description:
        - Its service edge router policies.
        - Each has the keys of RV(profitbricks.cloud.netfoundry_service_edge_router_policy#module:service_edge_router_policy)
          of M(profitbricks.cloud.netfoundry_service_edge_router_policy).
      returned: always
      type: list
      elements: dict
    app_wans:
      description:
        - Its AppWANs.
        - Each has the keys of RV(profitbricks.cloud.netfoundry_app_wan#module:app_wan) of M(profitbricks.cloud.netfoundry_app_wan).
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
        - One of V(create), V(update), V(delete).
      returned: always
      type: str
      sample: update
    path:
      description:
        - Its path in the network.
      returned: always
      type: str
      sample: services/portal
    name:
      description:
        - The last part of the path.
      returned: always
      type: str
      sample: portal
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
unmanaged:
  description:
    - Paths of what exists but is not described, if the task describes contents.
  returned: success
  type: list
  elements: str
  sample:
    - endpoints/old laptop
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.networks import (
    NETWORKS,
)


def main() -> None:
    run(NETWORKS)


if __name__ == "__main__":
    main()

#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_certificate_authority
short_description: Create, change and delete certificate authorities of the NetFoundry platform
version_added: 1.0.0
description:
  - Brings a certificate authority into the state that the options describe, and does nothing if it is already in
    that state.
  - Options that are left out are neither sent nor compared.
author:
  - profitbricks.cloud contributors (@profitbricks)
extends_documentation_fragment:
  - profitbricks.cloud.netfoundry
  - profitbricks.cloud.netfoundry.managing
options:
  state:
    description:
      - 'V(present): the certificate authority exists and is as the options describe. Options that are left out
        are not changed.'
      - 'V(absent): the certificate authority does not exist. Nothing happens if it, or the object it belongs to,
        is already gone.'
    type: str
    choices:
      - present
      - absent
    default: present
  id:
    description:
      - The UUID of the certificate authority. Only needed to change its O(name).
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
      - Name or UUID of the network of the certificate authority. It must exist.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK) is used.
    type: str
    required: true
  name:
    description:
      - Name of the certificate authority; case does not matter. To change it, give O(id) as well.
    type: str
  cert_pem:
    description:
      - Certificate of the authority in PEM format. It cannot be changed later.
      - Needed to create one.
    type: str
  auto_ca_enrollment_enabled:
    description:
      - Whether endpoints enroll with a certificate alone, without having been created first. This or O(ott_ca_enrollment_enabled)
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
      - A certificate in PEM format that the authority has signed, with the authority's C(verification_token) as
        its common name. It verifies the authority; nothing happens if it is already verified.
    type: str
  return_jwt:
    description:
      - Whether to return the network's token, which endpoints need to enroll with a certificate, as RV(jwt).
    type: bool
    default: false
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
  - module: profitbricks.cloud.netfoundry_certificate_authority_info
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Create a certificate authority whose certificates enroll endpoints
  profitbricks.cloud.netfoundry_certificate_authority:
    network: ACME Net
    name: ACME CA
    cert_pem: "{{ lookup('ansible.builtin.file', 'ca.pem') }}"
    auto_ca_enrollment_enabled: true
    auth_enabled: true
    endpoint_attributes:
      - "#by_certificate"
  register: authority

- name: Show the common name that the verification certificate must have
  ansible.builtin.debug:
    msg: "{{ authority.certificate_authority.verification_token }}"

- name: Verify it with such a certificate
  profitbricks.cloud.netfoundry_certificate_authority:
    network: ACME Net
    name: ACME CA
    verification_certificate: "{{ lookup('ansible.builtin.file', 'verification.pem') }}"

- name: Delete the certificate authority
  profitbricks.cloud.netfoundry_certificate_authority:
    network: ACME Net
    name: ACME CA
    state: absent
"""

RETURN = r"""
---
certificate_authority:
  description:
    - The certificate authority after the task, or in check mode as it would be, with V(null) for what only the
      service knows. V(null) if there is none.
  returned: success
  type: dict
  contains:
    id:
      description:
        - The UUID of the certificate authority.
      returned: always
      type: str
      sample: 15f67991-0f51-4efc-a8ad-ef1fb31a480c
    name:
      description:
        - Name of the certificate authority; case does not matter.
      returned: always
      type: str
      sample: ACME CA
    cert_pem:
      description:
        - Certificate of the authority in PEM format.
      returned: always
      type: str
      sample: '-----BEGIN CERTIFICATE-----

        ...

        -----END CERTIFICATE-----

        '
    auto_ca_enrollment_enabled:
      description:
        - Whether endpoints enroll with a certificate alone, without having been created first.
      returned: always
      type: bool
      sample: true
    ott_ca_enrollment_enabled:
      description:
        - Whether endpoints that were created first enroll with a token and a certificate.
      returned: always
      type: bool
      sample: false
    auth_enabled:
      description:
        - Whether its certificates can be used to connect.
      returned: always
      type: bool
      sample: true
    endpoint_attributes:
      description:
        - Role attributes, as a set, of the endpoints that enroll with a certificate.
      returned: always
      type: list
      elements: str
      sample:
        - '#by_certificate'
    identity_name_format:
      description:
        - Names of the endpoints that enroll with a certificate, with the variables C([caName]), C([caId]), C([commonName]),
          C([requestedName]) and C([identityId]).
      returned: always
      type: str
      sample: '[caName]-[commonName]'
    verification_token:
      description:
        - The common name that C(verification_certificate) must have.
      returned: always
      type: str
      sample: 3RreW5SmNT
    verified:
      description:
        - Whether it is verified. Endpoints can only enroll if it is.
      returned: always
      type: bool
      sample: false
    fingerprint:
      description:
        - Fingerprint of the certificate.
      returned: always
      type: str
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
jwt:
  description:
    - The network's token, with C(return_jwt=true); V(null) otherwise.
  returned: success
  type: str
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._manage import run
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.security import (
    CERTIFICATE_AUTHORITIES,
)


def main() -> None:
    run(CERTIFICATE_AUTHORITIES)


if __name__ == "__main__":
    main()

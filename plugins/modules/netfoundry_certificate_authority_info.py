#!/usr/bin/python
# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: netfoundry_certificate_authority_info
short_description: Read certificate authorities of the NetFoundry platform
version_added: 1.0.0
description:
  - Returns the certificate authorities that match the options, or all of them without such options. If there is
    none, the list is empty.
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
      - Name or UUID of the network of the certificate authority. It must exist.
      - If not set, the environment variable E(NETFOUNDRY_NETWORK) is used.
    type: str
    required: true
  id:
    description:
      - Only the certificate authority with this UUID.
    type: str
  name:
    description:
      - Only the certificate authority with this name.
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
  - module: profitbricks.cloud.netfoundry_certificate_authority
  - module: profitbricks.cloud.netfoundry_network
  - ref: ansible_collections.profitbricks.cloud.docsite.guide_overlay
    description: An overlay network, step by step.
"""

EXAMPLES = r"""
---
- name: Read all certificate authorities of a network
  profitbricks.cloud.netfoundry_certificate_authority_info:
    network: ACME Net
"""

RETURN = r"""
---
certificate_authorities:
  description:
    - The certificate authorities that were found.
  returned: success
  type: list
  elements: dict
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
"""

from ansible_collections.profitbricks.cloud.plugins.module_utils._info import run_info
from ansible_collections.profitbricks.cloud.plugins.module_utils._netfoundry.behaviour.security import (
    CERTIFICATE_AUTHORITIES,
)


def main() -> None:
    run_info(CERTIFICATE_AUTHORITIES)


if __name__ == "__main__":
    main()

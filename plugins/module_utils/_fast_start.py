# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Works around Python's import from archives, which unpacks and compiles each file of a module twice: half of its start.

Such an import asks for the file's name first, which compiles the file, and then compiles it again to run it. Where that
is not so, or is done otherwise, this changes nothing. Nor is garbage looked for while a module loads, which makes none;
`_module.run_edge` turns that on again.

Only in a process that runs a module out of its archive, never in Ansible's own.
"""

from __future__ import annotations

import functools
import gc
import sys
import zipimport

if isinstance(sys.modules[__name__].__loader__, zipimport.zipimporter):
    gc.disable()
    if compiler := getattr(zipimport, "_get_module_code", None):
        setattr(zipimport, "_get_module_code", functools.lru_cache(maxsize=4)(compiler))  # noqa: B010

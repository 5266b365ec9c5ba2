# Copyright (c) 2026, profitbricks.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Half the start of a module: Python compiles each file of a module's archive twice, here only once.

An import from an archive asks for the file's name first, which compiles the file, and then compiles it again to run
it. Where that is not so, or is done otherwise, this changes nothing.

Nor is garbage looked for while a module loads, which makes none; `module.run` turns that on again.
"""

from __future__ import annotations

import functools
import gc
import sys
import zipimport

if compiler := getattr(zipimport, "_compile_source", None):
    setattr(zipimport, "_compile_source", functools.lru_cache(maxsize=4)(compiler))  # noqa: B010

# In a module's own process, not in Ansible's.
if isinstance(sys.modules[__name__].__loader__, zipimport.zipimporter):
    gc.disable()

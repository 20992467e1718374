# SPDX-License-Identifier: MPL-2.0
"""Everything put together: settings, addresses, the command line, the embedded database."""

# SPDX-License-Identifier: MPL-2.0
"""Questions about samples and cases."""

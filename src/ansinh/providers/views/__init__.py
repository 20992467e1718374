# SPDX-License-Identifier: MPL-2.0
"""The pages of providers, selections and contracts."""

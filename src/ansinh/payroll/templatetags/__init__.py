# SPDX-License-Identifier: MPL-2.0
"""Template tags of the payroll's pages."""

# SPDX-License-Identifier: MPL-2.0
"""Pages of the stage, by what they are about."""

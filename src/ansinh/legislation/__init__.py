# SPDX-License-Identifier: MPL-2.0
"""law/ read, checked and shown; why this amount."""

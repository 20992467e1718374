# SPDX-License-Identifier: MPL-2.0
"""Instruct, build and cancel envelopes, approve their bytes, release them, hold, re-issue, pay in cash."""

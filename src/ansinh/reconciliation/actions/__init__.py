# SPDX-License-Identifier: MPL-2.0
"""Receive and apply result files, decide cases, pay again what came back, close a month."""

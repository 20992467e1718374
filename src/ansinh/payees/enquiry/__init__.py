# SPDX-License-Identifier: MPL-2.0
"""Asking an institution whose account a number is: by a file round, or by a service behind a protocol.

Only the number goes out, never the name that we expect: the answer is the institution's own.
"""

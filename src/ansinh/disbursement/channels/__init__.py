# SPDX-License-Identifier: MPL-2.0
"""Ways out, a folder each, none knowing another: files for banks, ISO 20022, the treasury, the payment
organisation."""

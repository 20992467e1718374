# SPDX-License-Identifier: MPL-2.0
"""Banks and payment organisations: who they are, and what people call them."""

# SPDX-License-Identifier: MPL-2.0
"""Acts of the stage, a module each: campaigns, visits, sheets, messages, targets."""

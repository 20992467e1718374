# SPDX-License-Identifier: MPL-2.0
"""From a locked payroll to money that leaves: instructions, envelopes per payer, channels.

Those who prepare lists make instructions and envelopes; two others approve the bytes of an envelope;
the treasury or the bank releases it. What the bank answers is the work of `reconciliation`.
"""

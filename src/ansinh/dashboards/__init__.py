# SPDX-License-Identifier: MPL-2.0
"""Figures for those who steer: roll-up tables refreshed by a job, by unit and month:
read from every stage, owned by none."""

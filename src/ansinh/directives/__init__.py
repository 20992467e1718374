# SPDX-License-Identifier: MPL-2.0
"""Steering: documents and the tasks that they give to units level by level, measured progress,
difficulties reported upwards and answered, complaints of beneficiaries.

A department issues (`directives.issue`), units work (`tasks.work`); an answer is drafted by one
and issued by another.
"""

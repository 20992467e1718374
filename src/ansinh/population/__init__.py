# SPDX-License-Identifier: MPL-2.0
"""Reconciliation with the national population register, commune by commune.

The preparer opens a round and hands the list to the commune police; the police answer, by file or on
their queue; the preparer settles each difference, as proposals that another person checks; the
commune's leader and the police sign. Nobody is paid whose result blocks until somebody with the duty
decides with a reason (view `population_standing`, read by payroll).
"""

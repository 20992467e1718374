# SPDX-License-Identifier: MPL-2.0
"""Work that goes on after the page has answered: jobs in the same PostgreSQL, in the same transaction.

Stages declare their entries in a `jobs.py` of their own (`@job`), actions put work in the queue by
name (`enqueue`), `ansinh worker` does it. How to add one: docs/reference/jobs.md.
"""

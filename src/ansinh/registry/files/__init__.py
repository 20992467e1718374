# SPDX-License-Identifier: MPL-2.0
"""Reading the files of reality: plain Python, no database.

kinds       what a file is, before anything parses it
child       the parser, in a process of its own with limits on memory and time
reader      starts the child, hands its rows on
headers     which sheet, which rows, which columns
forms       the fields of each form, and how a cell is read
rows        every row: accepted, rejected or skipped, with the reason
check       all of it in order: one file in, its outcome out
error_book  the officer's own workbook back, with what to do in each faulty row
"""

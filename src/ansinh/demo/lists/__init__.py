# SPDX-License-Identifier: MPL-2.0
"""The files that communes send, with a truth beside each (docs/reference/demo.md).

cells    what a cell can hold, a sheet as it will be written
legacy   text in the encodings that old offices still use
layouts  the twelve layouts: columns, habits, file kind
lines    a person and an award as one line of a layout
faults   what goes wrong in a line, and the codes that must find it
table    lines into a sheet: titles, headers, groups, totals, signatures; and the truth
write    the sheet as bytes; xls for the old binary workbook
"""

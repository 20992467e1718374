# SPDX-License-Identifier: MPL-2.0
"""The officer's shell: base page, components, form fields, formats, front-end files."""

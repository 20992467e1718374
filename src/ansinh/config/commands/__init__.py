# SPDX-License-Identifier: MPL-2.0
"""Commands about the installation itself; a stage's own commands live with the stage."""

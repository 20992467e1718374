# SPDX-License-Identifier: MPL-2.0
"""Administrative units over time: provinces, districts (until 30/6/2025), communes, hamlets, successors."""

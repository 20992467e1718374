# SPDX-License-Identifier: MPL-2.0
"""Looking from outside: random visits that measure the error rate (D26), rules over later stages, and the
province's desk of every case. Visitors hold no role in the commune; whoever leads a case is named."""

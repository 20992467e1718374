# SPDX-License-Identifier: MPL-2.0
"""The fault rig: whole months paid while processes are killed, paused and lied to; `ansinh faults` runs it.

bank    the simulated bank as a process of its own
"""

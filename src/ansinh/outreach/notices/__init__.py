# SPDX-License-Identifier: MPL-2.0
"""Ways in which a message leaves the house. Each adapter is a module here and knows no other.

file     a sealed list that an officer hands to the commune's own operator (the default)
email    the same list by the installation's own mail server
gateway  one message at a time to an SMS or Zalo gateway that the province runs

An adapter is handed messages that are written down as handed over already; it answers for each
`sent`, `failed` with a reason, or nothing when it cannot know.
"""

from ansinh.outreach.notices.adapter import Adapter, Answer, Message, adapter_named

__all__ = ["Adapter", "Answer", "Message", "adapter_named"]

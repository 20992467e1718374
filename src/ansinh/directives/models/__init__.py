# SPDX-License-Identifier: MPL-2.0
"""Tables of steering. Only complaints, and who a difficulty concerns, are personal data."""

from ansinh.directives.models.complaints import Complaint, ComplaintStep, LookUp
from ansinh.directives.models.difficulties import (
    Answer,
    Category,
    Difficulty,
    DifficultyPerson,
    DifficultyStep,
)
from ansinh.directives.models.tasks import (
    Directive,
    Document,
    DocumentReference,
    Order,
    Plan,
    Reminder,
    Task,
    TaskReport,
)

__all__ = [
    "Answer",
    "Category",
    "Complaint",
    "ComplaintStep",
    "Difficulty",
    "DifficultyPerson",
    "DifficultyStep",
    "Directive",
    "Document",
    "DocumentReference",
    "LookUp",
    "Order",
    "Plan",
    "Reminder",
    "Task",
    "TaskReport",
]

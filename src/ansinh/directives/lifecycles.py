# SPDX-License-Identifier: MPL-2.0
"""The lives of a directive, a task, a plan, a difficulty, an answer and a complaint."""

from __future__ import annotations

from enum import StrEnum

from ansinh.rules.lifecycle import Lifecycle


class DirectiveState(StrEnum):
    """A document that orders something."""

    DRAFT = "draft"
    ISSUED = "issued"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class TaskState(StrEnum):
    """One order for one unit."""

    GIVEN = "given"
    ACKNOWLEDGED = "acknowledged"
    UNDER_WAY = "under_way"
    DONE = "done"
    PASSED = "passed"
    WITHDRAWN = "withdrawn"


class PlanState(StrEnum):
    """A unit's own plan."""

    DRAFT = "draft"
    ISSUED = "issued"


class DifficultyState(StrEnum):
    """A difficulty that a unit met."""

    RAISED = "raised"
    WITH_DEPARTMENT = "with_department"
    WITH_AUTHORITY = "with_authority"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class AnswerState(StrEnum):
    """An answer to one or many difficulties."""

    DRAFT = "draft"
    SUBMITTED_UP = "submitted_up"
    ISSUED = "issued"


class ComplaintState(StrEnum):
    """A complaint of a beneficiary."""

    RECEIVED = "received"
    LOOKED_INTO = "looked_into"
    ANSWERED = "answered"
    CLOSED = "closed"


DIRECTIVE: Lifecycle[DirectiveState] = Lifecycle(
    "directive",
    states=DirectiveState,
    initial=DirectiveState.DRAFT,
    edges=(
        (DirectiveState.DRAFT, "issue", DirectiveState.ISSUED),
        (DirectiveState.DRAFT, "withdraw", DirectiveState.WITHDRAWN),
        (DirectiveState.ISSUED, "close", DirectiveState.CLOSED),
    ),
    final=(DirectiveState.CLOSED, DirectiveState.WITHDRAWN),
)

TASK: Lifecycle[TaskState] = Lifecycle(
    "task",
    states=TaskState,
    initial=TaskState.GIVEN,
    edges=(
        (TaskState.GIVEN, "acknowledge", TaskState.ACKNOWLEDGED),
        (TaskState.ACKNOWLEDGED, "begin", TaskState.UNDER_WAY),
        (TaskState.ACKNOWLEDGED, "finish", TaskState.DONE),
        (TaskState.UNDER_WAY, "finish", TaskState.DONE),
        (TaskState.DONE, "reopen", TaskState.UNDER_WAY),
        (TaskState.GIVEN, "pass", TaskState.PASSED),
        (TaskState.ACKNOWLEDGED, "pass", TaskState.PASSED),
        (TaskState.UNDER_WAY, "pass", TaskState.PASSED),
        (TaskState.GIVEN, "withdraw", TaskState.WITHDRAWN),
        (TaskState.ACKNOWLEDGED, "withdraw", TaskState.WITHDRAWN),
        (TaskState.UNDER_WAY, "withdraw", TaskState.WITHDRAWN),
    ),
    final=(TaskState.PASSED, TaskState.WITHDRAWN),
)

PLAN: Lifecycle[PlanState] = Lifecycle(
    "plan",
    states=PlanState,
    initial=PlanState.DRAFT,
    edges=((PlanState.DRAFT, "issue", PlanState.ISSUED),),
    final=(PlanState.ISSUED,),
)

DIFFICULTY: Lifecycle[DifficultyState] = Lifecycle(
    "difficulty",
    states=DifficultyState,
    initial=DifficultyState.RAISED,
    edges=(
        (DifficultyState.RAISED, "climb", DifficultyState.RAISED),
        (DifficultyState.RAISED, "hand_to_department", DifficultyState.WITH_DEPARTMENT),
        (DifficultyState.RAISED, "answer", DifficultyState.ANSWERED),
        (DifficultyState.RAISED, "withdraw", DifficultyState.WITHDRAWN),
        (DifficultyState.WITH_DEPARTMENT, "submit_up", DifficultyState.WITH_AUTHORITY),
        (DifficultyState.WITH_DEPARTMENT, "answer", DifficultyState.ANSWERED),
        (DifficultyState.WITH_AUTHORITY, "answer", DifficultyState.ANSWERED),
        (DifficultyState.ANSWERED, "close", DifficultyState.CLOSED),
        (DifficultyState.ANSWERED, "ask_again", DifficultyState.WITH_DEPARTMENT),
    ),
    final=(DifficultyState.CLOSED, DifficultyState.WITHDRAWN),
)

ANSWER: Lifecycle[AnswerState] = Lifecycle(
    "answer",
    states=AnswerState,
    initial=AnswerState.DRAFT,
    edges=(
        (AnswerState.DRAFT, "submit_up", AnswerState.SUBMITTED_UP),
        (AnswerState.DRAFT, "issue", AnswerState.ISSUED),
        (AnswerState.SUBMITTED_UP, "issue", AnswerState.ISSUED),
    ),
    final=(AnswerState.ISSUED,),
)

COMPLAINT: Lifecycle[ComplaintState] = Lifecycle(
    "complaint",
    states=ComplaintState,
    initial=ComplaintState.RECEIVED,
    edges=(
        (ComplaintState.RECEIVED, "look_into", ComplaintState.LOOKED_INTO),
        (ComplaintState.RECEIVED, "answer", ComplaintState.ANSWERED),
        (ComplaintState.LOOKED_INTO, "answer", ComplaintState.ANSWERED),
        (ComplaintState.ANSWERED, "close", ComplaintState.CLOSED),
        (ComplaintState.ANSWERED, "reopen", ComplaintState.LOOKED_INTO),
    ),
    final=(ComplaintState.CLOSED,),
)

ALL = (DIRECTIVE, TASK, PLAN, DIFFICULTY, ANSWER, COMPLAINT)

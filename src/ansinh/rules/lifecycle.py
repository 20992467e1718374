# SPDX-License-Identifier: MPL-2.0
"""One status, one table of edges.

Each thing that has a life (a submission, an account, a round, a payment) declares its states and
the edges `(from, event, to)` between them here in Python. Actions apply an edge; the database
guards the same edges with a CHECK and a row-level trigger generated from this table; diagrams in
the documents are generated from it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ansinh.rules.refusals import Refusal

State = TypeVar("State", bound=StrEnum)


class NotFromThisState(Refusal):
    """The event has no edge from the present state; fields: state, event, allowed."""

    code = "NOT_FROM_THIS_STATE"


class BadLifecycleError(Exception):
    """The edge table itself is wrong; raised when it is declared, never later."""


@dataclass(frozen=True, slots=True)
class Edge(Generic[State]):
    """`event` moves a thing from `source` to `target`."""

    source: State
    event: str
    target: State


class Lifecycle(Generic[State]):
    """The states of one kind of thing and every edge between them."""

    def __init__(
        self,
        name: str,
        *,
        states: type[State],
        initial: State,
        edges: Iterable[tuple[State, str, State]],
        final: Iterable[State] = (),
    ) -> None:
        self.name = name
        self.states = states
        self.initial = initial
        self.final = frozenset(final)
        self.edges = tuple(Edge(*edge) for edge in edges)
        self._targets = {(edge.source, edge.event): edge.target for edge in self.edges}
        self._check()

    def _check(self) -> None:
        if len(self._targets) != len(self.edges):
            raise BadLifecycleError(f"{self.name}: an event leads to two states")
        reached = {self.initial} | {edge.target for edge in self.edges}
        left = {edge.source for edge in self.edges}
        for state in self.states:
            if state not in reached:
                raise BadLifecycleError(f"{self.name}: nothing leads to {state}")
            if (state in self.final) == (state in left):
                raise BadLifecycleError(f"{self.name}: {state} is final or has a way out, not both")

    def apply(self, state: State, event: str) -> State:
        """The state after `event`. Raises `NotFromThisState` with the events that are allowed."""
        target = self._targets.get((state, event))
        if target is None:
            raise NotFromThisState(state=state.value, event=event, allowed=self.allowed(state))
        return target

    def allowed(self, state: State) -> tuple[str, ...]:
        """The events that can happen in `state`, in the order of the table."""
        return tuple(edge.event for edge in self.edges if edge.source == state)

    def sources(self, event: str) -> tuple[State, ...]:
        """The states from which `event` can happen: for a conditional UPDATE."""
        return tuple(edge.source for edge in self.edges if edge.event == event)

    def moves(self) -> frozenset[tuple[State, State]]:
        """Every (from, to) that some event makes."""
        return frozenset((edge.source, edge.target) for edge in self.edges)

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, for the documents."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial.value}"]
        lines += [f"    {e.source.value} --> {e.target.value} : {e.event}" for e in self.edges]
        lines += [f"    {state.value} --> [*]" for state in self.states if state in self.final]
        return "\n".join(lines)

    def check_constraint_sql(self, column: str) -> str:
        """The body of a CHECK that the column holds one of the states."""
        listed = ", ".join(f"'{state.value}'" for state in self.states)
        return f"{column} IN ({listed})"

    def guard_trigger_sql(self, table: str, column: str) -> str:
        """A row-level trigger that lets the column move along the edges only.

        The edges are inlined as constants: looking them up in a table doubles the cost of an
        update, and a statement-level trigger turns quadratic in a pooled session.
        """
        pairs = sorted((source.value, target.value) for source, target in self.moves())
        listed = ", ".join(f"('{source}', '{target}')" for source, target in pairs)
        function = f"{table}_{column}_guard"
        return f"""
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.{column} <> '{self.initial.value}' THEN
            RAISE EXCEPTION '{self.name} begins as {self.initial.value}, not %', NEW.{column}
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.{column} IS DISTINCT FROM OLD.{column}
        AND (OLD.{column}, NEW.{column}) NOT IN ({listed}) THEN
        RAISE EXCEPTION '{self.name} cannot go from % to %', OLD.{column}, NEW.{column}
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$guard$;
CREATE OR REPLACE TRIGGER {function} BEFORE INSERT OR UPDATE OF {column} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
"""

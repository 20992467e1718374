# SPDX-License-Identifier: MPL-2.0
"""Edge tables are checked when they are declared; refusals are sentences that help."""

from __future__ import annotations

import re
import string
from enum import StrEnum

import pytest

from ansinh.rules.lifecycle import BadLifecycleError, Lifecycle, NotFromThisState
from ansinh.rules.refusals import CATALOGUE, Refusal
from tests.architecture.source import modules


class Lamp(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


EDGES = ((Lamp.OFF, "switch", Lamp.ON), (Lamp.ON, "switch", Lamp.OFF), (Lamp.ON, "burn", Lamp.BROKEN))


def lamp(**changes: object) -> Lifecycle[Lamp]:
    said = {"states": Lamp, "initial": Lamp.OFF, "edges": EDGES, "final": (Lamp.BROKEN,)} | changes
    return Lifecycle("lamp", **said)  # type: ignore[arg-type]


def test_an_event_moves_along_its_edge_or_is_refused_with_what_is_allowed() -> None:
    assert lamp().apply(Lamp.OFF, "switch") is Lamp.ON
    with pytest.raises(NotFromThisState, match="switch"):
        lamp().apply(Lamp.OFF, "burn")
    assert lamp().sources("burn") == (Lamp.ON,)


@pytest.mark.parametrize(
    "changes",
    [
        {"edges": EDGES[:2]},  # nothing leads to broken
        {"final": ()},  # broken has no way out
        {"final": (Lamp.BROKEN, Lamp.ON)},  # a final state with a way out
        {"edges": (*EDGES, (Lamp.ON, "burn", Lamp.OFF))},  # one event, two targets
    ],
)
def test_a_table_with_a_hole_is_refused_when_it_is_declared(changes: dict[str, object]) -> None:
    with pytest.raises(BadLifecycleError):
        lamp(**changes)


def test_the_diagram_and_the_guard_show_every_edge() -> None:
    diagram, guard = lamp().mermaid(), lamp().guard_trigger_sql("lamps", "state")
    assert "on --> broken : burn" in diagram
    assert "('on', 'broken')" in guard
    assert "'off', 'on', 'broken'" in lamp().check_constraint_sql("state")


def fields(template: str) -> set[str]:
    """The fields of a sentence; `why_vi` and `why_en` carry the same thing in each language."""
    found = {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name}
    return {name.removesuffix("_vi").removesuffix("_en") for name in found}


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_sentence_says_the_same_in_both_languages(code: str) -> None:
    vietnamese, english = CATALOGUE[code]
    assert fields(vietnamese) == fields(english)
    assert vietnamese.endswith((".", "?"))  # a doubt asks, a refusal says what to do
    assert vietnamese[-1] == english[-1]


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_sentences_do_not_beg_and_do_not_shrug(code: str) -> None:
    vietnamese, english = CATALOGUE[code]
    assert not re.search(r"vui lòng|không hợp lệ|xin lỗi|lỗi xảy ra", vietnamese.lower())
    assert not re.search(r"please|invalid|sorry|an error occurred", english.lower())


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal() -> None:
    sources = [path.read_text(encoding="utf-8") for path in modules() if "catalogue" not in path.parts]
    declared = {
        code for text in sources for code in re.findall(r'^ {4}code = "([A-Z_]+)"$', text, re.MULTILINE)
    }
    named = {code for text in sources for code in re.findall(r'"([A-Z_]+)"', text)}
    unused = set(CATALOGUE) - named
    assert declared - set(CATALOGUE) == set()
    assert unused <= {"NAME_LEGACY_FONT"}


def test_a_refusal_reads_like_a_sentence() -> None:
    class Late(Refusal):
        code = "BANK_AMBIGUOUS"

    assert str(Late(text="Chung", candidates=["Alpha", "Beta"])) == (
        "“Chung” có thể là Alpha, Beta. Chọn một ngân hàng."
    )

# SPDX-License-Identifier: MPL-2.0
"""Several awards of one person: the rules O1-O17, two families with opposite rules.

Social assistance pays the highest only, with one exception. Merit allowances add up, with caps.
Each function takes the lines that are owed one by one and returns those that stay; what falls is
named with the rule that made it fall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ansinh.rules.entitlement.case import AwardFacts, Facts, Line, NotOwed
from ansinh.rules.law import Law
from ansinh.rules.money import format_vnd

Verdict = tuple[list[Line], list[NotOwed]]
SINGLE_PARENT = "K4"
WITH_SINGLE_PARENT = ("K5", "K6", "K8")
MOST_SURVIVOR_SHARES = 2


class Overlap:
    """The lines of one person on their way through the rules."""

    def __init__(self, law: Law, facts: Facts, lines: list[Line]) -> None:
        self.law = law
        self.lines = lines
        self.fallen: list[NotOwed] = []
        self.awards = {award.code: award for award in facts.awards}
        self.award_list = facts.awards

    def of(self, *groups: str) -> list[Line]:
        """The lines of these groups that still stand."""
        return [line for line in self.lines if line.group in groups]

    def drop(self, dropped: Iterable[Line], rule: str, why: str) -> None:
        """Take lines away by a rule."""
        citation = self.law.overlaps[rule].reference
        for line in list(dropped):
            self.lines.remove(line)
            self.fallen.append(NotOwed(line.code, f"{why} ({rule})", citation))

    def keep_highest(self, lines: list[Line], rule: str, why: str, *, most: int = 1) -> None:
        """Keep the `most` highest of `lines` (the first one stated wins a tie)."""
        ranked = sorted(lines, key=lambda line: -line.amount_vnd)
        if len(ranked) > most:
            kept = ", ".join(f"{line.code} {format_vnd(line.amount_vnd)}" for line in ranked[:most])
            self.drop(ranked[most:], rule, f"{why}; đã hưởng {kept}")

    def fact(self, code: str, name: str) -> object:
        """A fact stated with an award."""
        award: AwardFacts | None = self.awards.get(code)
        return dict(award.facts).get(name) if award is not None else None


def apply_overlaps(law: Law, facts: Facts, lines: list[Line]) -> Verdict:
    """All rules in the order in which they depend on each other; returns (stay, fall)."""
    overlap = Overlap(law, facts, lines)
    for rule in RULES:
        if len(overlap.lines) > 1 or rule in ALONE:
            rule(overlap)
    return overlap.lines, overlap.fallen


def one_per_code(overlap: Overlap) -> None:
    """O17: one gift a person an occasion, whatever the number of categories; likewise any code
    stated twice is paid once."""
    seen: set[str] = set()
    for line in list(overlap.lines):
        if line.code in seen and line.group != "worship":
            overlap.drop([line], "O17", "Mỗi người chỉ hưởng một suất")
        seen.add(line.code)


def institution(overlap: Overlap) -> None:
    """NĐ 20/2021 Điều 25: care in an institution is not paid together with Điều 6."""
    if overlap.of("institution"):
        overlap.drop(overlap.of("assistance", "care", "maternity"), "O1", "Đang nuôi dưỡng tại cơ sở")
        overlap.keep_highest(overlap.of("institution"), "O1", "Chỉ hưởng một mức cao nhất")


def social_assistance(overlap: Overlap) -> None:
    """O1, O2, O4: the highest only; a poor single parent (K4) keeps K4 and the highest of K5, K6,
    K8; the social pension competes with them all."""
    excluded = [
        line
        for line in overlap.of("assistance")
        if any(line.code != other.code and other.code in overlap.law.categories[line.code].not_with
               for other in overlap.of("assistance"))
    ]  # fmt: skip
    overlap.drop(excluded, "O1", "Không thuộc diện này khi đã thuộc khoản 1, 3 hoặc 6")
    lines = overlap.of("assistance")
    parent = [line for line in lines if line.code == SINGLE_PARENT][:1]
    beside = [line for line in lines if line.code.startswith(WITH_SINGLE_PARENT)]
    beside = sorted(beside, key=lambda line: -line.amount_vnd)[:1]
    ways = [[line] for line in lines] + ([parent + beside] if parent and beside else [])
    if not ways:
        return
    best = max(ways, key=lambda way: sum(line.amount_vnd for line in way))
    kept = " và ".join(f"{line.code} {format_vnd(line.amount_vnd)}" for line in best)
    rule = "O2" if len(best) > 1 else "O1"
    for line in lines:
        if line not in best:
            pension = "HTXH" in {line.code, *(other.code for other in best)}
            why = f"Chỉ hưởng mức cao nhất; đã hưởng {kept}"
            overlap.drop([line], "O4" if pension else rule, why)


def carers(overlap: Overlap) -> None:
    """O3: care money for a pregnant or nursing disabled person comes on top of K6, highest only,
    one share a couple; one carer's share for each person cared for."""
    for line in overlap.of("maternity"):
        needed = overlap.law.categories[line.code].only_with
        if not any(other.code in needed for other in overlap.lines):
            overlap.drop([line], "O3", "Chỉ trả cùng trợ cấp người khuyết tật (khoản 6)")
        elif overlap.fact(line.code, "spouse_receives") is True:
            overlap.drop([line], "O3", "Vợ chồng cùng khuyết tật chỉ một suất, người kia đang hưởng")
    overlap.keep_highest(overlap.of("maternity"), "O3", "Chỉ hưởng hệ số cao nhất")
    overlap.keep_highest(overlap.of("care"), "O1", "Mỗi người được chăm sóc chỉ một suất cao nhất")


def attendants(overlap: Overlap) -> None:
    """O5: allowances of several merit categories add up, the attendant's allowance does not."""
    overlap.keep_highest(overlap.of("attendant"), "O5", "Chỉ một trợ cấp người phục vụ cao nhất")


def special_supplement(overlap: Overlap) -> None:
    """O8: the special supplement replaces the ordinary one."""
    standing = {line.row for line in overlap.lines} | {line.code for line in overlap.lines}
    for line in list(overlap.lines):
        replaces = overlap.law.categories.get(line.row, overlap.law.categories[line.code]).replaces
        ordinary = [each for each in overlap.lines if each.code in replaces and each.row in replaces]
        if ordinary and line.code in standing:
            overlap.drop(ordinary, "O8", f"Đã thay bằng mức đặc biệt {line.code}")


def diseased_and_toxic(overlap: Overlap) -> None:
    """O7: a diseased soldier affected by toxic chemicals gets the soldier's allowance and the
    41-60 % row, or chooses the toxic-chemicals rate of their own alone."""
    soldier = next((line for line in overlap.lines if line.row.startswith("BB_")
                    and line.group == "merit" and "PC" not in line.row), None)  # fmt: skip
    toxic = next((line for line in overlap.lines if line.code == "CDHH"), None)
    if soldier is None or toxic is None:
        return
    if "own_rate" in {overlap.fact("CDHH", "o7_choice"), overlap.fact("BB", "o7_choice")}:
        overlap.drop([soldier], "O7", "Đã chọn hưởng riêng mức nhiễm chất độc hóa học")
        return
    band = next(b for b in overlap.law.categories["CDHH"].bands if b.row == "CDHH_41_60")
    value = next((v for v in reversed(band.values) if v.reference in toxic.citations), None)
    if value is None or value.number is None or toxic.amount_vnd <= value.number:
        return
    step = f"Đồng thời là bệnh binh: hưởng mức 41–60%, {format_vnd(int(value.number))} (O7)."
    place = overlap.lines.index(toxic)
    overlap.lines[place] = Line(
        toxic.code, int(value.number), toxic.kind, band.row, toxic.group, toxic.payee,
        (*toxic.citations, overlap.law.overlaps["O7"].reference), (*toxic.steps, step),
        toxic.verified and overlap.law.overlaps["O7"].verified,
    )  # fmt: skip


def heroic_mother(overlap: Overlap) -> None:
    """O9: three times the standard and the supplement, but not the martyr's monthly tuất."""
    if any(line.code == "BMVNAH" for line in overlap.lines):
        overlap.drop(overlap.of("martyr_survivor"), "O9", "Bà mẹ Việt Nam anh hùng không hưởng tuất liệt sĩ")


def survivors(overlap: Overlap) -> None:
    """O10: at most two survivor shares; one martyr and merit people: one of each; two martyrs and
    more: the martyr level only; one merit person of two categories: one share."""
    of_one: dict[object, list[Line]] = {}
    for line in overlap.of("survivor"):
        person = overlap.fact(line.code, "merit_person")
        if person is not None:
            of_one.setdefault(person, []).append(line)
    for lines in of_one.values():
        overlap.keep_highest(lines, "O10", "Một người có công thuộc hai diện chỉ một suất tuất")
    martyrs = overlap.of("martyr_survivor")
    overlap.keep_highest(martyrs, "O10", "Chỉ một mức tuất liệt sĩ")
    rest = overlap.of("survivor")
    if any(line.row in {"LS_TUAT_2", "LS_TUAT_3"} for line in overlap.of("martyr_survivor")):
        overlap.drop(rest, "O10", "Thân nhân từ hai liệt sĩ chỉ hưởng mức tuất liệt sĩ")
    elif martyrs:
        overlap.keep_highest(rest, "O10", "Một suất tuất liệt sĩ và một suất tuất người có công")
    else:
        overlap.keep_highest(rest, "O10", "Tối đa hai suất tuất", most=MOST_SURVIVOR_SHARES)


def nurturing(overlap: Overlap) -> None:
    """O11: one share of tuất nuôi dưỡng."""
    overlap.keep_highest(overlap.of("nurturing"), "O11", "Chỉ một suất tuất nuôi dưỡng")


def funeral(overlap: Overlap) -> None:
    """O13: one funeral grant; social insurance first, otherwise the highest."""
    grants = overlap.of("funeral")
    if any(overlap.fact(line.code, "si_funeral") is True for line in grants):
        overlap.drop(grants, "O13", "Đã hưởng mai táng phí của bảo hiểm xã hội")
    else:
        overlap.keep_highest(grants, "O13", "Chỉ một mức mai táng phí cao nhất")


def education(overlap: Overlap) -> None:
    """O14: one education benefit, the highest."""
    overlap.keep_highest(overlap.of("study"), "O14", "Chỉ một trợ cấp đi học cao nhất")
    overlap.keep_highest(overlap.of("education_year"), "O14", "Chỉ một mức giáo dục, tại một cơ sở")


def both_families(overlap: Overlap) -> None:
    """O16: nothing read forbids merit and social assistance together; the line says so."""
    merit = any(overlap.law.categories[line.code].family == "merit" for line in overlap.lines)
    if not merit:
        return
    for place, line in enumerate(overlap.lines):
        if overlap.law.categories[line.code].family in {"social_assistance", "social_pension"}:
            note = "Đồng thời hưởng ưu đãi người có công: văn bản đã đọc không cấm (O16, câu hỏi Q3)."
            overlap.lines[place] = Line(
                line.code, line.amount_vnd, line.kind, line.row, line.group, line.payee,
                line.citations, (*line.steps, note), line.verified,
            )  # fmt: skip


RULES: tuple[Callable[[Overlap], None], ...] = (
    one_per_code, institution, social_assistance, carers, special_supplement, attendants,
    diseased_and_toxic, heroic_mother, survivors, nurturing, funeral, education, both_families,
)  # fmt: skip
ALONE = frozenset({carers, funeral})  # these can also take away a single line

# SPDX-License-Identifier: MPL-2.0
"""One award for one month: each condition of the clause in turn, then the amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ansinh.rules.entitlement.case import AwardFacts, Facts, FactValue, Line, NotOwed
from ansinh.rules.law import Amount, Band, Category, Law, value_on
from ansinh.rules.money import format_vnd, round_vnd
from ansinh.rules.months import Month

ADULT = 18
HOUSEHOLDS = {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo", "other": "hộ khác"}
UNVERIFIED = "Mức này chưa được đối chiếu với Công báo."


@dataclass(frozen=True, slots=True)
class Setting:
    """The law of a month in a province."""

    law: Law
    month: Month
    province: str | None


class _NotOwedError(Exception):
    """Leaves the clause at the first condition that does not hold."""

    def __init__(self, why: str, citation: str = "") -> None:
        super().__init__(why)
        self.why, self.citation = why, citation


def decide(setting: Setting, facts: Facts, award: AwardFacts) -> Line | NotOwed:
    """The line that an award owes by itself, or why it owes none; overlaps come afterwards."""
    category = setting.law.categories[award.code]
    steps: list[str] = []
    try:
        _is_due(category, facts, award)
        _is_law(category, setting, award)
        _person_meets(category, setting, facts, dict(award.facts), steps)
        return _line(category, setting, facts, award, steps)
    except _NotOwedError as reason:
        return NotOwed(award.code, reason.why, reason.citation or _first_reference(category))


def _first_reference(category: Category) -> str:
    for band in category.bands:
        for value in band.values:
            return value.reference
    for table in category.tables:
        return table.reference
    return category.reference


def _is_due(category: Category, facts: Facts, award: AwardFacts) -> None:
    """Start, stop and suspension (vietnam.md 3.7)."""
    if category.kind == "in_kind":
        raise _NotOwedError("Quyền lợi bằng thẻ bảo hiểm y tế, không chi bằng tiền.")
    if facts.death == "earlier" and category.kind == "monthly":
        raise _NotOwedError("Thôi hưởng từ tháng ngay sau tháng người hưởng chết.")
    reasons = {
        "not_yet": "Chưa đến tháng bắt đầu hưởng theo quyết định.",
        "ended": "Đã thôi hưởng theo quyết định.",
        "suspended": "Đang tạm dừng chi trả theo quyết định.",
        "other_month": "Khoản một lần, không thuộc tháng này.",
    }
    if award.timing in reasons:
        raise _NotOwedError(reasons[award.timing])
    if dict(award.facts).get("decided") is False:
        raise _NotOwedError("Chưa đến tháng ký quyết định; chỉ được hưởng từ tháng đó.")


def _is_law(category: Category, setting: Setting, award: AwardFacts) -> None:
    day = award.event_on or setting.month.first_day
    if category.valid_to is not None and category.valid_to <= day:
        raise _NotOwedError(f"Chế độ này đã bãi bỏ từ {category.valid_to:%d/%m/%Y}.", category.repealed_by)


def _person_meets(
    category: Category,
    setting: Setting,
    facts: Facts,
    said: dict[str, FactValue],
    steps: list[str],
) -> None:
    if category.household:
        _household(category.household, facts.household)
        steps.append(f"Thuộc {HOUSEHOLDS[facts.household]}.")
    if category.disadvantaged_area:
        if not facts.disadvantaged_area:
            raise _NotOwedError("Nơi ở không thuộc xã, thôn đặc biệt khó khăn.")
        steps.append("Đang sống ở xã, thôn đặc biệt khó khăn.")
    if category.no_pension and facts.pension_vnd > 0:
        raise _NotOwedError("Đang có lương hưu hoặc trợ cấp bảo hiểm xã hội hằng tháng.")
    if category.pension_below:
        _pension(category, setting, facts, steps)
    if category.while_studying and said.get("studying") is not True:
        raise _NotOwedError("Chưa có xác nhận đang đi học cho tháng này (study_until).")
    if category.child_until_18_or_studying:
        _survivor_child(facts, said)
    if category.group == "nurturing" and not (facts.lives_alone or said.get("orphan") is True):
        raise _NotOwedError("Tuất nuôi dưỡng chỉ dành cho người sống cô đơn hoặc mồ côi cả cha mẹ.")
    if category.at_home and said.get("at_home") is False:
        raise _NotOwedError("Đang được nuôi dưỡng tập trung nên không có trợ cấp người phục vụ.")


def _household(allowed: tuple[str, ...], household: str) -> None:
    if household not in allowed:
        wanted = " hoặc ".join(HOUSEHOLDS[each] for each in allowed)
        raise _NotOwedError(f"Điều kiện là {wanted}; hồ sơ ghi {HOUSEHOLDS[household]}.")


def _pension(category: Category, setting: Setting, facts: Facts, steps: list[str]) -> None:
    limit = setting.law.parameter_on(category.pension_below or "", setting.month.first_day, province=None)
    if limit is None or facts.pension_vnd == 0:
        return
    if facts.pension_vnd >= limit.number:
        raise _NotOwedError(
            f"Lương hưu hoặc trợ cấp {format_vnd(facts.pension_vnd)} không thấp hơn"
            f" {format_vnd(int(limit.number))}."
        )
    steps.append(
        f"Lương hưu, trợ cấp {format_vnd(facts.pension_vnd)} thấp hơn mức hưu trí xã hội;"
        " tính đủ mức (câu hỏi mở Q2)."
    )


def _survivor_child(facts: Facts, said: dict[str, FactValue]) -> None:
    """PL 02/2020 Điều 6.5.đ: from 18 on a child keeps the allowance for one course of study."""
    if said.get("relation") != "child" or facts.ages is None or facts.ages[0] < ADULT:
        return
    if said.get("disabled") is True:
        return
    if said.get("first_course") is False:
        raise _NotOwedError("Con từ đủ 18 tuổi chỉ hưởng tuất trong một khóa học (O12).")
    if said.get("studying") is not True:
        raise _NotOwedError("Con từ đủ 18 tuổi chỉ hưởng tuất khi còn đi học (O12).")


def _line(category: Category, setting: Setting, facts: Facts, award: AwardFacts, steps: list[str]) -> Line:
    said = dict(award.facts)
    if category.if_especially_severe and said.get("especially_severe_wound") is True:
        steps.append("Có vết thương, bệnh tật đặc biệt nặng nên hưởng mức đặc biệt.")
        category = setting.law.categories[category.if_especially_severe]
    row, exact, references, verified = _amount(category, setting, facts, award, steps)
    times, why_times = _times(category, said)
    total = exact * times
    if why_times:
        steps.append(f"{why_times}: {format_vnd(round_vnd(total, to=category.round_to))}.")
    if facts.partial_birth and category.bands and any(band.ages for band in category.bands):
        steps.append("Chỉ biết năm hoặc tháng sinh: tính từ ngày 01/01 hoặc ngày đầu tháng.")
    if category.minimum:
        steps.append("Đây là mức tối thiểu; tỉnh có thể quy định cao hơn.")
    if not verified:
        steps.append(UNVERIFIED)
    return Line(
        code=award.code,
        amount_vnd=round_vnd(total, to=category.round_to),
        kind=category.kind,
        row=row,
        group=category.group,
        payee=category.payee,
        citations=references,
        steps=tuple(steps),
        verified=verified,
    )


def _amount(
    category: Category, setting: Setting, facts: Facts, award: AwardFacts, steps: list[str]
) -> tuple[str, Fraction, tuple[str, ...], bool]:
    day = award.event_on or setting.month.first_day
    if category.tables:
        return _from_table(category, dict(award.facts), day, steps)
    band = _band(category, facts, dict(award.facts), day, steps)
    value = value_on(band.values, day)
    if value is None or value.number is None:
        raise _NotOwedError(f"Chưa có mức cho {category.shown} vào ngày {day:%d/%m/%Y}.")
    if category.standard is None:
        steps.append(f"Mức in trong phụ lục: {format_vnd(int(value.number))}.")
        return band.row, value.number, (value.reference,), value.verified
    standard = _standard(category, setting, day)
    exact = standard.number * value.number
    note = f" ({standard.note})" if standard.note else ""
    label = setting.law.parameters[category.standard].label
    amount = format_vnd(round_vnd(exact, to=category.round_to))
    steps.append(
        f"{label} {format_vnd(int(standard.number))}{note} × {_coefficient(value.number)} = {amount}."
        if value.number != 1
        else f"{label}: {amount}{note}."
    )
    references = (value.reference, *standard.references)
    return band.row, exact, references, value.verified and standard.verified


def _standard(category: Category, setting: Setting, day: date) -> Amount:
    """The standard on the day; convalescence takes the one of 1 January (NĐ 75/2021 Điều 6)."""
    if category.standard_on == "first_of_january":
        day = date(day.year, 1, 1)
    found = setting.law.parameter_on(category.standard or "", day, province=setting.province)
    if found is None:
        raise _NotOwedError(f"Chưa có mức chuẩn cho ngày {day:%d/%m/%Y}.")
    return found


def _coefficient(number: Fraction) -> str:
    """`1,5` as a Vietnamese reader writes it."""
    if number.denominator == 1:
        return str(number.numerator)
    whole, rest = divmod(number.numerator * 10 // number.denominator, 10)
    return f"{whole},{rest}"


def _from_table(
    category: Category, said: dict[str, FactValue], day: date, steps: list[str]
) -> tuple[str, Fraction, tuple[str, ...], bool]:
    percent = _percent(said)
    table = None
    for each in category.tables:
        if each.start <= day:
            table = each
    if table is None:
        raise _NotOwedError(f"Bảng mức trước {category.tables[0].start:%d/%m/%Y} chưa được nạp.")
    amount = table.amounts.get(percent)
    if amount is None:
        raise _NotOwedError(f"Tỷ lệ {percent}% không có mức hằng tháng (bảng từ 21% đến 100%).")
    steps.append(f"Tỷ lệ tổn thương cơ thể {percent}%: {format_vnd(amount)} theo bảng mức.")
    return f"{category.code}:{percent}", Fraction(amount), (table.reference,), table.verified


def _percent(said: dict[str, FactValue]) -> int:
    percent = said.get("injury_percent")
    if not isinstance(percent, int) or isinstance(percent, bool):
        raise _NotOwedError("Chưa có tỷ lệ tổn thương cơ thể (injury_percent).")
    return percent


def _band(category: Category, facts: Facts, said: dict[str, FactValue], day: date, steps: list[str]) -> Band:
    """The row of the category that applies; with several (a birthday month) the highest."""
    if category.bands[0].percent:
        percent = _percent(said)
        for band in category.bands:
            if band.percent and band.percent[0] <= percent <= band.percent[1]:
                steps.append(f"Tỷ lệ tổn thương cơ thể {percent}%.")
                return band
        lowest = category.bands[0].percent[0]
        raise _NotOwedError(f"Tỷ lệ {percent}% không có mức hằng tháng (từ {lowest}% trở lên).")
    if category.bands[0].ages is None:
        return category.bands[0]
    if facts.ages is None:
        raise _NotOwedError("Chưa có ngày sinh nên không xác định được độ tuổi.")
    open_bands = [band for band in category.bands if _of_age(band, facts.ages)]
    if not open_bands:
        raise _NotOwedError(f"Độ tuổi {facts.ages[1]} không thuộc chế độ này.")
    if all(band.household and facts.household not in band.household for band in open_bands):
        _household(open_bands[0].household, facts.household)
    open_bands = [b for b in open_bands if not b.household or facts.household in b.household]
    chosen = max(open_bands, key=lambda band: _number(band, day))
    age = facts.ages[1] if _contains(chosen, facts.ages[1]) else facts.ages[0]
    steps.append(f"{age} tuổi.")
    if len(open_bands) > 1:
        steps.append("Tháng sinh nhật: tăng từ tháng đủ điều kiện, giảm từ tháng sau.")
    return chosen


def _contains(band: Band, age: int) -> bool:
    return band.ages is not None and band.ages[0] <= age < band.ages[1]


def _of_age(band: Band, ages: tuple[int, int]) -> bool:
    return _contains(band, ages[0]) or _contains(band, ages[1])


def _number(band: Band, day: date) -> Fraction:
    value = value_on(band.values, day)
    return value.number if value is not None and value.number is not None else Fraction(0)


def _times(category: Category, said: dict[str, FactValue]) -> tuple[Fraction, str]:
    if category.times is None:
        return Fraction(1), ""
    count = said.get(category.times)
    if count is None and category.times in {"martyrs", "days"}:
        count = 1
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise _NotOwedError(f"Chưa có số liệu “{category.times}” để tính.")
    if category.times != "years_of_service":
        if count == 0:
            raise _NotOwedError(f"Số liệu “{category.times}” bằng 0.")
        words = {"children": "con", "martyrs": "liệt sĩ", "days": "ngày"}[category.times]
        return Fraction(count), f"Nhân với {count} {words}"
    years = Fraction(count) + _odd_months(said, one_off=category.kind == "one_off")
    if years == 0:
        raise _NotOwedError("Chưa có thâm niên để tính.")
    return years, f"Nhân với {_coefficient(years)} năm thâm niên"


def _odd_months(said: dict[str, FactValue], *, one_off: bool) -> Fraction:
    """NĐ 75/2021 Phụ lục IV mục 7: 6 to under 12 odd months count as a year, fewer as half."""
    months = said.get("extra_months", 0)
    if not one_off or not isinstance(months, int) or months <= 0:
        return Fraction(0)
    return Fraction(1) if months >= 6 else Fraction(1, 2)

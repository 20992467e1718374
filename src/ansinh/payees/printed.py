# SPDX-License-Identifier: MPL-2.0
"""Papers of a review round, from the same rows as the pages: list, minutes, refusal slip, authorisation."""

from __future__ import annotations

from datetime import date

from ansinh.legislation.load import load
from ansinh.payees.labels import OBSTACLES, PLACE_STATES
from ansinh.payees.models import Place, Round
from ansinh.payees.queries import places, round_figures
from ansinh.payees.templatetags.payees_words import bank as bank_word
from ansinh.registry.models import Award
from ansinh.registry.records import born_of
from ansinh.ui import paper

SIGNERS = ("Người rà soát (Tổ Đề án 06)", "Công an xã", "Uỷ ban nhân dân")


def _head(round_: Round, title: str, subtitle: str, on: date) -> dict[str, str]:
    commune = round_.commune.name
    return {
        "agency": f"Uỷ ban nhân dân {commune}", "number": "", "title": title, "subtitle": subtitle,
        "place_day": f"{commune}, ngày {on.day:02d} tháng {on.month:02d} năm {on.year}",
    }  # fmt: skip


def _code(round_: Round, what: str) -> str:
    return f"An Sinh – {what} – đợt {round_.number}, mã {round_.pk}"


def review_list(*, round_: Round, hamlet: str, on: date) -> bytes:
    """The list of a hamlet to take along and sign, in the order of the page."""
    rows = [
        [
            str(number), each.person.name, born_of(each.person.born_on, each.person.born_precision).vi,
            f"…{each.person.number_last4}" if each.person.number_last4 else "",
            f"{bank_word(each.account.bank)} …{each.account.number_last4}" if each.account else "",
            str(PLACE_STATES[each.state][0]),
            ", ".join(str(OBSTACLES[code][0]) for code in each.obstacles), "",
        ]
        for number, each in enumerate(places(round_id=round_.pk, hamlet=hamlet, state="", text=""), 1)
    ]  # fmt: skip
    return paper.pdf(
        template="ui/paper/list.typ",
        data={
            "head": _head(round_, "Danh sách rà soát tài khoản", hamlet or round_.title, on),
            "code": _code(round_, "danh sách rà soát"), "landscape": True, "rows": rows,
            "heads": ["STT", "Họ và tên", "Ngày sinh", "Số định danh", "Tài khoản", "Kết quả", "Vướng mắc",
                      "Ký, điểm chỉ"],
            "widths": [1, 5, 3, 2, 4, 4, 5, 3], "outro": [f"Cộng: {len(rows)} người."],
            "sides": [{"title": each} for each in SIGNERS],
        },
    )  # fmt: skip


def minutes(*, round_: Round, on: date) -> bytes:
    """What the round found, hamlet by hamlet: the figures of the board."""
    figures = round_figures(round_id=round_.pk)
    states = [state for state in PLACE_STATES if any(state in row for row in figures.values())]
    rows = [
        [hamlet or "chưa ghi thôn", *(str(row.get(state, 0)) for state in states), str(sum(row.values()))]
        for hamlet, row in figures.items()
    ]
    totals = [str(sum(row.get(state, 0) for row in figures.values())) for state in states]
    people = sum(sum(row.values()) for row in figures.values())
    rows.append(["Cộng", *totals, str(people)])
    return paper.pdf(
        template="ui/paper/list.typ",
        data={
            "head": _head(round_, "Biên bản rà soát tài khoản", round_.title, on),
            "code": _code(round_, "biên bản"), "landscape": True, "rows": rows,
            "heads": ["Thôn, tổ", *(str(PLACE_STATES[state][0]) for state in states), "Cộng"],
            "intro": [f"Đợt mở ngày {round_.opened_on:%d/%m/%Y}; số liệu đến ngày {on:%d/%m/%Y}."],
            "outro": [f"Đã rà soát {people} người. Người từ chối có phiếu xác nhận kèm theo."],
            "sides": [{"title": each} for each in SIGNERS],
        },
    )  # fmt: skip


def _facts(place: Place) -> list[list[str]]:
    person = place.person
    number = f"••••{person.number_last4}" if person.number_last4 else "chưa có"
    return [
        ["Họ và tên", person.name], ["Ngày sinh", born_of(person.born_on, person.born_precision).vi],
        ["Số định danh", number], ["Nơi ở", f"{person.hamlet}, {place.commune.name}".strip(", ")],
    ]  # fmt: skip


def refusal_slip(*, place: Place, on: date) -> bytes:
    """The slip of somebody who does not register an account."""
    return paper.pdf(
        template="payees/paper/slip.typ",
        data={
            "head": _head(place.round, "Phiếu xác nhận không đăng ký tài khoản", "", on),
            "code": f"{_code(place.round, 'phiếu')} – {place.pk}", "facts": _facts(place),
            "sides": [{"title": "Người làm chứng"}, {"title": "Công an xã"},
                      {"title": "Người xác nhận", "note": "(Ký hoặc điểm chỉ, ghi rõ họ tên)"}],
        },
    )  # fmt: skip


def authorisation(*, place: Place, on: date) -> bytes:
    """The authorisation form with the beneficiary's part filled in."""
    law = load()
    held = Award.objects.filter(person_id=place.person_id, voided=False, end_month__isnull=True).order_by(
        "pk"
    )
    labels = [law.categories[each.code].public_label or each.code for each in held]
    return paper.pdf(
        template="payees/paper/mandate.typ",
        data={
            "head": _head(place.round, "Giấy uỷ quyền nhận trợ cấp", "", on),
            "code": f"{_code(place.round, 'giấy uỷ quyền')} – {place.pk}", "facts": _facts(place),
            "awards": "; ".join(labels) or "…………",
            "sides": [{"title": "Bên uỷ quyền", "note": "(Ký hoặc điểm chỉ)"}, {"title": "Bên được uỷ quyền"},
                      {"title": "Chứng thực chữ ký"}],
        },
    )  # fmt: skip

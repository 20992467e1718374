# SPDX-License-Identifier: MPL-2.0
"""The minutes of a round: on the screen, on paper, with both signatures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.places.queries import ancestors
from ansinh.population import queries
from ansinh.population.actions.sign import sign_round
from ansinh.population.labels import HOW, KINDS, RESULTS
from ansinh.population.models import Round
from ansinh.population.views import found_round, may
from ansinh.population.views.cleaning import row
from ansinh.rules.months import VIETNAM
from ansinh.rules.population import serious_first
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of, step_up_required
from ansinh.ui import paper
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

SIDES = (("commune", "Lãnh đạo UBND"), ("police", "Công an xã"))


def _how(line: queries.Line) -> str:
    if line.pays is not None:
        return f"{HOW['pay' if line.pays else 'hold']}: {line.decision_reason}"
    how = str(HOW.get(line.chosen, ""))
    return f"{how}: {line.chosen_reason}" if line.chosen_reason else how


def _content(found: Round, on: date) -> dict[str, Any]:
    """Everything that the minutes say, as plain text: the page and the paper read the same."""
    counted = queries.counts(round_id=found.pk)
    content = queries.content_sha256(round_id=found.pk)
    lines = []
    for number, line in enumerate(queries.differences(round_id=found.pk), 1):
        pairs = "; ".join(f"{label}: {mine} → {theirs}" for label, mine, theirs in row(line)["pairs"])
        kinds = ", ".join(str(KINDS[kind][0]) for kind in line.kinds)
        lines.append([str(number), line.ours.name, line.ours.born.vi, kinds, pairs, _how(line)])
    signed = {each.side: each for each in found.signatures.select_related("officer")
              if each.content_sha256 == content}  # fmt: skip
    above = ancestors(unit_id=found.commune_id, on=on)
    sides = []
    for side, title in SIDES:
        each = signed.get(side)
        when = each.at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y") if each else ""
        sides.append({
            "title": title, "name": each.officer.full_name if each else "",
            "mark": f"Đã ký trên hệ thống lúc {when}" if each else "", "side": side,
        })  # fmt: skip
    return {
        "sha256": content, "counts": counted, "lines": lines, "sides": sides,
        "agency": f"UBND {found.commune.name}", "agency_above": f"UBND {above[0].name}" if above else "",
        "facts": _facts(found, counted), "both": len(signed) == len(SIDES), "on": on,
    }  # fmt: skip


def _facts(found: Round, counted: queries.Counts) -> list[list[str]]:
    handed = found.hand_overs.order_by("pk").first()
    facts = [
        ["Số người trong danh sách", str(found.people)],
        ["Hạn trả lời", found.due_on.strftime("%d/%m/%Y")],
    ]
    if handed is not None:
        at = handed.at.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")
        facts.append(["Giao danh sách", f"{at}, cho {handed.receiver}"])
        facts.append(["SHA-256 của tệp đã giao", bytes(handed.file_sha256).hex()])
    facts += [[str(label), str(counted.results[result])] for result, label in RESULTS.items()
              if counted.results[result]]  # fmt: skip
    facts += [
        [f"Sai lệch: {KINDS[kind][0]}", str(counted.kinds[kind])] for kind in serious_first(counted.kinds)
    ]
    return facts


@requires("population.read")
@require_GET
def minutes(request: HttpRequest, round_id: int) -> HttpResponse:
    """The minutes as a page that prints, and signing them."""
    found = found_round(round_id)
    side = ""
    if found.state == "resolved" and may(request, "population.sign", found):
        side = "police" if may(request, "population.answer", found) else "commune"
    content = _content(found, timezone.localdate())
    signed_by_me = found.signatures.filter(
        officer=officer_of(request), content_sha256=content["sha256"]
    ).exists()
    context = content | {"round": found, "side": "" if signed_by_me else side, "signed_by_me": signed_by_me}
    return render(request, "population/minutes.html", context)


@requires("population.read")
@require_GET
def minutes_pdf(_request: HttpRequest, round_id: int) -> HttpResponse:
    """The minutes as PDF in the layout of official papers."""
    found = found_round(round_id)
    on = timezone.localdate()
    content = _content(found, on)
    data = {
        "head": {
            "agency_above": content["agency_above"], "agency": content["agency"], "number": "      /BB-UBND",
            "place_day": f"{found.commune.name}, ngày {on.day} tháng {on.month} năm {on.year}",
            "title": "Biên bản", "subtitle": "Đối chiếu danh sách với cơ sở dữ liệu quốc gia về dân cư",
        },
        "code": f"Đợt {found.pk} · SHA-256 {content['sha256']}",
        "commune": found.commune.name, "facts": content["facts"], "rows": content["lines"][: paper.MOST_ROWS],
        "rest": max(len(content["lines"]) - paper.MOST_ROWS, 0), "sides": content["sides"],
    }  # fmt: skip
    made = paper.pdf(template="population/paper/minutes.typ", data=data)
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="bien-ban-doi-chieu-{found.pk}.pdf"'
    return answer


@requires("population.sign")
@step_up_required
@require_POST
def sign(request: HttpRequest, round_id: int) -> HttpResponse:
    """Sign for one's side what one has read."""
    found = found_round(round_id)
    side = "police" if may(request, "population.answer", found) else "commune"
    try:
        both = sign_round(
            round_id=found.pk, side=side, seen_sha256=request.POST.get("content", ""), by=officer_of(request),
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Hai bên đã ký.") if both else _("Đã ký. Chờ bên kia ký."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("population:minutes", found.pk)

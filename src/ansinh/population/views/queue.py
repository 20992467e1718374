# SPDX-License-Identifier: MPL-2.0
"""The police's queue: one person at a time, single keys, the next one at once, the last one undone.

The card is a fragment: with the header `X-Fragment` only the card comes back, so nothing else is
loaded again. Without scripts the same form posts the page.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ansinh.population import queries
from ansinh.population.actions import answers as acts
from ansinh.population.forms import AnswerForm
from ansinh.population.labels import RESULTS, SEX
from ansinh.population.models import Answer, Member, Round
from ansinh.population.views import found_round
from ansinh.registry.records import born_of
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown

# key, result, the field that it asks for
KEYS = (
    ("1", "matched", ""), ("2", "different_name", "name"), ("3", "different_birth", "born"),
    ("4", "different_sex", ""), ("5", "wrong_number", "number"), ("6", "duplicate", ""),
    ("7", "deceased", "died_on"), ("8", "not_found", ""), ("9", "moved", "moved_to"),
)  # fmt: skip


def _place(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "") or request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _card(
    request: HttpRequest, found: Round, member: Member | None, *, form: AnswerForm | None = None,
    told: str = "", wrong: str = "",
) -> HttpResponse:  # fmt: skip
    person = member.person if member else None
    last = Answer.objects.filter(member=member).order_by("-seq").first() if member else None
    standing = last if last is not None and not hasattr(last, "withdrawal") else None
    left = acts.unanswered(round_id=found.pk)
    context: dict[str, Any] = {
        "round": found, "member": member, "person": person, "left": left, "done": found.people - left,
        "percent": 100 * (found.people - left) // max(found.people, 1), "told": told, "wrong": wrong,
        "form": form or AnswerForm(), "seen": last.seq if last else 0, "last": standing,
        "last_label": RESULTS[standing.result] if standing else "",
        "open": found.state in acts.TAKES_ANSWERS,
        "keys": [(key, result, RESULTS[result], asks) for key, result, asks in KEYS],
    }  # fmt: skip
    if person is not None:
        context |= {"born": born_of(person.born_on, person.born_precision).vi, "sex": SEX[person.sex]}
    fragment = request.headers.get("X-Fragment") == "1"
    template = "population/queue_card.html" if fragment else "population/queue.html"
    return render(request, template, context, status=422 if wrong else 200)


@requires("population.answer")
@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest, round_id: int) -> HttpResponse:
    """The next person who has no answer; an answer brings the one after."""
    found = found_round(round_id)
    if request.method == "GET":
        member = queries.next_unanswered(round_id=found.pk, after=_place(request, "sau"))
        return _card(request, found, member)
    form = AnswerForm(request.POST)
    member = Member.objects.select_related("person").filter(
        round=found, reference=request.POST.get("reference", "")[:12]
    ).first()  # fmt: skip
    if member is None or not form.is_valid():
        wrong = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _card(request, found, member, form=form, wrong=wrong or _("Chọn một kết quả."))
    try:
        acts.answer_one(
            round_id=found.pk, reference=member.reference, said=form.said(), note=form.cleaned_data["note"],
            seen_seq=form.cleaned_data["seen"], by=officer_of(request), at=timezone.now(),
            on=timezone.localdate(),
        )  # fmt: skip
    except Refusal as refused:
        return _card(request, found, member, form=form, wrong=shown(refused))
    told = f"{member.position}. {member.person.name}: {RESULTS[form.cleaned_data['result']]}"
    after = queries.next_unanswered(round_id=found.pk, after=member.position)
    return _card(request, found_round(round_id), after, told=told)


@requires("population.answer")
@require_POST
def take_back(request: HttpRequest, round_id: int) -> HttpResponse:
    """Undo one's last answer and show that person again."""
    found = found_round(round_id)
    try:
        undone = acts.take_back(round_id=found.pk, by=officer_of(request), at=timezone.now())
    except Refusal as refused:
        member = queries.next_unanswered(round_id=found.pk, after=_place(request, "sau"))
        return _card(request, found, member, wrong=shown(refused))
    member = Member.objects.select_related("person").get(pk=undone.member_id)
    told = _("Đã hoàn tác câu trả lời cho %(name)s.") % {"name": member.person.name}
    return _card(request, found_round(round_id), member, told=told)

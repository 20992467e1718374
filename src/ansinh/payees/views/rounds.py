# SPDX-License-Identifier: MPL-2.0
"""Review rounds: the board, one round by hamlet, the list to work through, one place with its forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ansinh.payees import printed, queries
from ansinh.payees.actions import places as place_acts
from ansinh.payees.actions import rounds as acts
from ansinh.payees.actions.papers import add_paper
from ansinh.payees.actions.places import PlaceChanged, Slip, Words
from ansinh.payees.forms import CollectForm, PaperForm, RoundForm, SlipForm, VisitForm
from ansinh.payees.labels import OBSTACLES, PLACE_STATES
from ansinh.payees.models import Mandate, Place, Round
from ansinh.payees.views.asked import PAGE, communes, held_at, refuse_form, whole_number
from ansinh.places.models import Unit
from ansinh.places.queries import with_history
from ansinh.rules.months import Month
from ansinh.rules.refusals import Refusal
from ansinh.staff.sign_in import officer_of
from ansinh.ui.access import requires
from ansinh.ui.fields import shown
from ansinh.ui.lists import MOST_ROWS, asked_kind, list_file

FIELDS = {"ACCOUNT_": "number", "BANK_": "bank", "PLACE_VISIT": "visited_on", "PAPER": "scan"}


@requires("register.read")
@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds, the open ones first, each with how far it is; a new one."""
    may_open = "review.write" in request.permissions  # type: ignore[attr-defined]
    on = timezone.localdate()
    units = _living(communes(request, "review.write"), on) if may_open else []
    initial = {
        "switch_month": Month.of(on).next,
        "title": _("Đợt rà soát %(month)s") % {"month": f"{on:%m/%Y}"},
    }
    form = RoundForm(
        request.POST or None, units=[(str(each.pk), each.name) for each in units], initial=initial
    )
    if request.method == "POST":
        if not may_open:
            raise Http404
        if form.is_valid():
            unit = next(each for each in units if str(each.pk) == form.cleaned_data["unit"])
            try:
                made = acts.open_round(
                    unit=unit, communes=sorted(with_history(unit_ids=[unit.pk])), by=officer_of(request),
                    title=form.cleaned_data["title"], switch_month=form.cleaned_data["switch_month"],
                    at=timezone.now(), on=on,
                )  # fmt: skip
            except Refusal as refused:
                form.add_error(None, shown(refused))
            else:
                messages.success(request, _("Đã lập danh sách rà soát."))
                return redirect("payees:round", made.pk)
    found = Round.objects.select_related("commune", "opened_by").order_by("-state", "-opened_at")
    if kind := asked_kind(request.GET.get("tai")):
        return list_file(
            kind=kind, name="ra-soat", who=officer_of(request).full_name,
            heads=[_("Đợt"), _("Xã, phường"), _("Ngày mở"), _("Số người"), _("Đã xong"), _("Tháng chuyển")],
            rows=(
                (each.title, each.commune.name, each.opened_on, people, done, f"{each.switch_month:%m/%Y}")
                for each, people, done in queries.with_progress(rounds=list(found[:MOST_ROWS]))
            ),
        )  # fmt: skip
    found = found[:100]
    context = {"rounds": queries.with_progress(rounds=list(found)), "form": form, "may_open": may_open}
    return render(request, "payees/rounds.html", context, status=422 if form.errors else 200)


def _living(units: list[Unit], on: date) -> list[Unit]:
    """The communes that exist on a day: a round of a merged commune covers those it was made of."""
    return [each for each in units if on in each.validity] or units


def _round(review_id: int) -> Round:
    found = Round.objects.select_related("commune", "opened_by", "closed_by").filter(pk=review_id).first()
    if found is None:
        raise Http404
    return found


@requires("register.read")
@require_GET
def board(request: HttpRequest, review_id: int) -> HttpResponse:
    """One round: how many stand where in each hamlet; each number opens its people."""
    found = _round(review_id)
    figures = queries.round_figures(round_id=review_id)
    states = [state for state in PLACE_STATES if any(state in row for row in figures.values())]
    rows = [
        (hamlet, [(state, row.get(state, 0)) for state in states], sum(row.values()))
        for hamlet, row in figures.items()
    ]
    totals = [(state, sum(row.get(state, 0) for row in figures.values())) for state in states]
    if kind := asked_kind(request.GET.get("tai")):
        return list_file(
            kind=kind, name=f"dot-{found.pk}", who=officer_of(request).full_name,
            heads=[_("Thôn, tổ"), *(PLACE_STATES[state][0] for state in states), _("Cộng")],
            rows=[
                *((hamlet, *(count for _state, count in cells), people) for hamlet, cells, people in rows),
                (_("Cả xã"), *(count for _state, count in totals), sum(count for _state, count in totals)),
            ],
        )  # fmt: skip
    held = held_at(request, found.commune_id)
    context = {
        "round": found, "states": states, "rows": rows, "totals": totals,
        "people": sum(count for _state, count in totals), "unsettled": queries.unsettled(figures=figures),
        "papers": found.papers.order_by("pk"), "paper_form": PaperForm(),
        "may_write": found.state == "open" and "review.write" in held,
        "may_hand_over": found.state == "open" and "account.confirm" in held,
    }  # fmt: skip
    return render(request, "payees/round.html", context)


@requires("review.write")
@require_POST
def move(request: HttpRequest, review_id: int) -> HttpResponse:
    """Sets of a round: agree a hamlet, bring up to date, compare, hand over, close."""
    found, by, at = _round(review_id), officer_of(request), timezone.now()
    if "review.write" not in held_at(request, found.commune_id):
        raise Http404
    act, hamlet = request.POST.get("act", ""), request.POST.get("hamlet", "")
    try:
        if act == "match":
            count = acts.match_hamlet(round_id=found.pk, hamlet=hamlet, by=by, at=at)
            messages.success(request, _("%(count)s người khớp dân cư.") % {"count": count})
        elif act == "compare":
            done = acts.compare_round(round_id=found.pk, by=by, at=at)
            messages.success(
                request,
                _("%(matched)s người khớp, %(differs)s người sai lệch theo kết quả đối chiếu.") % done,
            )
        elif act == "follow":
            done = acts.follow_round(round_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã cập nhật %(count)s người.") % {"count": sum(done.values())})
        elif act == "close":
            acts.close_round(round_id=found.pk, by=by, at=at)
            messages.success(request, _("Đã đóng đợt rà soát."))
        else:
            raise Http404
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("payees:round", review_id)


@requires("account.confirm")
@require_POST
def hand_over(request: HttpRequest, review_id: int) -> HttpResponse:
    """Hand the checked people to the paying unit."""
    found = _round(review_id)
    if "account.confirm" not in held_at(request, found.commune_id):
        raise Http404
    try:
        count = acts.hand_over(round_id=found.pk, by=officer_of(request), at=timezone.now())
        messages.success(request, _("Đã bàn giao %(count)s người cho đơn vị chi.") % {"count": count})
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("payees:round", review_id)


@requires("register.read")
@require_GET
def listing(request: HttpRequest, review_id: int) -> HttpResponse:
    """The people of a round by hamlet and state, in Vietnamese order."""
    found, asked = _round(review_id), request.GET
    people = queries.places(
        round_id=found.pk, hamlet=asked.get("thon"), state=asked.get("tt", "")[:12], text=asked.get("tim", "")
    )
    if kind := asked_kind(asked.get("tai")):
        rows = (
            (
                each.person.name, each.hamlet, PLACE_STATES[each.state][0],
                ", ".join(str(OBSTACLES[code][0]) for code in each.obstacles), each.note,
                each.account.bank if each.account else "",
                f"••••{each.account.number_last4}" if each.account else "",
            )
            for each in people[:MOST_ROWS]
        )  # fmt: skip
        heads = [_("Họ và tên"), _("Thôn"), _("Trạng thái"), _("Vướng gì để dùng tài khoản"), _("Ghi chú"),
                 _("Ngân hàng"), _("Số tài khoản")]  # fmt: skip
        return list_file(
            kind=kind, name=f"ra-soat-{found.pk}", heads=heads, rows=rows, who=officer_of(request).full_name
        )
    query = asked.copy()
    query.pop("trang", None)
    context = {
        "round": found,
        "page": Paginator(people, PAGE).get_page(asked.get("trang")),
        "asked": asked,
        "query": query.urlencode(),
        "hamlets": sorted(queries.round_figures(round_id=found.pk)),
        "states": [(state, label) for state, (label, _badge) in PLACE_STATES.items()],
    }
    return render(request, "payees/listing.html", context)


def _place(place_id: int) -> Place:
    rows = Place.objects.select_related("round", "person", "commune", "account", "mandate", "changed_by")
    found = rows.filter(pk=place_id).first()
    if found is None:
        raise Http404
    return found


def _forms(place: Place, request: HttpRequest) -> dict[str, Form]:
    on = timezone.localdate()
    posted = request.POST.get("form", "") if request.method == "POST" else ""
    mandates = list(Mandate.objects.filter(person_id=place.person_id, state__in=["declared", "active"]))
    own = not queries.needs_representative(person=place.person, on=on)
    police = "register.confirm_identity" in held_at(request, place.commune_id)
    visit = {"visited_on": place.visited_on or on, "helper": place.helper, "note": place.note,
             "obstacles": place.obstacles}  # fmt: skip
    return {
        "visit": VisitForm(request.POST if posted == "visit" else None, initial=visit, prefix="v"),
        "collect": CollectForm(
            request.POST if posted == "collect" else None, mandates=mandates, own=own, prefix="c",
            initial={"source": "police" if police else "commune"},
        ),
        "slip": SlipForm(
            request.POST if posted == "slip" else None, request.FILES if posted == "slip" else None,
            initial={"signed_on": on}, prefix="s",
        ),
    }  # fmt: skip


@requires("register.read")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """One beneficiary's place: what is known, what comes next, and the forms for it. A form that was
    opened before somebody else wrote shows theirs beside yours and keeps both until you choose."""
    found = _place(place_id)
    may_write = found.round.state == "open" and "review.write" in held_at(request, found.commune_id)
    forms, theirs, status = _forms(found, request), None, 200
    if request.method == "POST":
        if not may_write:
            raise Http404
        try:
            if _written(request, found, forms):
                messages.success(request, _("Đã ghi."))
                return redirect(_next(request, found))
            status = 422
        except PlaceChanged as changed:
            theirs, status = changed, 409
        except Refusal as refused:
            form = forms.get(request.POST.get("form", ""))
            if form is None:
                messages.error(request, shown(refused))
            else:
                refuse_form(form, refused, FIELDS)
            status = 422
    return _place_page(request, _place(place_id), forms, may_write=may_write, theirs=theirs, status=status)


def _place_page(
    request: HttpRequest, found: Place, forms: dict[str, Form], *, may_write: bool,
    theirs: PlaceChanged | None, status: int,
) -> HttpResponse:  # fmt: skip
    posted = request.POST.get("form", "")
    context: dict[str, Any] = {
        "place": found, "forms": forms, "may_write": may_write, "can": queries.place_events(place=found),
        "events": found.events.select_related("by").order_by("-version"), "posted": posted,
        "mandates": forms["collect"].fields["mandate"].choices,  # type: ignore[attr-defined]
        "others": queries.neighbours(place=found),
    }  # fmt: skip
    if theirs is not None:
        context |= {"theirs": shown(theirs), "mine": _mine(forms.get(posted))}
    return render(request, "payees/place.html", context, status=status)


def _mine(form: Form | None) -> list[tuple[str, str]]:
    """What the second writer had typed, in words."""
    if form is None:
        return []
    found = []
    for field in form:
        value = field.value()
        if isinstance(value, list):
            value = ", ".join(str(OBSTACLES[code][0]) for code in value if code in OBSTACLES)
        if value:
            found.append((str(field.label), str(value)))
    return found


def _next(request: HttpRequest, found: Place) -> str:
    """Stay with the person, or go on to the next one in the hamlet."""
    if "next" in request.POST:
        _before, after = queries.neighbours(place=found)
        if after is not None:
            return reverse("payees:place", args=[after])
    return reverse("payees:place", args=[found.pk])


def _written(request: HttpRequest, found: Place, forms: dict[str, Form]) -> bool:
    """Whether what was posted was written; False when a form has errors."""
    act, note = request.POST.get("form", ""), request.POST.get("note", "")
    version = whole_number(request.POST.get("version")) or 0
    who: dict[str, Any] = {
        "place_id": found.pk, "version": version, "by": officer_of(request), "at": timezone.now(),
    }  # fmt: skip
    on = timezone.localdate()
    if act in forms:
        if not forms[act].is_valid():
            return False
        _WRITERS[act](request, found, forms[act].cleaned_data, who)
    elif act == "miss":
        place_acts.write_visit(met=False, words=Words(on, note=note), on=on, **who)
    elif act in {"match", "leave"}:
        place_acts.settle_difference(agrees=act == "match", note=note, **who)
    elif act == "to_cash":
        place_acts.to_cash(note=note, **who)
    elif act == "reconsider":
        place_acts.reconsider(note=note, on=on, **who)
    elif act == "mandate":
        chosen = Mandate.objects.filter(
            pk=whole_number(request.POST.get("mandate")) or 0, person_id=found.person_id
        ).first()
        if chosen is None:
            raise Http404
        place_acts.collect_mandate(mandate=chosen, **who)
    else:
        raise Http404
    return True


def _write_visit(_request: HttpRequest, _place: Place, data: dict[str, Any], who: dict[str, Any]) -> None:
    words = Words(data["visited_on"], data["helper"], tuple(data["obstacles"]), data["note"])
    place_acts.write_visit(met=True, words=words, on=timezone.localdate(), **who)


def _write_collect(_request: HttpRequest, found: Place, data: dict[str, Any], who: dict[str, Any]) -> None:
    mandate = Mandate.objects.filter(pk=whole_number(data["mandate"]) or 0, person_id=found.person_id).first()
    words = Words(helper=found.helper, note=found.note)
    place_acts.collect_account(
        bank=data["bank"], number=data["number"], source=data["source"], holder_name=data["holder_name"],
        words=words, on=timezone.localdate(), mandate=mandate, **who,
    )  # fmt: skip


def _write_slip(_request: HttpRequest, found: Place, data: dict[str, Any], who: dict[str, Any]) -> None:
    slip = Slip(data["reason"], data["signed_on"], data["signed_how"], data["witness"])
    with transaction.atomic():  # a scan that is refused takes the slip with it
        place_acts.refuse_registration(slip=slip, on=timezone.localdate(), **who)
        if data["scan"]:
            add_paper(
                kind="refusal", name=data["scan"].name, content=data["scan"].read(), person=found.person,
                commune_id=found.commune_id, round_=found.round, by=who["by"], at=who["at"],
            )  # fmt: skip


@requires("review.write")
@require_POST
def attach(request: HttpRequest, review_id: int) -> HttpResponse:
    """Keep the scan of a signed paper with its round."""
    found = _round(review_id)
    if "review.write" not in held_at(request, found.commune_id):
        raise Http404
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Chọn loại giấy và tệp bản quét."))
        return redirect("payees:round", review_id)
    try:
        add_paper(
            kind=form.cleaned_data["kind"], name=form.cleaned_data["scan"].name, round_=found,
            content=form.cleaned_data["scan"].read(), commune_id=found.commune_id, by=officer_of(request),
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Đã đính bản quét."))
    except Refusal as refused:
        messages.error(request, shown(refused))
    return redirect("payees:round", review_id)


_WRITERS = {"visit": _write_visit, "collect": _write_collect, "slip": _write_slip}


@requires("register.read")
@require_GET
def print_paper(request: HttpRequest, review_id: int) -> HttpResponse:
    """A paper of the round as PDF: list of a hamlet, minutes, refusal slip, authorisation."""
    found, on, which = _round(review_id), timezone.localdate(), request.GET.get("giay", "")
    if which == "danh-sach":
        content = printed.review_list(round_=found, hamlet=request.GET.get("thon", ""), on=on)
    elif which == "bien-ban":
        content = printed.minutes(round_=found, on=on)
    else:
        place = _place(whole_number(request.GET.get("nguoi")) or 0)
        if place.round_id != found.pk or which not in {"phieu", "uy-quyen"}:
            raise Http404
        make = printed.refusal_slip if which == "phieu" else printed.authorisation
        content = make(place=place, on=on)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{which}-{found.pk}.pdf"'
    return response

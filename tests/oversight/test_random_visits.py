# SPDX-License-Identifier: MPL-2.0
"""A sample is drawn from words that were published before the lock, anybody draws it again, somebody of
another unit visits, and the error rate stands on the dashboard."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from ansinh.audit.models import Event
from ansinh.oversight.actions import draws, visits
from ansinh.oversight.jobs import draw_samples
from ansinh.oversight.lifecycles import VISIT
from ansinh.oversight.models import Draw, Visit
from ansinh.oversight.queries import samples
from ansinh.payroll.models import Payroll
from ansinh.rules.lifecycle import NotFromThisState
from ansinh.staff.models import Officer
from ansinh.staff.scope import limit_to, open_to_all
from tests.architecture.source import ROOT
from tests.conftest import units
from tests.directives.test_tasks_go_down import Statements
from tests.disbursement.month import locked
from tests.payroll.people import MARCH
from tests.staff.test_every_address_declares_its_permission import signed_in

Cast = dict[str, Officer]
WORDS = "xổ số Quảng Nam 27/02/2024: 48213"
BEFORE, LOCK = datetime(2024, 2, 21, tzinfo=UTC), datetime(2024, 2, 24, tzinfo=UTC)
AT, ON = datetime(2024, 3, 11, 3, tzinfo=UTC), date(2024, 3, 11)


def month(cast: Cast, people: int = 12, *, published: datetime | None = BEFORE) -> Payroll:
    """A payroll of Cẩm Thanh that was locked on 24 February."""
    if published:
        draws.publish_seed(period=MARCH, text=WORDS, by=cast["lanh-dao-so"], at=published)
    payroll = locked(cast, people, 0)
    Payroll.objects.filter(pk=payroll.pk).update(locked_at=LOCK)
    open_to_all()
    return payroll


@pytest.fixture
def sample(cast: Cast) -> Draw:
    return draws.draw(payroll_id=month(cast).pk, at=AT)


def record(visit: Visit, cast: Cast, finding: str = "right", note: str = "", by: str = "chuyen-vien-so",
           on: date = ON) -> Visit:  # fmt: skip
    return visits.record_visit(
        visit_id=visit.pk, finding=finding, note=note, visited_on=on, by=cast[by], at=AT, on=ON
    )


def test_the_database_draws_what_anybody_draws_again(sample: Draw) -> None:
    assert (sample.lines, sample.drawn, sample.visits.count()) == (12, 5, 5)
    proof = samples.drawn_again(draw=sample)
    assert (proof.lines, proof.drawn, proof.same) == (12, 5, True)


def test_a_sample_that_was_tampered_with_does_not_come_out_again(sample: Draw) -> None:
    victim = sample.visits.order_by("place").first()
    assert victim is not None
    taken = set(sample.visits.values_list("line_id", flat=True))
    victim.line_id = next(line for line in range(1, 99) if line not in taken)
    Visit.objects.filter(pk=victim.pk).update(line_id=victim.line_id)
    assert not samples.drawn_again(draw=sample).same


def test_words_published_after_the_lock_draw_nothing(cast: Cast) -> None:
    payroll = month(cast, published=LOCK + timedelta(minutes=1))
    with pytest.raises(draws.SeedTooLate):
        draws.draw(payroll_id=payroll.pk, at=AT)
    assert draw_samples(0) == 0
    assert not Draw.objects.exists()


def test_only_a_locked_payroll_with_words_is_drawn_and_once(cast: Cast) -> None:
    payroll = month(cast, published=None)
    with pytest.raises(draws.SeedMissing):
        draws.draw(payroll_id=payroll.pk, at=AT)
    draws.publish_seed(period=MARCH, text=WORDS, by=cast["lanh-dao-so"], at=BEFORE)
    Payroll.objects.filter(pk=payroll.pk).update(locked_at=None)
    with pytest.raises(draws.PayrollNotLocked):
        draws.draw(payroll_id=payroll.pk, at=AT)
    Payroll.objects.filter(pk=payroll.pk).update(locked_at=LOCK)
    assert draw_samples(0) == 1
    assert draw_samples(0) == 0
    with pytest.raises(draws.DrawnAlready):
        draws.draw(payroll_id=payroll.pk, at=AT)


def test_words_are_long_enough_and_stay(cast: Cast) -> None:
    with pytest.raises(draws.SeedTooShort):
        draws.publish_seed(period=MARCH, text="   48213    ", by=cast["lanh-dao-so"], at=BEFORE)
    made = draws.publish_seed(period=MARCH, text=WORDS, by=cast["lanh-dao-so"], at=BEFORE)
    with pytest.raises(draws.SeedPublished):
        draws.publish_seed(period=MARCH, text=WORDS + " khác", by=cast["lanh-dao-so"], at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE oversight_seed SET text = 'khác' WHERE id = %s", [made.pk])
    assert Event.objects.filter(act="oversight.publish_seed").count() == 1


def test_drawing_takes_a_few_statements_however_many_lines(cast: Cast) -> None:
    payroll, counter = month(cast, 40), Statements()
    with connection.execute_wrapper(counter):
        draws.draw(payroll_id=payroll.pk, at=AT)
    assert counter.count < 16


def test_what_was_found_is_recorded_amended_with_a_reason_and_left_in_the_log(
    cast: Cast, sample: Draw
) -> None:
    visit = sample.visits.get(place=1)
    with pytest.raises(visits.FindingUnknown):
        record(visit, cast, "fine")
    with pytest.raises(visits.WrongNeedsNote):
        record(visit, cast, "dead")
    with pytest.raises(visits.VisitInFuture):
        record(visit, cast, on=date(2024, 3, 12))
    said = {"visit_id": visit.pk, "visited_on": ON, "at": AT, "on": ON}
    visits.miss_visit(note="đi viện", by=cast["chuyen-vien-so"], **said)
    assert record(visit, cast).finding == "right"
    with pytest.raises(NotFromThisState):
        visits.miss_visit(note="x", by=cast["kiem-toan"], **said)
    with pytest.raises(visits.WrongNeedsNote):
        record(visit, cast, "right")
    assert record(visit, cast, "not_received", "con trai nói lại").finding == "not_received"
    logged = Event.objects.filter(act="oversight.amend_visit").get()
    assert logged.details == {"finding": "not_received", "before": "right"}


def test_the_commune_does_not_visit_its_own_people_and_nobody_their_own_payroll(
    cast: Cast, sample: Draw
) -> None:
    visit = sample.visits.get(place=1)
    with pytest.raises(visits.OwnCommune):
        record(visit, cast, by="lanh-dao-xa")
    Payroll.objects.filter(pk=sample.payroll_id).update(prepared_by=cast["chuyen-vien-so"])
    with pytest.raises(visits.OwnCommune):
        record(visit, cast)
    assert record(visit, cast, by="kiem-toan").state == "visited"


def test_the_error_rate_is_measured_and_stands_on_the_dashboard(cast: Cast, sample: Draw) -> None:
    communes = [units()[0].pk]
    assert samples.rate(month=MARCH, commune_ids=communes).rate is None
    for place in range(1, 6):
        finding = "other_amount" if place == 1 else "right"
        record(sample.visits.get(place=place), cast, finding, "nhận 400.000")
    found = samples.rate(month=MARCH, commune_ids=communes)
    assert (found.visited, found.wrong, found.rate) == (5, 1, 200)
    assert (found.low, found.high) == (36, 625)
    client = signed_in(cast["chuyen-vien-so"])
    page = client.get(reverse("dashboards:overview"), {"thang": "03/2024", "don-vi": units()[1].pk})
    text = page.content.decode()
    assert "20,0%" in text
    assert "3,6% – 62,5%" in text
    assert "20,0%" in client.get(reverse("oversight:samples")).content.decode()


def test_a_visit_is_entered_on_its_page_and_a_bad_one_is_said_beside_the_field(
    cast: Cast, sample: Draw
) -> None:
    client = signed_in(cast["chuyen-vien-so"])
    visit = sample.visits.select_related("person").get(place=1)
    assert visit.person.name in client.get(reverse("oversight:visits")).content.decode()
    address = reverse("oversight:visit", args=[visit.pk])
    empty = client.post(address, {"visited_on": "11/03/2024"})
    assert empty.status_code == 422
    assert "Chọn một dòng" in empty.content.decode()
    wrong = client.post(address, {"finding": "dead", "visited_on": "11/03/2024", "note": ""})
    assert wrong.status_code == 422
    assert "Ghi điều đã thấy" in wrong.content.decode()
    assert client.post(address, {"finding": "right", "visited_on": "11/03/2024"}).status_code == 302
    open_to_all()
    assert Visit.objects.get(pk=visit.pk).finding == "right"
    assert "đúng 5 khoản" in client.get(reverse("oversight:sample", args=[sample.pk])).content.decode()


def test_another_scope_sees_no_visit(sample: Draw) -> None:
    limit_to(unit_ids=[])
    assert not Visit.objects.exists()


def test_the_life_of_a_visit_in_the_documents_is_the_one_in_the_code() -> None:
    text = (ROOT / "docs" / "reference" / "oversight.md").read_text(encoding="utf-8")
    assert VISIT.mermaid() in text

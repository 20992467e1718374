# SPDX-License-Identifier: MPL-2.0
"""Every page of the stage opens, keeps what was typed when it refuses, and shows numbers that agree."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from ansinh.payees.actions import answer_holder, check_identity, raise_cases, rounds
from ansinh.payees.models import Account, Case, Enquiry, Insider, Mandate, Paper, Place
from ansinh.places.queries import homes
from ansinh.registry.models import Person
from ansinh.rules.months import Month
from ansinh.staff.models import Officer
from tests.conftest import units
from tests.payees.people import AT, ON, approved, declare, mandate, number, person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def at_the_desk(officers: dict[str, Officer], monkeypatch: pytest.MonkeyPatch) -> dict[str, Client]:
    """Signed-in officers by user name; the step-up has just been done."""
    monkeypatch.setattr(
        "allauth.account.internal.flows.reauthentication.did_recently_reauthenticate", lambda _request: True
    )
    monkeypatch.setattr("ansinh.staff.middleware.has_second_factor", lambda _user: True)
    clients = {}
    for username in ("lap-danh-sach", "cong-an-xa", "lanh-dao-xa", "lanh-dao-so"):
        clients[username] = Client()
        clients[username].force_login(officers[username], backend=BACKEND)
    return clients


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def everything(officers: dict[str, Officer]) -> tuple[Person, Account, Mandate]:
    elder = person(officers, "Nguyễn Thị Lan", hamlet="Thôn 1")
    account = declare(officers, elder, number="4000123456789")
    check_identity(account_id=account.pk, passed=True, by=officers["cong-an-xa"], at=AT)
    answer_holder(account_id=account.pk, holder_name="NGUYEN THI LAM", answered_by="VBA", by=None, at=AT)
    held = mandate(officers, person(officers, "Lê Thị Cúc", hamlet="Thôn 2"))
    approved(officers, person(officers, "Trần Văn Ba"))
    commune = units()[0]
    rounds.open_round(
        unit=commune, communes=[commune.pk], title="Đợt tháng 3", switch_month=Month(2024, 5),
        by=officers["lap-danh-sach"], at=AT, on=ON,
    )  # fmt: skip
    raise_cases(at=AT, on=ON)
    return elder, account, held


def test_every_page_opens_for_those_who_work_here(
    officers: dict[str, Officer], at_the_desk: dict[str, Client]
) -> None:
    elder, account, held = everything(officers)
    place, case = Place.objects.get(person=elder), Case.objects.get(rule="D11")
    maker, leader = at_the_desk["lap-danh-sach"], at_the_desk["lanh-dao-xa"]
    assert "Nguyễn Thị Lan" in text(maker, "/nguoi-nhan/tai-khoan/")
    assert "4000123456789" not in text(maker, f"/nguoi-nhan/tai-khoan/{account.pk}/")
    assert "cell-bad" in text(leader, "/nguoi-nhan/ten-khong-khop/"), "the differing letter is marked"
    assert "Trần Văn Nam" in text(leader, "/nguoi-nhan/uy-quyen/")
    round_ = f"/nguoi-nhan/ra-soat/{place.round_id}/"
    for path, shown in (
        (f"/nguoi-nhan/uy-quyen/{held.pk}/", "Giấy uỷ quyền số 12"), ("/nguoi-nhan/ra-soat/", "Đợt tháng 3"),
        (round_, "Thôn 1"), (f"{round_}danh-sach/?thon=Thôn 1", elder.name),
        (f"/nguoi-nhan/ra-soat/nguoi/{place.pk}/", elder.name), ("/nguoi-nhan/nhom/", "Cẩm Thanh"),
        ("/nguoi-nhan/nhom/nguoi/?nhom=B", elder.name), ("/nguoi-nhan/nghi-van/", "D11"),
        (f"/nguoi-nhan/nghi-van/{case.pk}/", elder.name), ("/nguoi-nhan/uy-quyen/?muc=sap-het", "30 ngày"),
        (f"/ho-so/doi-tuong/{elder.pk}/", "Người nhận và tài khoản"), ("/", "Nghi vấn chờ kết luận"),
        ("/nguoi-nhan/tai-khoan/?muc=hoi-ten&tim=lan", elder.name),
    ):  # fmt: skip
        assert shown in text(leader, path), path
    assert "chờ hỏi tên" in text(maker, "/nguoi-nhan/hoi-ten/")
    text(maker, f"/nguoi-nhan/doi-tuong/{elder.pk}/tai-khoan/")
    text(maker, f"/nguoi-nhan/doi-tuong/{elder.pk}/uy-quyen/")
    text(leader, "/nguoi-nhan/tai-khoan/999999/", 404)


def test_a_village_head_is_put_on_the_list_and_taken_off(
    officers: dict[str, Officer], at_the_desk: dict[str, Client]
) -> None:
    leader, path = at_the_desk["lanh-dao-so"], "/nguoi-nhan/nguoi-lien-quan/"
    today = timezone.localdate()
    unit = str(homes(unit_ids=[units()[0].pk], on=today)[units()[0].pk])
    typed = {"unit": unit, "name": "Trần Văn Nam", "kind": "relative", "since": f"{today:%d/%m/%Y}",
             "number": number(born=date(1970, 1, 1))}  # fmt: skip
    refused = leader.post(path, typed)
    assert refused.status_code == 422
    assert "người thân của ai" in refused.content.decode()
    assert leader.post(path, typed | {"kind": "village_head"}).status_code == 302
    assert "Trần Văn Nam" in text(leader, path)
    assert "Trần Văn Nam" in text(leader, f"{path}?tai=csv")
    assert leader.post(f"{path}{Insider.objects.get().pk}/het/").status_code == 302
    assert Insider.objects.get().until == today
    assert at_the_desk["lap-danh-sach"].get(path).status_code == 403


def test_an_account_goes_through_the_pages(
    officers: dict[str, Officer], at_the_desk: dict[str, Client]
) -> None:
    elder = person(officers, "Nguyễn Thị Hoà")
    path = f"/nguoi-nhan/doi-tuong/{elder.pk}/tai-khoan/"
    typed = {"bank": "VBA", "number": "400012345678", "source": "commune", "asserted_by": "bà Hoà",
             "asserted_on": f"{timezone.localdate():%d/%m/%Y}", "mandate": "",
             "holder_name": "NGUYEN THI HOA"}  # fmt: skip
    maker = at_the_desk["lap-danh-sach"]
    refused = maker.post(path, typed)
    assert refused.status_code == 422
    assert 'value="400012345678"' in refused.content.decode(), "nothing typed is lost"
    assert maker.post(path, typed | {"number": "4000123456789"}).status_code == 302
    account = Account.objects.get()
    decide = f"/nguoi-nhan/tai-khoan/{account.pk}/quyet-dinh/"
    assert maker.post(decide, {"decision": "identity"}).status_code == 404, "not the one who declared"
    at_the_desk["cong-an-xa"].post(decide, {"decision": "identity"})
    account.refresh_from_db()
    assert account.state == "holder_checked"
    assert at_the_desk["cong-an-xa"].post(decide, {"decision": "approve"}).status_code == 404
    at_the_desk["lanh-dao-xa"].post(decide, {"decision": "approve"})
    account.refresh_from_db()
    assert account.state == "approved"
    seen = at_the_desk["lanh-dao-xa"].post(
        f"/nguoi-nhan/tai-khoan/{account.pk}/xem-so/", {"reason": "đối chiếu với sổ"}, follow=True
    )
    assert "4000123456789" in seen.content.decode()
    again = at_the_desk["lanh-dao-xa"].get(f"/nguoi-nhan/tai-khoan/{account.pk}/").content.decode()
    assert "4000123456789" not in again, "shown once"


def test_a_list_goes_to_the_bank_and_comes_back(
    officers: dict[str, Officer], at_the_desk: dict[str, Client]
) -> None:
    account = declare(officers, person(officers), number="4000123456789")
    check_identity(account_id=account.pk, passed=True, by=officers["cong-an-xa"], at=AT)
    maker = at_the_desk["lap-danh-sach"]
    out = maker.post("/nguoi-nhan/hoi-ten/", {"bank": "VBA"})
    assert '="4000123456789"' in out.content.decode("utf-8-sig").replace('""', '"')
    assert "Hoà" not in out.content.decode("utf-8-sig")
    back = out.content.decode("utf-8-sig").replace(";;", ";found;NGUYEN THI HOA").encode("utf-8-sig")
    path = f"/nguoi-nhan/hoi-ten/{Enquiry.objects.get().pk}/tra-loi/"
    assert maker.post(path).status_code == 302
    maker.post(path, {"file": _upload("tra-loi.csv", back)})
    account.refresh_from_db()
    assert account.state == "holder_checked"


def _upload(name: str, content: bytes) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def test_the_second_writer_sees_both_and_loses_nothing(
    officers: dict[str, Officer], at_the_desk: dict[str, Client]
) -> None:
    everything(officers)
    place = Place.objects.get(person__name="Nguyễn Thị Lan")
    maker, police = at_the_desk["lap-danh-sach"], at_the_desk["cong-an-xa"]
    board = f"/nguoi-nhan/ra-soat/{place.round_id}/viec/"
    maker.post(board, {"act": "match", "hamlet": "Thôn 1"})
    place.refresh_from_db()
    path = f"/nguoi-nhan/ra-soat/nguoi/{place.pk}/"
    today = f"{timezone.localdate():%d/%m/%Y}"
    said = {"form": "visit", "version": place.version, "v-visited_on": today, "v-helper": "trưởng thôn"}
    assert police.post(path, said | {"v-note": "ở với con gái"}).status_code == 302
    second = maker.post(path, said | {"v-note": "bà đi viện", "v-obstacles": ["frail"]})
    shown = second.content.decode()
    assert second.status_code == 409
    assert "ở với con gái" in shown
    assert 'value="bà đi viện"' in shown
    assert "già yếu" in shown
    place.refresh_from_db()
    assert place.note == "ở với con gái"
    kept = maker.post(path, said | {"v-note": "bà đi viện, ở với con gái", "version": place.version})
    assert kept.status_code == 302


def test_a_refusal_with_its_scan(officers: dict[str, Officer], at_the_desk: dict[str, Client]) -> None:
    everything(officers)
    place = Place.objects.get(person__name="Nguyễn Thị Lan")
    police = at_the_desk["cong-an-xa"]
    police.post(f"/nguoi-nhan/ra-soat/{place.round_id}/viec/", {"act": "match", "hamlet": "Thôn 1"})
    path, today = f"/nguoi-nhan/ra-soat/nguoi/{place.pk}/", f"{timezone.localdate():%d/%m/%Y}"
    police.post(path, {"form": "visit", "version": 2, "v-visited_on": today})
    said = {"form": "slip", "version": 3, "s-reason": "quen tiền mặt", "s-signed_on": today,
            "s-signed_how": "fingerprint"}  # fmt: skip
    bad = police.post(path, said | {"s-scan": _upload("phieu.exe", b"MZ")})
    assert bad.status_code == 422
    assert Place.objects.get(pk=place.pk).state == "visited", "nothing is half written"
    assert police.post(path, said | {"s-scan": _upload("phieu.pdf", b"%PDF-1.7")}).status_code == 302
    scan = Paper.objects.get()
    assert police.get(f"/nguoi-nhan/giay/{scan.pk}/").content == b"%PDF-1.7"


@pytest.mark.parametrize("which", ["danh-sach&thon=Thôn 1", "bien-ban", "phieu", "uy-quyen"])
def test_papers_are_pdf(officers: dict[str, Officer], at_the_desk: dict[str, Client], which: str) -> None:
    everything(officers)
    place = Place.objects.get(person__name="Nguyễn Thị Lan")
    response = at_the_desk["cong-an-xa"].get(
        f"/nguoi-nhan/ra-soat/{place.round_id}/in/?giay={which}&nguoi={place.pk}"
    )
    assert response.content.startswith(b"%PDF-")


def test_lists_leave_as_text_without_formulas(
    officers: dict[str, Officer], at_the_desk: dict[str, Client]
) -> None:
    everything(officers)
    place = Place.objects.first()
    assert place is not None
    Place.objects.filter(pk=place.pk).update(note="=1+1")
    leader = at_the_desk["lanh-dao-xa"]
    round_ = f"ra-soat/{place.round_id}"
    for path in ("tai-khoan/", "uy-quyen/", "nhom/", "nhom/nguoi/", "ten-khong-khop/", "nghi-van/",
                 "ra-soat/", f"{round_}/", f"{round_}/danh-sach/"):  # fmt: skip
        content = text(leader, f"/nguoi-nhan/{path}?tai=csv")
        assert content.startswith("\ufeff")
        assert "Trần Văn Đức" in content.splitlines()[-1], "who took it out"
        assert ";=1+1" not in content
        book = load_workbook(io.BytesIO(leader.get(f"/nguoi-nhan/{path}?tai=xlsx").content))
        rows = [[cell.value or "" for cell in row] for row in book.active.rows]
        assert rows[-1][0] == "Trần Văn Đức"
        assert len(rows) == len(content.splitlines()), "the same list in both"
        assert {cell.data_type for row in book.active.rows for cell in row} <= {"s", "n"}


def test_the_queue_is_decided_in_one_act_by_whoever_may(
    officers: dict[str, Officer], at_the_desk: dict[str, Client]
) -> None:
    made = [
        declare(officers, person(officers, name), holder_name=name) for name in ("Lê Thị An", "Lê Thị Ba")
    ]
    other = declare(officers, person(officers, "Trần Văn Cả"), holder_name="Trần Văn Cả")
    path = "/nguoi-nhan/tai-khoan/nhieu/"
    police, leader = at_the_desk["cong-an-xa"], at_the_desk["lanh-dao-xa"]
    assert "Xác nhận cả 3 tài khoản" in text(police, "/nguoi-nhan/tai-khoan/?muc=nhan-than")
    assert police.post(path, {"query": "muc=duyet", "all": "1"}).status_code == 404
    police.post(path, {"query": "muc=nhan-than", "account": [str(each.pk) for each in made]})
    states = [Account.objects.get(pk=each.pk).state for each in (*made, other)]
    assert states == ["holder_checked", "holder_checked", "format_checked"]
    police.post(path, {"query": "muc=nhan-than&tim=ca", "all": "1"})
    leader.post(path, {"query": "muc=duyet&tim=le", "all": "1"})
    states = [Account.objects.get(pk=each.pk).state for each in (*made, other)]
    assert states == ["approved", "approved", "holder_checked"]
    answer = leader.post(path, {"query": "muc=duyet"}, follow=True)
    assert "Chọn ít nhất một tài khoản" in answer.content.decode()


def test_a_mandate_by_hand_and_its_approval(
    officers: dict[str, Officer], at_the_desk: dict[str, Client]
) -> None:
    child = person(officers, "Trần Bảo An", born=date(timezone.localdate().year - 9, 1, 1))
    maker = at_the_desk["lap-danh-sach"]
    page = text(maker, f"/nguoi-nhan/doi-tuong/{child.pk}/tai-khoan/")
    assert "không tự đứng tên tài khoản" in page
    path, today = f"/nguoi-nhan/doi-tuong/{child.pk}/uy-quyen/", f"{timezone.localdate():%d/%m/%Y}"
    typed = {"kind": "proxy", "payee_name": "Trần Thị Mẹ", "payee_number": number(born=date(1985, 1, 1)),
             "relation": "mẹ", "document": "Giấy khai sinh 12", "certified_by": "UBND xã",
             "certified_on": today, "starts_on": today}  # fmt: skip
    assert maker.post(path, typed).status_code == 422
    assert maker.post(path, typed | {"kind": "household"}).status_code == 302
    held = Mandate.objects.get()
    at_the_desk["lanh-dao-xa"].post(f"/nguoi-nhan/uy-quyen/{held.pk}/quyet-dinh/", {"decision": "approve"})
    held.refresh_from_db()
    assert held.state == "active"


def test_a_case_is_decided_on_its_page(officers: dict[str, Officer], at_the_desk: dict[str, Client]) -> None:
    everything(officers)
    case = Case.objects.get(rule="D11")
    path = f"/nguoi-nhan/nghi-van/{case.pk}/ket-luan/"
    leader = at_the_desk["lanh-dao-xa"]
    assert leader.post(path, {"outcome": "", "note": ""}).status_code == 422
    assert leader.post(path, {"outcome": "client_error", "note": "bà Lan ghi nhầm"}).status_code == 302
    case.refresh_from_db()
    assert case.outcome == "client_error"


def test_a_signed_paper_is_attached_to_its_round(
    officers: dict[str, Officer], at_the_desk: dict[str, Client]
) -> None:
    everything(officers)
    place = Place.objects.first()
    assert place is not None
    maker, board = at_the_desk["lap-danh-sach"], f"/nguoi-nhan/ra-soat/{place.round_id}/"
    assert "Chưa có bản quét nào" in text(maker, board)
    for name, content in (("bb.pdf", b"%PDF-1.7 bien ban"), ("bb.exe", b"MZ")):
        maker.post(f"{board}giay/", {"kind": "minutes", "scan": SimpleUploadedFile(name, content)})
    found = Paper.objects.get()
    assert (found.kind, found.round_id, found.mime) == ("minutes", place.round_id, "application/pdf")
    assert "bb.pdf" in text(maker, board)

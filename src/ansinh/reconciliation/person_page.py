# SPDX-License-Identifier: MPL-2.0
"""What payers said about a person's payments, in the person's timeline."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansinh.disbursement.queries import rows
from ansinh.registry.extensions import Entry, Viewer
from ansinh.registry.models import Person
from ansinh.rules.money import format_vnd
from ansinh.statements import statement

SAID = {"paid": (_("Đã chi"), "ok"), "failed": (_("Không chi được"), "stop"),
        "returned": (_("Bị trả về"), "wait")}  # fmt: skip


def timeline(*, person: Person, viewer: Viewer, many: int) -> Iterator[Entry]:
    """Each booked result with the payer's own number, for those who may see money."""
    if "money.read" not in viewer.permissions:
        return
    values = {"person": person.pk, "many": many}
    for each in rows(sql=statement("reconciliation", "person_results"), values=values):
        label, badge = SAID[each["fact"]]
        said = [format_vnd(each["amount_vnd"]), each["end_to_end_id"], each["reference"], each["reason"],
                each["name"]]  # fmt: skip
        yield Entry(
            each["received_at"], _("Kết quả của nơi chi trả"), " · ".join(filter(None, said)),
            url=reverse("reconciliation:file", args=[each["file_id"]]), badge=badge, badge_label=label,
        )  # fmt: skip

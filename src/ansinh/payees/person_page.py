# SPDX-License-Identifier: MPL-2.0
"""What this stage shows on a person's page: who receives and where, and how that came about."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.payees.labels import EVENTS, GROUPS, MANDATE_STATES, WHYS
from ansinh.payees.models import AccountEvent, Mandate, Place
from ansinh.payees.queries import group_of
from ansinh.providers.directory import bank_name
from ansinh.registry.extensions import Entry, Panel, Viewer
from ansinh.registry.models import Person
from ansinh.rules.months import Month


def payees(*, person: Person, viewer: Viewer) -> Panel:
    """Accounts and mandates with their dates, the group, and the place in a round."""
    group, why = group_of(person_id=person.pk, month=Month.of(viewer.on).next)
    place = Place.objects.filter(person=person, round__state="open").select_related("round").first()
    return Panel(
        _("Người nhận và tài khoản"),
        "payees/panel.html",
        {
            "accounts": person.accounts.select_related("mandate").order_by("-pk"),
            "mandates": person.mandates.order_by("-pk"),
            "group": GROUPS[group][0] if group else "",
            "letter": group,
            "why": WHYS[why][0] if why else "",
            "place": place,
            "may_propose": "account.propose" in viewer.permissions,
        },
    )


def timeline(*, person: Person, viewer: Viewer, many: int) -> Iterable[Entry]:
    """The steps of the person's accounts and mandates, for those who see the register."""
    if "register.read" not in viewer.permissions:
        return
    events = AccountEvent.objects.filter(account__person=person).select_related("account", "by")
    for each in events.order_by("-pk")[:many]:
        label, colour = EVENTS.get(each.event, (each.event, "note"))
        yield Entry(
            each.at, _("Tài khoản %(bank)s ••••%(last4)s")
            % {"bank": bank_name(each.account.bank), "last4": each.account.number_last4},
            each.details.get("reason", ""), each.by.full_name if each.by else "",
            reverse("payees:account", args=[each.account_id]), colour, label,
        )  # fmt: skip
    for held in Mandate.objects.filter(person=person).select_related("made_by").order_by("-pk")[:many]:
        label, colour = MANDATE_STATES[held.state]
        yield Entry(
            held.decided_at or held.made_at, _("Người nhận thay: %(name)s") % {"name": held.payee_name},
            held.document, held.made_by.full_name if held.made_by else "",
            reverse("payees:mandate", args=[held.pk]), colour, label,
        )  # fmt: skip

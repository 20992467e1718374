# SPDX-License-Identifier: MPL-2.0
"""Every address. Each names its permission in its own `urls.py`; a test walks them all."""

from __future__ import annotations

from django.urls import include, path

from ansinh.config import monitoring

urlpatterns = [
    path("san-sang/", monitoring.ready, name="ready"),
    path("do-luong/", monitoring.metrics, name="metrics"),
    path("", include("ansinh.ui.urls")),
    path("ho-so/", include("ansinh.registry.urls")),
    path("van-dong/", include("ansinh.outreach.urls")),
    path("dan-cu/", include("ansinh.population.urls")),
    path("bang-chi/", include("ansinh.payroll.urls")),
    path("chi-tra/", include("ansinh.disbursement.urls")),
    path("doi-soat/", include("ansinh.reconciliation.urls")),
    path("so-cai/", include("ansinh.ledger.urls")),
    path("don-vi/", include("ansinh.places.urls")),
    path("can-bo/", include("ansinh.staff.urls")),
    path("nguoi-nhan/", include("ansinh.payees.urls")),
    path("nhat-ky/", include("ansinh.audit.urls")),
    path("phe-duyet/", include("ansinh.approvals.urls")),
    path("to-chuc-chi-tra/", include("ansinh.providers.urls")),
    path("chi-dao/", include("ansinh.directives.urls")),
    path("giam-sat/", include("ansinh.oversight.urls")),
    path("tien-do/", include("ansinh.dashboards.urls")),
    path("phap-luat/", include("ansinh.legislation.urls")),
    path("tai-khoan/", include("allauth.account.urls")),
    path("tai-khoan/hai-buoc/", include("allauth.mfa.urls")),
    path("tai-khoan/phien/", include("allauth.usersessions.urls")),
]

handler400 = "ansinh.ui.views.bad_request"
handler403 = "ansinh.ui.views.forbidden"
handler404 = "ansinh.ui.views.not_found"
handler500 = "ansinh.ui.views.failed"

# SPDX-License-Identifier: MPL-2.0
"""Every address. Each names its permission in its own `urls.py`; a test walks them all."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("ansinh.ui.urls")),
    path("don-vi/", include("ansinh.places.urls")),
    path("can-bo/", include("ansinh.staff.urls")),
    path("nhat-ky/", include("ansinh.audit.urls")),
    path("phe-duyet/", include("ansinh.approvals.urls")),
    path("phap-luat/", include("ansinh.legislation.urls")),
]

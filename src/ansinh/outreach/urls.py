# SPDX-License-Identifier: MPL-2.0
"""Addresses of outreach."""

from django.urls import path

from ansinh.outreach.views import campaigns, messages, targets, visits

app_name = "outreach"
urlpatterns = [
    path("", campaigns.campaigns, name="campaigns"),
    path("dot/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("dot/<int:campaign_id>/buoc/", campaigns.move, name="move"),
    path("dot/<int:campaign_id>/giao/", campaigns.assign, name="assign"),
    path("dot/<int:campaign_id>/nguoi-giup/", campaigns.helper, name="helper"),
    path("dot/<int:campaign_id>/ngay-mo/", campaigns.day, name="day"),
    path("ngay-mo/<int:day_id>/", campaigns.end_day, name="end_day"),
    path("dot/<int:campaign_id>/nguoi/", visits.contacts, name="contacts"),
    path("dot/<int:campaign_id>/phieu/", visits.sheet, name="sheet"),
    path("dot/<int:campaign_id>/phieu-ve/", visits.take_sheet, name="take_sheet"),
    path("nguoi/<int:contact_id>/", visits.contact, name="contact"),
    path("nguoi/<int:contact_id>/cach-bao/", visits.wish, name="wish"),
    path("dot/<int:campaign_id>/moi/", messages.invite, name="invite"),
    path("tin/", messages.messages_page, name="messages"),
    path("tin/gui/", messages.send, name="send"),
    path("tin/<int:notice_id>/gui-lai/", messages.send_again, name="send_again"),
    path("tin/tep/<str:sha256>/", messages.file, name="file"),
    path("chi-tieu/", targets.targets, name="targets"),
    path("chi-tieu/nguoi/", targets.behind, name="behind"),
    path("chi-tieu/tai/", targets.export, name="export"),
]

# SPDX-License-Identifier: MPL-2.0
"""Addresses of the reconciliation."""

from django.urls import path

from ansinh.population.views import cleaning, desk, minutes, queue, rounds

app_name = "population"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("<int:round_id>/", rounds.one, name="round"),
    path("<int:round_id>/giao/", rounds.give, name="hand_over"),
    path("<int:round_id>/tep/<int:hand_over_id>/", rounds.handed_file, name="handed_file"),
    path("<int:round_id>/tra-loi/", rounds.answers, name="answers"),
    path("<int:round_id>/huy/", rounds.cancel, name="cancel"),
    path("<int:round_id>/sai-lech/", cleaning.differences, name="differences"),
    path("<int:round_id>/sai-lech/chon/", cleaning.choose, name="choose"),
    path("<int:round_id>/sai-lech/hoan-tac/", cleaning.undo, name="undo"),
    path("<int:round_id>/sai-lech/trinh/", cleaning.submit, name="submit"),
    path("<int:round_id>/giai-quyet-xong/", cleaning.resolve, name="resolve"),
    path("<int:round_id>/xac-minh/", queue.queue, name="queue"),
    path("<int:round_id>/xac-minh/hoan-tac/", queue.take_back, name="take_back"),
    path("<int:round_id>/bien-ban/", minutes.minutes, name="minutes"),
    path("<int:round_id>/bien-ban.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path("<int:round_id>/ky/", minutes.sign, name="sign"),
    path("tam-giu/", desk.desk, name="desk"),
    path("tam-giu/<int:answer_id>/", desk.decide, name="decide"),
    path("song-lai/<int:answer_id>/", desk.alive, name="alive"),
]

# SPDX-License-Identifier: MPL-2.0
"""Addresses of steering."""

from django.urls import path

from ansinh.directives.views import answers, complaints, difficulties, directives, plans, tasks

app_name = "directives"
urlpatterns = [
    path("", directives.directives, name="directives"),
    path("van-ban/them/", directives.record, name="record"),
    path("van-ban/<int:document_id>/tep/", directives.document_file, name="document_file"),
    path("van-ban/<int:document_id>/giao/", directives.begin, name="begin"),
    path("<int:directive_id>/", directives.directive, name="directive"),
    path("<int:directive_id>/them-viec/", directives.add_order, name="add_order"),
    path("<int:directive_id>/chuyen/", directives.move, name="move_directive"),
    path("<int:directive_id>/nhac/", directives.remind_all, name="remind"),
    path("<int:directive_id>/ke-hoach/<int:unit_id>/", plans.plan, name="plan"),
    path("<int:directive_id>/ke-hoach/<int:unit_id>/tai/", plans.download, name="download_plan"),
    path("<int:directive_id>/ke-hoach/<int:unit_id>/ban-hanh/", plans.issue, name="issue_plan"),
    path("viec/", tasks.tasks, name="tasks"),
    path("viec/nhan/", tasks.acknowledge, name="acknowledge"),
    path("viec/<int:task_id>/", tasks.task, name="task"),
    path("viec/<int:task_id>/giao-can-bo/", tasks.assign, name="assign"),
    path("viec/<int:task_id>/bao-cao/", tasks.report, name="report"),
    path("viec/<int:task_id>/chuyen/", tasks.move, name="move_task"),
    path("viec/<int:task_id>/giao-xuong/", tasks.hand_down, name="hand_down"),
    path("viec/<int:task_id>/nhac/", tasks.remind_one, name="remind_one"),
    path("bao-cao/<int:report_id>/tep/", tasks.report_file, name="report_file"),
    path("kho-khan/", difficulties.difficulties, name="difficulties"),
    path("kho-khan/them/", difficulties.add, name="add_difficulty"),
    path("kho-khan/tong-hop/", answers.synthesis, name="synthesis"),
    path("kho-khan/<int:difficulty_id>/", difficulties.difficulty, name="difficulty"),
    path("kho-khan/<int:difficulty_id>/chuyen/", difficulties.move, name="move_difficulty"),
    path("kho-khan/<int:difficulty_id>/xu-ly/", difficulties.settle, name="settle_difficulty"),
    path("kho-khan/<int:difficulty_id>/tep/", difficulties.evidence, name="evidence"),
    path("tra-loi/", answers.answers, name="answers"),
    path("tra-loi/soan/", answers.draft, name="draft_answer"),
    path("tra-loi/<int:answer_id>/", answers.answer, name="answer"),
    path("tra-loi/<int:answer_id>/trinh/", answers.submit_up, name="submit_answer"),
    path("tra-loi/<int:answer_id>/ban-hanh/", answers.issue, name="issue_answer"),
    path("huong-dan/", answers.guidance, name="guidance"),
    path("khieu-nai/", complaints.complaints, name="complaints"),
    path("khieu-nai/ghi/", complaints.take, name="take_complaint"),
    path("khieu-nai/<int:complaint_id>/", complaints.complaint, name="complaint"),
    path("khieu-nai/<int:complaint_id>/chuyen/", complaints.move, name="move_complaint"),
    path("tra-cuu/", complaints.look_up, name="look_up"),
]

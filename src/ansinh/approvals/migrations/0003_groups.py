# SPDX-License-Identifier: MPL-2.0
"""Whoever approves has opened each group of what is out of the ordinary; the database asks as well.
The two functions of migration 0002 get one condition each."""

import importlib

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Value

EARLIER = importlib.import_module("ansinh.approvals.migrations.0002_two_persons")
GROUPS_OPENED = """
CREATE OR REPLACE FUNCTION approvals_approval_guard() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    handed_in approvals_submission%ROWTYPE;
BEGIN
    SELECT * INTO handed_in FROM approvals_submission WHERE id = NEW.submission_id FOR UPDATE;
    IF handed_in.state <> 'submitted' THEN
        RAISE EXCEPTION 'submission % is %', NEW.submission_id, handed_in.state
            USING ERRCODE = 'check_violation';
    END IF;
    IF handed_in.content_sha256 <> NEW.content_sha256 THEN
        RAISE EXCEPTION 'an approval names the content that was submitted'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.person_bidx IS DISTINCT FROM (
        SELECT citizen_number_bidx FROM staff_officer WHERE id = NEW.officer_id) THEN
        RAISE EXCEPTION 'the person of an approval is its officer' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.person_bidx IN (
        SELECT citizen_number_bidx FROM staff_officer
        WHERE id IN (handed_in.maker_id, handed_in.last_editor_id)) THEN
        RAISE EXCEPTION 'neither maker nor last editor approves' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM jsonb_array_elements_text(handed_in.groups) AS named (code)
        WHERE NOT EXISTS (
            SELECT 1 FROM approvals_groupopening o
            WHERE o.submission_id = NEW.submission_id AND o.officer_id = NEW.officer_id
                AND o."group" = named.code)) THEN
        RAISE EXCEPTION 'a group of submission % was not opened', NEW.submission_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$guard$;
CREATE OR REPLACE FUNCTION approvals_two_persons() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NEW.content_sha256 <> OLD.content_sha256 OR NEW.maker_id <> OLD.maker_id
        OR NEW.last_editor_id <> OLD.last_editor_id OR NEW.subject <> OLD.subject
        OR NEW.subject_id <> OLD.subject_id OR NEW.groups <> OLD.groups THEN
        RAISE EXCEPTION 'a submission is not rewritten: hand it in again'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'approved' AND OLD.state <> 'approved' AND (
        SELECT count(DISTINCT person_bidx) FROM approvals_approval
        WHERE submission_id = NEW.id AND content_sha256 = NEW.content_sha256) < 2 THEN
        RAISE EXCEPTION 'two distinct persons approve' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$guard$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0002_two_persons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "submission",
            "groups",
            models.JSONField(db_default=Value([], models.JSONField()), default=list),
        ),
        migrations.CreateModel(
            name="GroupOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_openings",
                        to="approvals.submission",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "officer", "group"), name="approvals_group_opened_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(GROUPS_OPENED, EARLIER.TWO_PERSONS),
    ]

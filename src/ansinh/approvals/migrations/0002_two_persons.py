# SPDX-License-Identifier: MPL-2.0
"""The database refuses what the actions refuse: approvals by maker or last editor, of another
content, of a decided submission, and a transition without two distinct persons (A1-A4, A6)."""

from django.db import migrations

from ansinh.approvals.lifecycles import SUBMISSION

TWO_PERSONS = """
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
    RETURN NEW;
END
$guard$;
CREATE OR REPLACE TRIGGER approvals_approval_guard BEFORE INSERT ON approvals_approval
    FOR EACH ROW EXECUTE FUNCTION approvals_approval_guard();

CREATE OR REPLACE FUNCTION approvals_two_persons() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
    IF NEW.content_sha256 <> OLD.content_sha256 OR NEW.maker_id <> OLD.maker_id
        OR NEW.last_editor_id <> OLD.last_editor_id OR NEW.subject <> OLD.subject
        OR NEW.subject_id <> OLD.subject_id THEN
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
CREATE OR REPLACE TRIGGER approvals_two_persons BEFORE UPDATE ON approvals_submission
    FOR EACH ROW EXECUTE FUNCTION approvals_two_persons();
"""


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial"), ("staff", "0002_guards")]

    operations = [
        migrations.RunSQL(
            SUBMISSION.guard_trigger_sql("approvals_submission", "state"),
            "DROP FUNCTION approvals_submission_state_guard CASCADE",
        ),
        migrations.RunSQL(
            TWO_PERSONS,
            "DROP FUNCTION approvals_approval_guard CASCADE; DROP FUNCTION approvals_two_persons CASCADE;",
        ),
    ]

# SPDX-License-Identifier: MPL-2.0
"""Working rows of a calculation in a table of its own, claims in one partition a month.

The application's role owns no table: it may neither make one nor take statistics of one (ANALYZE of
somebody else's table is skipped with a warning, and a plan without statistics never ends). So
functions of the owner do that: `payroll_open_stage`, `payroll_analyze_stage`, `payroll_drop_stage`.

Claims are partitioned by benefit month, which is part of their key, so the key still holds over all
payrolls. The first payroll of a month fills a fresh partition whose key is built afterwards
(`payroll_open_claims`, `payroll_close_claims`); later ones go through the parent, row by row.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from ansinh.staff.scope import drop_row_security_sql, row_security_sql

GUARDED = ("payroll_stage_person", "payroll_stage_claim", "payroll_stage_extra", "payroll_claim")

STAGE = """
DROP TABLE payroll_stage_person;
CREATE TABLE payroll_stage_person (
    place bigint NOT NULL, month date NOT NULL, person_id bigint NOT NULL, commune_id bigint NOT NULL,
    fact_key text NOT NULL, awards bigint[] NOT NULL, person_name varchar(100) NOT NULL,
    number_last4 varchar(4) NOT NULL, hamlet varchar(120) NOT NULL, dead boolean NOT NULL);
ALTER TABLE payroll_stage_hold ADD COLUMN award_id bigint;
CREATE UNLOGGED TABLE payroll_stage_claim (
    run bigint NOT NULL, month date NOT NULL, person_id bigint NOT NULL, commune_id bigint NOT NULL,
    component varchar(60) NOT NULL, paid bigint NOT NULL, earlier bigint NOT NULL);
CREATE UNLOGGED TABLE payroll_stage_extra (
    run bigint NOT NULL, place bigint NOT NULL, person_id bigint NOT NULL, commune_id bigint NOT NULL,
    month date NOT NULL, award_id bigint NOT NULL, component varchar(60) NOT NULL, code varchar(40) NOT NULL,
    kind varchar(16) NOT NULL, case_id bigint, due bigint NOT NULL, paid bigint NOT NULL,
    earlier bigint NOT NULL, source_payroll_id bigint, source_line_id bigint,
    person_name varchar(100) NOT NULL, number_last4 varchar(4) NOT NULL, hamlet varchar(120) NOT NULL,
    dead boolean NOT NULL);

CREATE FUNCTION payroll_guard_rows(name text) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $guard$
BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format(
        'CREATE POLICY scope ON %I USING ((SELECT staff_scope_is_all())'
        ' OR commune_id = ANY ((SELECT staff_scope_units())::bigint[]))', name);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
    EXECUTE format('GRANT INSERT, SELECT ON %I TO ansinh_app', name);
END
$guard$;
REVOKE ALL ON FUNCTION payroll_guard_rows FROM PUBLIC;

CREATE FUNCTION payroll_open_stage(run bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $open$
DECLARE
    name text := 'payroll_stage_person_r' || run;
BEGIN
    PERFORM payroll_drop_stage(run);
    EXECUTE format('CREATE UNLOGGED TABLE %I (LIKE payroll_stage_person)', name);
    PERFORM payroll_guard_rows(name);
    RETURN name;
END
$open$;

CREATE FUNCTION payroll_analyze_stage(run bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $analyze$
BEGIN
    EXECUTE format('ANALYZE %I (month, person_id, commune_id, fact_key)', 'payroll_stage_person_r' || run);
    ANALYZE payroll_stage_line;
    ANALYZE payroll_stage_hold;
    ANALYZE payroll_stage_claim;
    ANALYZE payroll_stage_extra;
END
$analyze$;

CREATE FUNCTION payroll_drop_stage(run bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $drop$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS %I', 'payroll_stage_person_r' || run);
END
$drop$;
"""
NO_STAGE = """
DROP FUNCTION payroll_open_stage; DROP FUNCTION payroll_analyze_stage; DROP FUNCTION payroll_drop_stage;
DROP FUNCTION payroll_guard_rows; ALTER TABLE payroll_stage_hold DROP COLUMN award_id; DROP TABLE payroll_stage_claim; DROP TABLE payroll_stage_extra;
DROP TABLE payroll_stage_person;
CREATE UNLOGGED TABLE payroll_stage_person (
    run bigint NOT NULL, month date NOT NULL, person_id bigint NOT NULL, commune_id bigint NOT NULL,
    fact_key text NOT NULL, awards bigint[] NOT NULL);
"""

CLAIMS = """
ALTER TABLE payroll_claim RENAME TO payroll_claim_before;
ALTER TABLE payroll_claim_before RENAME CONSTRAINT payroll_claim_pkey TO payroll_claim_before_pkey;
DROP INDEX payroll_claim_payroll;
CREATE TABLE payroll_claim (LIKE payroll_claim_before INCLUDING DEFAULTS) PARTITION BY LIST (benefit_month);
ALTER TABLE payroll_claim ADD CONSTRAINT payroll_claim_pkey PRIMARY KEY (benefit_month, person_id, component);
CREATE INDEX payroll_claim_payroll ON payroll_claim USING brin (payroll_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON payroll_claim TO ansinh_app;

CREATE FUNCTION payroll_claims_name(month date) RETURNS text LANGUAGE sql IMMUTABLE AS $name$
    SELECT 'payroll_claim_m' || to_char(month::timestamp, 'YYYYMM')
$name$;

CREATE FUNCTION payroll_add_claim_months(months date[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $add$
DECLARE
    month date;
BEGIN
    FOREACH month IN ARRAY months LOOP
        IF to_regclass(payroll_claims_name(month)) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF payroll_claim FOR VALUES IN (%L)',
                           payroll_claims_name(month), month);
        END IF;
    END LOOP;
END
$add$;

CREATE FUNCTION payroll_open_claims(month date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $open$
DECLARE
    name text := payroll_claims_name(month);
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN 'payroll_claim';
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE payroll_claim INCLUDING DEFAULTS)', name);
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (benefit_month = %L)', name, name || '_is', month);
    PERFORM payroll_guard_rows(name);
    RETURN name;
END
$open$;

CREATE FUNCTION payroll_close_claims(month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $close$
DECLARE
    name text := payroll_claims_name(month);
BEGIN
    IF EXISTS (SELECT 1 FROM pg_inherits WHERE inhrelid = name::regclass) THEN
        RETURN;
    END IF;
    EXECUTE format('REVOKE ALL ON %I FROM ansinh_app', name);
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (benefit_month, person_id, component)', name);
    EXECUTE format('CREATE INDEX ON %I USING brin (payroll_id)', name);
    EXECUTE format('ALTER TABLE payroll_claim ATTACH PARTITION %I FOR VALUES IN (%L)', name, month);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', name, name || '_is');
    EXECUTE format('ANALYZE %I (benefit_month, person_id, payroll_id)', name);
END
$close$;

CREATE FUNCTION payroll_drop_claims(payroll bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $drop$
DECLARE
    part record;
    others boolean;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM payroll_payroll WHERE id = payroll
                   AND state IN ('preparing', 'calculated', 'returned', 'cancelled')) THEN
        RAISE EXCEPTION 'the claims of payroll % are submitted or settled', payroll
            USING ERRCODE = 'check_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('payroll.calculate'));  -- nobody adds claims meanwhile
    -- A month that nobody else pays is thrown away whole: a million deleted rows would stay behind as dead ones.
    IF to_regclass(payroll_partition_name(payroll)) IS NULL THEN
        RETURN;  -- never calculated: it claims nothing
    END IF;
    FOR part IN EXECUTE format(
        'SELECT DISTINCT to_regclass(payroll_claims_name(benefit_month)) AS name FROM %I',
        payroll_partition_name(payroll)) LOOP
        CONTINUE WHEN part.name IS NULL;
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s WHERE payroll_id <> $1)', part.name) INTO others USING payroll;
        IF others THEN
            EXECUTE format('DELETE FROM %s WHERE payroll_id = $1', part.name) USING payroll;
        ELSE
            EXECUTE format('DROP TABLE %s', part.name);
        END IF;
    END LOOP;
END
$drop$;

SELECT payroll_add_claim_months(coalesce(array_agg(DISTINCT benefit_month), '{}')) FROM payroll_claim_before;
INSERT INTO payroll_claim SELECT * FROM payroll_claim_before;
DROP TABLE payroll_claim_before;
"""
ONE_CLAIM_TABLE = """
DROP FUNCTION payroll_add_claim_months; DROP FUNCTION payroll_open_claims; DROP FUNCTION payroll_close_claims;
DROP FUNCTION payroll_drop_claims; DROP FUNCTION payroll_claims_name;
ALTER TABLE payroll_claim RENAME TO payroll_claim_parts;
ALTER TABLE payroll_claim_parts RENAME CONSTRAINT payroll_claim_pkey TO payroll_claim_parts_pkey;
DROP INDEX payroll_claim_payroll;
CREATE TABLE payroll_claim (LIKE payroll_claim_parts INCLUDING DEFAULTS);
ALTER TABLE payroll_claim ADD CONSTRAINT payroll_claim_pkey PRIMARY KEY (benefit_month, person_id, component);
CREATE INDEX payroll_claim_payroll ON payroll_claim (payroll_id);
INSERT INTO payroll_claim SELECT * FROM payroll_claim_parts;
DROP TABLE payroll_claim_parts;
GRANT SELECT, INSERT, UPDATE, DELETE ON payroll_claim TO ansinh_app;
"""

# One key more than before: the held lines, which each later month looks at again.
CLOSE = """
CREATE OR REPLACE FUNCTION payroll_close_partition(payroll bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $close$
DECLARE
    name text := payroll_partition_name(payroll);
BEGIN
    EXECUTE format('REVOKE ALL ON %I FROM ansinh_app', name);
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (id, payroll_id)', name);
    EXECUTE format('CREATE INDEX ON %I (payroll_id, commune_id, id)', name);
    EXECUTE format('CREATE INDEX ON %I (person_id, benefit_month)', name);
    EXECUTE format('CREATE INDEX ON %I (commune_id) WHERE hold <> ''''', name);
    EXECUTE format('ALTER TABLE payroll_line ATTACH PARTITION %I FOR VALUES IN (%s)', name, payroll);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', name, name || '_is');
    -- The columns that questions ask by; statistics of all thirty cost as much as the keys.
    EXECUTE format('ANALYZE %I (payroll_id, commune_id, person_id, benefit_month, component, kind, hold, case_id,'
        ' channel)', name);
END
$close$;
CREATE INDEX payroll_line_held ON payroll_line (commune_id) WHERE hold <> '';
"""


ROWS = [
    ("run", models.BigIntegerField()),
    ("person_id", models.BigIntegerField()),
    ("commune_id", models.BigIntegerField()),
    ("month", models.DateField()),
    ("component", models.CharField(max_length=60)),
    ("paid", models.BigIntegerField()),
    ("earlier", models.BigIntegerField()),
]
STAGED = [
    migrations.CreateModel(
        name="StageClaim",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "run",
                    "month",
                    "person_id",
                    "component",
                    blank=True,
                    editable=False,
                    primary_key=True,
                    serialize=False,
                ),
            ),
            *ROWS,
        ],
        options={"db_table": "payroll_stage_claim"},
    ),
    migrations.CreateModel(
        name="StageExtra",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "run",
                    "month",
                    "person_id",
                    "component",
                    blank=True,
                    editable=False,
                    primary_key=True,
                    serialize=False,
                ),
            ),
            *ROWS,
            ("place", models.BigIntegerField()),
            ("award_id", models.BigIntegerField()),
            ("code", models.CharField(max_length=40)),
            ("kind", models.CharField(max_length=16)),
            ("case_id", models.BigIntegerField(null=True)),
            ("due", models.BigIntegerField()),
            ("source_payroll_id", models.BigIntegerField(null=True)),
            ("source_line_id", models.BigIntegerField(null=True)),
            ("person_name", models.CharField(max_length=100)),
            ("number_last4", models.CharField(max_length=4)),
            ("hamlet", models.CharField(max_length=120)),
            ("dead", models.BooleanField()),
        ],
        options={"db_table": "payroll_stage_extra"},
    ),
]


class Migration(migrations.Migration):
    dependencies = [("payroll", "0002_guards"), ("staff", "0003_scope")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(STAGE, NO_STAGE)],
            state_operations=[
                migrations.DeleteModel("StagePerson"),
                migrations.CreateModel(
                    name="StagePerson",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "month", "person_id", blank=True, editable=False, primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("place", models.BigIntegerField()),
                        ("month", models.DateField()),
                        ("person_id", models.BigIntegerField()),
                        ("commune_id", models.BigIntegerField()),
                        ("fact_key", models.TextField()),
                        (
                            "awards",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), size=None
                            ),
                        ),
                        ("person_name", models.CharField(max_length=100)),
                        ("number_last4", models.CharField(max_length=4)),
                        ("hamlet", models.CharField(max_length=120)),
                        ("dead", models.BooleanField()),
                    ],
                    options={"db_table": "payroll_stage_person"},
                ),
                migrations.AddField("StageHold", "award_id", models.BigIntegerField(null=True)),
                *STAGED,
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CLAIMS, ONE_CLAIM_TABLE)],
            state_operations=[
                migrations.RemoveIndex("Claim", "payroll_claim_payroll"),
                migrations.AddIndex(
                    "Claim",
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["payroll_id"], name="payroll_claim_payroll"
                    ),
                ),
            ],
        ),
        *[migrations.RunSQL(row_security_sql(table), drop_row_security_sql(table)) for table in GUARDED],
        migrations.RunSQL(CLOSE, "DROP INDEX payroll_line_held"),
    ]  # fmt: skip

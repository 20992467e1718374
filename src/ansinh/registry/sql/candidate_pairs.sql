-- SPDX-License-Identifier: MPL-2.0
-- Pairs of records that may be one person, by blocks small enough to compare: one old number, one
-- phone, the same name and birth, the same name and year in one commune.
WITH living AS (
    SELECT id, name_folded, born_on, extract(year FROM born_on)::int AS born_year, commune_id, phone_bidx
    FROM registry_person WHERE merged_into_id IS NULL
), old AS (
    SELECT o.number_bidx, o.person_id FROM registry_oldnumber AS o JOIN living ON living.id = o.person_id
), pairs AS (
    SELECT a.person_id AS first_id, b.person_id AS second_id
    FROM old AS a JOIN old AS b ON a.number_bidx = b.number_bidx AND a.person_id < b.person_id
    UNION
    SELECT a.id, b.id FROM living AS a JOIN living AS b ON a.phone_bidx = b.phone_bidx AND a.id < b.id
        AND a.born_year = b.born_year
    UNION
    SELECT a.id, b.id FROM living AS a
    JOIN living AS b ON a.name_folded = b.name_folded AND a.born_on = b.born_on AND a.id < b.id
    UNION
    SELECT a.id, b.id FROM living AS a
    JOIN living AS b ON a.name_folded = b.name_folded AND a.born_year = b.born_year
        AND a.commune_id = b.commune_id AND a.id < b.id
)
SELECT first_id, second_id FROM pairs

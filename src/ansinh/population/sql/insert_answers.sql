-- SPDX-License-Identifier: MPL-2.0
-- Answers of the register; round, commune and person are the member's.
INSERT INTO population_answer (
    member_id, round_id, commune_id, person_id, seq, result, kinds, said_name, said_born, said_sex,
    said_number_enc, said_number_bidx, said_number_last4, died_on, moved_to, note, source, import_file_id,
    officer_id, at, needs_second)
SELECT
    m.id, m.round_id, m.commune_id, m.person_id, t.seq, t.result, string_to_array(t.kinds, '|'), t.said_name,
    t.said_born, t.said_sex, t.number_enc, t.number_bidx, t.number_last4, t.died_on, t.moved_to, t.note,
    %(source)s, %(file)s, %(by)s, %(at)s, t.needs_second
FROM unnest(
    %(members)s::bigint[], %(seqs)s::int[], %(results)s::text[], %(kinds)s::text[], %(names)s::text[],
    %(births)s::text[], %(sexes)s::text[], %(number_enc)s::bytea[], %(number_bidx)s::bytea[],
    %(number_last4)s::text[], %(died)s::text[], %(moved)s::text[], %(notes)s::text[], %(second)s::bool[]
) AS t (
    member, seq, result, kinds, said_name, said_born, said_sex, number_enc, number_bidx, number_last4,
    died_on, moved_to, note, needs_second)
JOIN population_member AS m ON m.id = t.member
RETURNING id

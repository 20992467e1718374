-- SPDX-License-Identifier: MPL-2.0
-- Every instruction for a person with its state, the last step, its file and who approved that, the newest first.
SELECT instruction.id, instruction.end_to_end_id, instruction.stream, instruction.period, instruction.attempt,
    instruction.replaces_id, instruction.amount_vnd, instruction.channel, instruction.bank,
    instruction.account_last4, instruction.payee_name, instruction.made_at, state.state, state.at, state.reason,
    file.envelope_id, file.reference AS envelope, file.sha256, coalesce(file.approvers, '') AS approvers
FROM disbursement_instruction AS instruction
JOIN disbursement_state AS state ON state.instruction_id = instruction.id
LEFT JOIN LATERAL (
    SELECT envelope.id AS envelope_id, envelope.reference, encode(envelope.sha256, 'hex') AS sha256, (
            SELECT string_agg(officer.full_name, ', ' ORDER BY approval.at) FROM approvals_approval AS approval
            JOIN staff_officer AS officer ON officer.id = approval.officer_id
            WHERE approval.submission_id = envelope.submission_id) AS approvers
    FROM disbursement_enclosed AS enclosed
    JOIN disbursement_envelope AS envelope ON envelope.id = enclosed.envelope_id
    WHERE enclosed.instruction_id = instruction.id ORDER BY enclosed.turn DESC LIMIT 1) AS file ON true
WHERE instruction.person_id = %(person)s
ORDER BY instruction.period DESC, instruction.id DESC

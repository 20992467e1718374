-- SPDX-License-Identifier: MPL-2.0
-- The step that a calculation in the background has reached.
UPDATE payroll_run SET step = %(step)s, done = %(done)s, steps = %(steps)s, noted_at = %(at)s WHERE id = %(run)s

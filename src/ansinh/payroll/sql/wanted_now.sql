-- SPDX-License-Identifier: MPL-2.0
-- Everybody who lives in the communes of the payroll, for each month that it pays.
registry_person p CROSS JOIN unnest(%(months)s::date[]) AS w (month)

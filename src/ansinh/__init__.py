# SPDX-License-Identifier: MPL-2.0
"""An Sinh pays social protection without cash. THE MAP, in payment-cycle order.

law/vn/       (beside src/) the country's law as data: dated values, categories, rules; no Python
rules         plain Python: money, months, names, numbers, lifecycles, what a person is owed and why
vault         citizen and account numbers kept encrypted, found by blind index; keys outside the database
statements    set-based SQL in files, found by package and name
background    jobs in the same database and transaction: declared by stages, done by `ansinh worker`
ui            the officer's shell: base page, components, form fields, formats, front-end files
audit         append-only events in the same transaction as the change, sealed in order, verified off-line
places        administrative units over time: provinces, districts (until 30/6/2025), communes, successors
staff         officers, what they may do where and when, sign-in, jurisdiction
ledger        balanced postings: where every approved đồng is, closed months
approvals     maker and checkers for any submitted thing: two persons, bound to what they saw
providers     banks and payment organisations: what they can do where, selections, contracts, who is in force
legislation   law/ read, checked and shown; why this amount
registry      people, awards, the lists communes send, changes by two persons, duplicates
population    lists to the population register, answers, differences settled, who is not paid until decided
payees        who receives for whom and where: accounts, mandates, review rounds, groups A to F
outreach      winning people: campaigns, visits, opening days, messages, targets and how far they are
payroll       a period's payments: calculate, compare with last month, submit, approve, lock
disbursement  instructions to payers, envelopes approved by two, channels; what never leaves twice
reconciliation  results and statements in, each line booked once; exceptions, returns, closing
oversight     random visits that measure the error rate, rules over payments, the desk of every case
directives    documents, tasks given level by level, difficulties answered, complaints of beneficiaries
dashboards    figures by unit and month against the target, down to people, out as papers and open data
demo          the invented province, one step per stage
config        settings, addresses, the command line, the embedded database

A package may import those above it in this list, never those below (tested).
"""

# SPDX-License-Identifier: MPL-2.0
"""Plain Python, standard library only: what could be read out in a committee.

refusals         every sentence in which something is refused, Vietnamese and English
months           benefit months
periods          half-open spans of days
dates            dates with precision, and what people type for them
money            đồng as integers: parsing, formatting, rounding, amounts in words
names            names as written, folded, compared; foreign letters refused
name_order       sorting by tên-đệm-họ in the Vietnamese alphabet
legacy_text      TCVN3, VNI and other old encodings, recognised and converted
citizen_numbers  12-digit citizen numbers and old 9-digit ones
accounts         account numbers as text
banks            banks, their identifiers and the names people use for them
failpoints       named points where a test may strike; nothing in production
lifecycle        one status, one table of edges
payments         the life of an instruction to pay, its effect on the money, its end-to-end id
postings         the accounts of the ledger and every move between them
results          what a payer says adds up to one state, in any order
return_reasons   why money came back, what to do, whose move it is
law              the loaded law as frozen values
entitlement      what a person is owed for a month, and why
"""

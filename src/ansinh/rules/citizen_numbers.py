# SPDX-License-Identifier: MPL-2.0
"""The 12-digit citizen number (số định danh cá nhân) and the old 9-digit one (CMND).

Digits 1-3: province or country of birth registration, by the old codes, which never change; 4:
century and sex; 5-6: year of birth; 7-12: free (NĐ 137/2015/NĐ-CP Điều 13, TT 07/2016/TT-BCA Điều 7).
There is no check digit, so a number is never guessed: a lost zero is proposed to a person.
Residence is never derived from it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from ansinh.rules.dates import PartialDate
from ansinh.rules.refusals import Refusal

Sex = Literal["male", "female"]

# The 63 provinces' codes at birth registration (QĐ 124/2004/QĐ-TTg as amended), kept for ever.
PROVINCE_CODES = frozenset(
    [
        "001",
        "002",
        "004",
        "006",
        "008",
        "010",
        "011",
        "012",
        "014",
        "015",
        "017",
        "019",
        "020",
        "022",
        "024",
        "025",
        "026",
        "027",
        "030",
        "031",
        "033",
        "034",
        "035",
        "036",
        "037",
        "038",
        "040",
        "042",
        "044",
        "045",
        "046",
        "048",
        "049",
        "051",
        "052",
        "054",
        "056",
        "058",
        "060",
        "062",
        "064",
        "066",
        "067",
        "068",
        "070",
        "072",
        "074",
        "075",
        "077",
        "079",
        "080",
        "082",
        "083",
        "084",
        "086",
        "087",
        "089",
        "091",
        "092",
        "093",
        "094",
        "095",
        "096",
    ]
)
INVENTED_PLACE = "000"  # belongs to nobody: the demo's and the tests' people

_TWELVE = re.compile(r"[0-9]{12}")
_NINE = re.compile(r"[0-9]{9}")
_EXPONENT = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
_SEPARATORS = re.compile(r"[ \u00a0.\-]")


class CitizenNumberNotAccepted(Refusal):
    """No usable citizen number."""

    code = "CITIZEN_NUMBER_EMPTY"


class WrongLength(CitizenNumberNotAccepted):
    """Digits, but not twelve. `proposal` in the exception, never used by itself."""

    code = "CITIZEN_NUMBER_LENGTH"


class NotDigits(CitizenNumberNotAccepted):
    """Letters (O for 0), foreign digits."""

    code = "CITIZEN_NUMBER_LETTERS"


class RoundedBySpreadsheet(CitizenNumberNotAccepted):
    """`1.2345E+11`: digits are gone."""

    code = "CITIZEN_NUMBER_ROUNDED"


class NoSuchPlace(CitizenNumberNotAccepted):
    """The first three digits belong to no province or country."""

    code = "CITIZEN_NUMBER_PLACE"


class ImpossibleNumber(CitizenNumberNotAccepted):
    """All digits the same, 123456789012."""

    code = "CITIZEN_NUMBER_IMPOSSIBLE"


class OldNumber(CitizenNumberNotAccepted):
    """A 9-digit number: kept as an old paper, no basis for payment since 1 January 2025."""

    code = "CITIZEN_NUMBER_OLD"


@dataclass(frozen=True, slots=True)
class CitizenNumber:
    """A well-formed citizen number."""

    digits: str

    @property
    def place(self) -> str:
        """Code of the province (001-096) or country (from 100) of birth registration."""
        return self.digits[:3]

    @property
    def is_invented(self) -> bool:
        """Whether it cannot belong to anybody (province code 000)."""
        return self.place == INVENTED_PLACE

    @property
    def sex(self) -> Sex:
        """The sex that the fourth digit states."""
        return "female" if int(self.digits[3]) % 2 else "male"

    @property
    def birth_year(self) -> int:
        """The year of birth that digits 4-6 state."""
        return 1900 + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])

    @property
    def masked(self) -> str:
        """What may be shown: `••••••••1234`."""
        return mask(self.digits)

    def __str__(self) -> str:
        return self.masked


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the number that disagrees with the record: a task, not a refusal."""

    about: Literal["sex", "birth_year"]
    number_says: str
    record_says: str


def mask(digits: str) -> str:
    """All but the last four characters hidden."""
    return "•" * max(len(digits) - 4, 0) + digits[-4:]


def digits_of(raw: str) -> str:
    """What was typed without separators, apostrophes and a trailing `.0`.
    Raises `NotDigits` or `RoundedBySpreadsheet`."""
    typed = str(raw).strip().lstrip("'’").strip()
    text = re.sub(r"\.0+$", "", unicodedata.normalize("NFKC", typed))
    if not text:
        raise CitizenNumberNotAccepted
    if _EXPONENT.fullmatch(text):
        raise RoundedBySpreadsheet(text=text)
    digits = _SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]+", digits):
        raise NotDigits(text=typed[:40])
    return digits


def parse_citizen_number(raw: str, *, allow_invented: bool = False) -> CitizenNumber:
    """Read a citizen number as typed. Raises a `CitizenNumberNotAccepted`; never guesses.

    `allow_invented` lets province code 000 through (trial installations, tests).
    """
    digits = raw if isinstance(raw, str) and _TWELVE.fullmatch(raw) else digits_of(raw)
    if _NINE.fullmatch(digits):
        raise OldNumber
    if not _TWELVE.fullmatch(digits):
        raise WrongLength(length=len(digits))
    if len(set(digits)) == 1 or digits in {"123456789012", "012345678901"}:
        raise ImpossibleNumber(masked=mask(digits))
    place = digits[:3]
    known = place in PROVINCE_CODES or "100" <= place <= "998"
    if not (known or (allow_invented and place == INVENTED_PLACE)):
        raise NoSuchPlace(place=place)
    return CitizenNumber(digits)


def parse_old_number(raw: str) -> str:
    """Read a 9-digit number. Raises a `CitizenNumberNotAccepted`."""
    digits = digits_of(raw)
    if not _NINE.fullmatch(digits):
        raise WrongLength(length=len(digits))
    if len(set(digits)) == 1:
        raise ImpossibleNumber(masked=mask(digits))
    return digits


def lost_zero_proposal(
    raw: str, *, sex: Sex | None, born: PartialDate | None, allow_invented: bool = False
) -> CitizenNumber | None:
    """The number with one leading zero put back, when everything known agrees with it.

    A proposal for a person to confirm: 11 digits alone may also lack any other digit.
    """
    digits = digits_of(raw)
    if len(digits) != 11 or sex is None or born is None:
        return None
    try:
        proposed = parse_citizen_number(f"0{digits}", allow_invented=allow_invented)
    except CitizenNumberNotAccepted:
        return None
    return None if consistency(proposed, sex=sex, born=born) else proposed


def consistency(number: CitizenNumber, *, sex: Sex | None, born: PartialDate | None) -> tuple[Finding, ...]:
    """Where the number disagrees with the recorded sex and birth year; empty when it agrees."""
    found = []
    if sex is not None and number.sex != sex:
        found.append(Finding("sex", number.sex, sex))
    if born is not None and number.birth_year != born.year:
        found.append(Finding("birth_year", str(number.birth_year), str(born.year)))
    return tuple(found)

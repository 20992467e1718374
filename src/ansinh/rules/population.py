# SPDX-License-Identifier: MPL-2.0
"""What the national population register says of a person, beside what our record says.

One result for everybody; differences are told apart by what they are: how a name is written, where
its tone stands, how much of a birth date is known, an old number for a new one, or a real
difference. Only the first kinds may be corrected many at once; a real one is looked at, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ansinh.rules.citizen_numbers import CitizenNumber, consistency
from ansinh.rules.dates import PartialDate
from ansinh.rules.names import NameMatch, clean_name, compare_names, fold_name, name_key
from ansinh.rules.refusals import Refusal


class Result(StrEnum):
    """What the register says of a person; exactly one."""

    MATCHED = "matched"
    DIFFERENT_NAME = "different_name"
    DIFFERENT_BIRTH = "different_birth"
    DIFFERENT_SEX = "different_sex"
    WRONG_NUMBER = "wrong_number"
    DUPLICATE = "duplicate"
    DECEASED = "deceased"
    NOT_FOUND = "not_found"
    MOVED = "moved"


# Nothing is paid to a person with one of these until somebody with the duty decides with a reason.
BLOCKING = (Result.DECEASED, Result.DUPLICATE, Result.WRONG_NUMBER, Result.NOT_FOUND)


class Kind(StrEnum):
    """Kinds of difference, the most serious first: a person stands in the group of the first one."""

    OTHER_PERSON = "other_person"
    DECEASED = "deceased"
    DUPLICATE = "duplicate"
    NOT_FOUND = "not_found"
    MOVED = "moved"
    NUMBER_INCONSISTENT = "number_inconsistent"
    NUMBER_OTHER = "number_other"
    NUMBER_TYPING = "number_typing"
    NUMBER_UNSAID = "number_unsaid"
    NAME_OTHER = "name_other"
    NAME_CLOSE = "name_close"
    NAME_UNSAID = "name_unsaid"
    BIRTH_OTHER = "birth_other"
    BIRTH_UNSAID = "birth_unsaid"
    SEX_OTHER = "sex_other"
    SEX_UNSAID = "sex_unsaid"
    NUMBER_OLD = "number_old"
    NUMBER_MISSING = "number_missing"
    NAME_MARKS = "name_marks"
    NAME_TONE = "name_tone"
    NAME_SPELLING = "name_spelling"
    BIRTH_SWAPPED = "birth_swapped"
    BIRTH_PRECISION = "birth_precision"
    SEX_MISSING = "sex_missing"


SERIOUSNESS = {kind: place for place, kind in enumerate(Kind)}
# What may be corrected for a whole group after a preview; every other kind is looked at one by one.
ONE_CLICK = frozenset(
    {
        Kind.NUMBER_OLD, Kind.NUMBER_MISSING, Kind.NAME_MARKS, Kind.NAME_TONE, Kind.NAME_SPELLING,
        Kind.BIRTH_SWAPPED, Kind.BIRTH_PRECISION, Kind.SEX_MISSING,
    }
)  # fmt: skip
# Differences that an answer "matched" cannot carry: it would say two things at once.
_REAL = frozenset(
    {Kind.NUMBER_OTHER, Kind.NAME_OTHER, Kind.BIRTH_OTHER, Kind.SEX_OTHER, Kind.NUMBER_INCONSISTENT}
)


class MatchContradicts(Refusal):
    """The answer says "matched" and gives a value that really differs; fields: reference, field."""

    code = "POPULATION_MATCH_CONTRADICTS"


class NeedsDay(Refusal):
    """Deceased, but when?"""

    code = "POPULATION_NEEDS_DAY"


class NeedsPlace(Refusal):
    """Moved, but where to?"""

    code = "POPULATION_NEEDS_PLACE"


@dataclass(frozen=True, slots=True)
class Ours:
    """What our record says. `old_number`: whether an old 9-digit number is kept."""

    name: str
    born: PartialDate
    sex: str = ""
    number: str = ""
    old_number: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What the register says; None or an empty text where the answer gives nothing."""

    result: Result
    name: str = ""
    born: PartialDate | None = None
    sex: str = ""
    number: str = ""
    died_on: PartialDate | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: its kind, the field, and what would make our record equal (None: nothing)."""

    kind: Kind
    field: str
    theirs: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every difference of one answer, the most serious first."""

    differences: tuple[Difference, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds, the most serious first."""
        return tuple(each.kind.value for each in self.differences)

    @property
    def one_click(self) -> bool:
        """Whether a whole group of these may be corrected at once."""
        return bool(self.differences) and all(each.kind in ONE_CLICK for each in self.differences)

    @property
    def correction(self) -> dict[str, str]:
        """field -> value that would make our record say what the register says. Empty when the
        answer seems to be about somebody else, or says no value."""
        if any(each.kind is Kind.OTHER_PERSON for each in self.differences):
            return {}
        return {each.field: each.theirs for each in self.differences if each.theirs}


def written_as_name(text: str) -> str:
    """A name of the register as we keep it: `NGUYỄN VĂN HOÀ` becomes `Nguyễn Văn Hoà`; any other
    spelling stays."""
    cleaned = clean_name(text)
    if not cleaned.isupper():
        return cleaned
    begins, letters = True, []
    for letter in cleaned:
        letters.append(letter if begins else letter.lower())
        begins = letter in " -'."
    return "".join(letters)


def _name(ours: Ours, said: Said) -> Difference | None:
    if not said.name:
        unsaid = said.result is Result.DIFFERENT_NAME
        return Difference(Kind.NAME_UNSAID, "name") if unsaid else None
    theirs = written_as_name(said.name)
    mine = clean_name(ours.name)
    if mine.casefold() == theirs.casefold():
        return None
    bare = [fold_name_keeping_marks(each) for each in (mine, theirs)]
    if bare[0] == bare[1]:
        return Difference(Kind.NAME_SPELLING, "name", theirs)
    if name_key(mine) == name_key(theirs):
        return Difference(Kind.NAME_TONE, "name", theirs)
    if fold_name(mine).replace(" ", "") == fold_name(theirs).replace(" ", ""):
        return Difference(Kind.NAME_MARKS, "name", theirs)
    close = compare_names(mine, theirs) is not NameMatch.DIFFERENT
    return Difference(Kind.NAME_CLOSE if close else Kind.NAME_OTHER, "name", theirs)


def fold_name_keeping_marks(text: str) -> str:
    """Lower case, without spaces, hyphens, points and apostrophes; every letter keeps its marks."""
    return "".join(letter for letter in text.casefold() if letter not in " -'.·")


def _birth(ours: Ours, said: Said) -> Difference | None:
    mine, theirs = ours.born, said.born
    if theirs is None:
        unsaid = said.result is Result.DIFFERENT_BIRTH
        return Difference(Kind.BIRTH_UNSAID, "born") if unsaid else None
    if mine == theirs:
        return None
    vague = {"year": 0, "month": 1, "day": 2}
    if mine.could_be(theirs):  # the register knowing less is no difference
        knows_more = vague[theirs.precision] > vague[mine.precision]
        return Difference(Kind.BIRTH_PRECISION, "born", theirs.iso) if knows_more else None
    if mine.is_doubtful and mine.year == theirs.year:  # 1 January was typed for "only the year is known"
        return Difference(Kind.BIRTH_PRECISION, "born", theirs.iso)
    if (mine.year, mine.month, mine.day) == (theirs.year, theirs.day, theirs.month):
        return Difference(Kind.BIRTH_SWAPPED, "born", theirs.iso)
    return Difference(Kind.BIRTH_OTHER, "born", theirs.iso)


def _sex(ours: Ours, said: Said) -> Difference | None:
    theirs = said.sex
    if not theirs and said.result is Result.DIFFERENT_SEX:
        if not ours.sex:
            return Difference(Kind.SEX_UNSAID, "sex")
        theirs = "male" if ours.sex == "female" else "female"
    if not theirs or theirs == ours.sex:
        return None
    return Difference(Kind.SEX_OTHER if ours.sex else Kind.SEX_MISSING, "sex", theirs)


def _typing(mine: str, theirs: str) -> bool:
    """Whether one digit differs, two neighbours are exchanged, or one digit is too few."""
    if len(mine) == len(theirs):
        at = [place for place in range(len(mine)) if mine[place] != theirs[place]]
        exchanged = len(at) == 2 and at[1] == at[0] + 1 and mine[at[0]] == theirs[at[1]]
        return len(at) == 1 or (exchanged and mine[at[1]] == theirs[at[0]])
    return len(mine) == len(theirs) - 1 and any(
        theirs[:at] + theirs[at + 1 :] == mine for at in range(len(theirs))
    )


def _number(ours: Ours, said: Said) -> Difference | None:
    mine, theirs = ours.number, said.number
    if not theirs:
        unsaid = said.result is Result.WRONG_NUMBER
        return Difference(Kind.NUMBER_UNSAID, "number") if unsaid else None
    if mine == theirs:
        return None
    sex = said.sex or ours.sex or None
    born = said.born or ours.born
    if consistency(CitizenNumber(theirs), sex=sex, born=born):  # type: ignore[arg-type]
        return Difference(Kind.NUMBER_INCONSISTENT, "number", theirs)
    if not mine:
        return Difference(Kind.NUMBER_OLD if ours.old_number else Kind.NUMBER_MISSING, "number", theirs)
    return Difference(Kind.NUMBER_TYPING if _typing(mine, theirs) else Kind.NUMBER_OTHER, "number", theirs)


_STATED = {
    Result.DECEASED: Kind.DECEASED,
    Result.DUPLICATE: Kind.DUPLICATE,
    Result.NOT_FOUND: Kind.NOT_FOUND,
    Result.MOVED: Kind.MOVED,
}
_FIELDS: tuple[Callable[[Ours, Said], Difference | None], ...] = (_number, _name, _birth, _sex)


def assess(ours: Ours, said: Said) -> Assessment:
    """Every difference between our record and an answer. Never fails; see `check` for what cannot
    be accepted as an answer."""
    found = [each for each in (compare(ours, said) for compare in _FIELDS) if each is not None]
    if said.result in _STATED:
        found.append(Difference(_STATED[said.result], ""))
    kinds = {each.kind for each in found}
    if Kind.NAME_OTHER in kinds and Kind.BIRTH_OTHER in kinds:
        found.append(Difference(Kind.OTHER_PERSON, ""))
    return Assessment(tuple(sorted(found, key=lambda each: SERIOUSNESS[each.kind])))


def check(reference: str, said: Said, found: Assessment) -> None:
    """Refuse an answer that says two things at once, or half of one. Raises `MatchContradicts`,
    `NeedsDay` or `NeedsPlace`."""
    if said.result is Result.DECEASED and said.died_on is None:
        raise NeedsDay
    if said.result is Result.MOVED and not said.moved_to.strip():
        raise NeedsPlace
    if said.result is Result.MATCHED:
        real = [each for each in found.differences if each.kind in _REAL]
        if real:
            raise MatchContradicts(reference=reference, field=FIELD_LABELS[real[0].field])


FIELD_LABELS = {"name": "họ tên", "born": "ngày sinh", "sex": "giới tính", "number": "số định danh"}

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, a prime: no 0 O 1 I L


def with_check(signs: str) -> str:
    """A reference with its check sign, in groups: one wrong sign or two exchanged ones are seen."""
    total = sum(place * ALPHABET.index(sign) for place, sign in enumerate(signs, 1))
    whole = signs + ALPHABET[total % len(ALPHABET)]
    return f"{whole[:3]}-{whole[3:6]}-{whole[6:]}"


def read_reference(text: str) -> str | None:
    """A reference as it is kept, however it was typed; None when its check sign does not fit."""
    signs = "".join(each for each in text.upper() if each in ALPHABET)
    if len(signs) < 4 or len([each for each in text if each.isalnum()]) != len(signs):
        return None
    kept = with_check(signs[:-1])
    return kept if kept.replace("-", "") == signs else None


def says_alive(result: Result) -> bool:
    """Whether the answer is one that only somebody living can get: after "deceased" it needs a
    second person."""
    return result is not Result.DECEASED


def serious_first(kinds: Iterable[str]) -> list[str]:
    """Kinds in the order of the cleaning screen."""
    return sorted(kinds, key=lambda kind: SERIOUSNESS[Kind(kind)])

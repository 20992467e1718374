# SPDX-License-Identifier: MPL-2.0
"""Names that nobody chose for anybody: as frequent as in Quảng Nam, by sex, age and people.

The shares are rough (family names: about 38 in a hundred are Nguyễn); what matters to the system is
that many people share a name, that elders' names look like elders' names, and that the highland
peoples' names follow other patterns (`Alăng Nhớ`, `A Brôl`, `Y Nhạn`, `Zơrâm Thị Bh'rang`).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random


class Weighted:
    """Picks from a table of words and shares."""

    def __init__(self, shares: Mapping[str, int]) -> None:
        self.words = tuple(shares)
        self.ends = tuple(accumulate(shares.values()))

    def pick(self, random: Random) -> str:
        """One word, as often as its share says."""
        return self.words[bisect(self.ends, int(random.random() * self.ends[-1]))]


def _even(words: str) -> Weighted:
    return Weighted(dict.fromkeys(words.split(), 1))


FAMILY = Weighted(
    {
        "Nguyễn": 380, "Trần": 110, "Lê": 92, "Phạm": 58, "Huỳnh": 48, "Phan": 46, "Võ": 44, "Đặng": 24,
        "Bùi": 20, "Đỗ": 14, "Hồ": 22, "Ngô": 18, "Dương": 15, "Lý": 5, "Trương": 22, "Đinh": 11,
        "Đoàn": 14, "Lương": 12, "Mai": 9, "Trịnh": 6, "Châu": 4, "Thái": 6, "Hà": 8, "Cao": 5,
        "Tạ": 4, "Vũ": 5, "Tôn": 1, "Ung": 1, "Thân": 1, "Kiều": 1,
    }
)  # fmt: skip
_MIDDLE_OLD = {
    "female": Weighted({"Thị": 93, "Ngọc": 3, "Kim": 2, "": 2}),
    "male": Weighted({"Văn": 46, "": 9, "Đình": 6, "Hữu": 5, "Công": 5, "Xuân": 5, "Ngọc": 4, "Tấn": 6,
                      "Quang": 4, "Đức": 4, "Viết": 3, "Thanh": 3}),
}  # fmt: skip
_MIDDLE_YOUNG = {
    "female": Weighted({"Thị": 38, "Thị Thu": 5, "Ngọc": 8, "Thanh": 6, "Kim": 4, "Hoài": 4, "Bảo": 5,
                        "Khánh": 4, "Thảo": 4, "Thị Mỹ": 4, "Phương": 4, "Quỳnh": 3}),
    "male": Weighted({"Văn": 20, "Đức": 7, "Minh": 8, "Quốc": 6, "Gia": 6, "Anh": 5, "Hoàng": 5,
                      "Tấn": 4, "Hữu": 4, "Thanh": 4, "Nhật": 3, "Quang": 4}),
}  # fmt: skip
_GIVEN_OLD = {
    "female": _even(
        "Hai Ba Bốn Năm Sáu Bảy Tám Chín Mười Lan Cúc Liên Hoa Huệ Hường Mai Bông Lý Thơm Thương Lượng Nhung"
        " Xuân Thu Tình Sương Sen Đào Mận Lựu Phụng Loan Oanh Yến Điểm Thiệt Thí Lắm Quýt Cam Chanh Tưởng Én"
        " Tâm Lành Hiền Đức Kiệm Chuyên Diệu Ngọ Dần Tý Sửu Mẹo Thìn Tỵ Mùi Thân Dậu Tuất Hợi Lài Nở Khương"
    ),
    "male": _even(
        "Hai Ba Bốn Năm Sáu Bảy Tám Chín Mười Hùng Dũng Đức Tâm Thọ Phước Lộc Tài Lợi Quý Bình An Hoà Thành"
        " Công Danh Chiến Thắng Sơn Hải Hà Long Lân Phụng Xuân Thu Đông Tường Toàn Tấn Tiến Minh Quang Trung"
        " Nghĩa Lễ Trí Tín Nhân Ngọ Dần Tý Sửu Mẹo Thìn Tỵ Mùi Thân Dậu Tuất Hợi Ánh Ân Ẩn Ông Út Ích Ý"
    ),
}
_GIVEN_YOUNG = {
    "female": _even(
        "Anh Ánh Châu Chi Diễm Dung Duyên Giang Hà Hân Hằng Hiền Hoài Hương Huyền Khánh Lam Lan Linh Loan Ly"
        " Mai My Mỹ Nga Ngân Ngọc Nguyên Nhi Nhung Như Oanh Phương Quỳnh Quyên Tâm Thảo Thi Thư Thuỳ Thuý"
        " Trâm Trang Trinh Trúc Tú Tuyền Uyên Vân Vi Vy Ý Yến"
    ),
    "male": _even(
        "An Anh Bảo Bình Cường Danh Đạt Duy Dũng Đức Hải Hân Hậu Hiếu Hoàng Hùng Huy Hưng Khang Khánh Khoa"
        " Khôi Kiên Lâm Long Lộc Minh Nam Nghĩa Nguyên Nhân Nhật Phát Phong Phú Phúc Phước Quân Quang Quốc"
        " Sơn Tài Tâm Tân Thành Thiện Thịnh Toàn Trí Trung Tuấn Tú Việt Vinh Vũ"
    ),
}
# Cơ Tu: a clan's name, then one's own; the peoples of Trà My and Phước Sơn: A and Y, or Hồ.
_CO_TU_CLAN = _even(
    "Alăng Arất Bhnướch Bling Bríu Bhríu Zơrâm Pơloong Coor Hốih Ríah Clâu Tơngôl Avô Hiên Ating"
)
_CO_TU_GIVEN = {
    "female": _even(
        "Nhớ Tiêng Bhơi Crúc Nhéo Lép Bhúi Rớt Ngheng Chơi Lạp Pang Nhăm Mới Thí Tươi Nhíu Bh'rang"
    ),
    "male": _even(
        "Tiếp Crang Bhéo Lợi Ngước Dưng Mai Treng Đhăm Bleo Nghèn Thơm Tưởng Rơi Đơơn Bh'riu Nam Ngôn"
    ),
}
_XO_DANG_GIVEN = {
    "female": _even("Nhạn Bước Phơi Hương Lêng Thuôn Blôk Brang Dưa Nhô Mông Xin Ngheo Lang Oanh Chiêng"),
    "male": _even("Brôl Blum Nhông Xuân Đôn Lăng Thôi Bút Rơn Đia Tuấn Hêng Nghĩa Xiêng Ngơi Bôi Chương"),
}
OLD_BEFORE = 1975
HIGHLAND_PEOPLES: Mapping[str, tuple[str, ...]] = {
    "504": ("Cơ Tu",), "505": ("Cơ Tu",), "510": ("Cơ Tu", "Gié Triêng"), "511": ("Gié Triêng", "Xơ Đăng"),
    "515": ("Ca Dong", "Xơ Đăng"), "516": ("Xơ Đăng", "Ca Dong"),
}  # fmt: skip


def kinh_name(random: Random, *, sex: str, born: int) -> str:
    """A Kinh name for somebody of a sex, born in a year."""
    old = born < OLD_BEFORE
    middle = (_MIDDLE_OLD if old else _MIDDLE_YOUNG)[sex].pick(random)
    given = (_GIVEN_OLD if old else _GIVEN_YOUNG)[sex].pick(random)
    family = FAMILY.pick(random)
    return f"{family} {middle} {given}" if middle else f"{family} {given}"


def highland_name(random: Random, people: str, *, sex: str, born: int) -> str:
    """A name as one of the highland peoples would have it."""
    if people == "Cơ Tu":
        given = _CO_TU_GIVEN[sex].pick(random)
        middle = " Thị" if sex == "female" and born >= 1960 and random.random() < 0.6 else ""
        return f"{_CO_TU_CLAN.pick(random)}{middle} {given}"
    if random.random() < 0.35:  # many took the family name of Hồ
        return f"Hồ {'Thị' if sex == 'female' else 'Văn'} {_XO_DANG_GIVEN[sex].pick(random)}"
    return f"{'Y' if sex == 'female' else 'A'} {_XO_DANG_GIVEN[sex].pick(random)}"


def other_spelling(random: Random, name: str) -> str:
    """The same name as another office may have written it: tone placement, i for y, no marks moved
    to other letters. Equal under `rules.names.name_key`, or the name itself when nothing fits."""
    swaps: Sequence[tuple[str, str]] = (
        ("Hoà", "Hòa"), ("Hòa", "Hoà"), ("Thuý", "Thúy"), ("Thuỳ", "Thùy"), ("Lý", "Lí"), ("Mỹ", "Mĩ"),
        ("Quý", "Quí"), ("Tý", "Tí"), ("Tỵ", "Tị"), ("Ly", "Li"), ("My", "Mi"),
    )  # fmt: skip
    fitting = [(old, new) for old, new in swaps if old in name.split()]
    if not fitting:
        return name
    old, new = random.choice(fitting)
    return " ".join(new if word == old else word for word in name.split())


def one_letter_off(random: Random, name: str) -> str:
    """The name with its last word mistaken for one that looks or sounds alike."""
    alike = {"Lan": "Lam", "Hường": "Hương", "Hương": "Hường", "Thương": "Thường", "Năm": "Nam", "Bảy": "Bày",
             "Hoa": "Hòa", "Hùng": "Hưng", "Dũng": "Dung", "Tâm": "Tám", "Tám": "Tâm", "Minh": "Mình",
             "Sơn": "Sớn", "Thu": "Thụ", "Xuân": "Xuấn", "Liên": "Liễn"}  # fmt: skip
    words = name.split()
    last = words[-1]
    words[-1] = alike.get(last) or (last[:-1] if len(last) > 3 else f"{last}{random.choice('nhm')}")
    return " ".join(words)

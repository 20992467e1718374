# SPDX-License-Identifier: MPL-2.0
"""Sentences about banks and payment organisations."""

SENTENCES: dict[str, tuple[str, str]] = {
    "PROVIDER_KNOWN": (
        "Tổ chức “{name}” hoặc mã này đã có trong danh sách. Mở tổ chức đó thay vì thêm mới.",
        "“{name}” or its code is listed already. Open it instead of adding another.",
    ),
    "PROVIDER_FACT_EVIDENCE": (
        "Ghi căn cứ của số liệu: văn bản, biên bản kiểm tra, ngày đến xem.",
        "Write what the fact rests on: a document, an inspection, the day somebody looked.",
    ),
    "PROVIDER_FACT_BACKWARDS": (
        "Đã có số liệu từ ngày {since}. Ghi số liệu mới từ một ngày sau đó.",
        "A fact from {since} is recorded. Record the new one from a later day.",
    ),
    "SELECTION_NOT_OPEN": (
        "Đợt lựa chọn đã trình, đã quyết định hoặc đã huỷ. Lấy lại để sửa, hoặc mở đợt mới.",
        "The selection is submitted, decided or cancelled. Take it back, or open another.",
    ),
    "SELECTION_WEIGHTS": (
        "Trọng số cộng lại là {total}, phải bằng 100. Sửa cho đủ 100.",
        "The weights make {total}; they have to make 100. Change them.",
    ),
    "SELECTION_CANDIDATE_TWICE": (
        "Tổ chức này đã tham gia đợt lựa chọn. Sửa điểm của tổ chức đó.",
        "This provider takes part already. Change its scores.",
    ),
    "SELECTION_POINTS": (
        "Điểm là số nguyên từ 0 đến 100. Gõ lại điểm.",
        "Points are a whole number from 0 to 100. Type them again.",
    ),
    "SELECTION_EVIDENCE": (
        "Ghi căn cứ của điểm để người duyệt kiểm tra được.",
        "Write what the points rest on, so that whoever decides can check.",
    ),
    "SELECTION_INCOMPLETE": (
        "Còn thiếu: {lacks}. Bổ sung rồi trình lại.",
        "Still missing: {lacks}. Complete it and submit again.",
    ),
    "SELECTION_CHOICE_REASON": (
        "Điểm cao nhất là {best} nhưng không được chọn. Ghi lý do.",
        "{best} has the most points and is not chosen. Write why.",
    ),
    "CONTRACT_NOT_CHOSEN": (
        "Tổ chức này chưa được chọn bằng một đợt lựa chọn đã quyết định. Hoàn thành đợt lựa chọn trước.",
        "No decided selection chose this provider. Finish the selection first.",
    ),
    "CONTRACT_COST_ON_BENEFICIARY": (
        "Người hưởng không chịu chi phí nào. Giao cho tổ chức chi trả hoặc ngân sách: {costs}.",
        "A beneficiary bears no cost. Give these to the provider or the budget: {costs}.",
    ),
    "CONTRACT_FEE_ABOVE_LIMIT": (
        "Phí {fee} cao hơn mức tối đa {limit} ({source}). Thương lượng lại mức phí.",
        "The fee {fee} is above the highest {limit} ({source}). Negotiate it again.",
    ),
    "CONTRACT_INCOMPLETE": (
        "Hợp đồng còn thiếu: {lacks}. Bổ sung rồi lưu lại.",
        "The contract still lacks: {lacks}. Complete it and save again.",
    ),
    "CONTRACT_NUMBER_TAKEN": (
        "Số {number} đã dùng ở đơn vị hoặc hợp đồng này. Gõ số khác.",
        "The number {number} is taken in this unit or contract. Type another.",
    ),
    "ANNEX_OUTSIDE_CONTRACT": (
        "Phụ lục áp dụng trước ngày hợp đồng bắt đầu {start}, hoặc kết thúc trước khi áp dụng. Sửa ngày.",
        "The annex applies before the contract begins on {start}, or ends before it applies. Change the dates.",
    ),
    "PERCENT_UNREADABLE": (
        "“{text}” không phải tỷ lệ phần trăm. Gõ như 0,75 (tối đa hai chữ số sau dấu phẩy).",
        "“{text}” is not a percentage. Type it like 0,75, with at most two decimals.",
    ),
}

# SPDX-License-Identifier: MPL-2.0
"""Sentences about payrolls: preparing, calculating, comparing, submitting, locking, budgets."""

SENTENCES: dict[str, tuple[str, str]] = {
    "PAYROLL_EXISTS": (
        "{unit} đã có bảng chi {month} của nguồn này, chưa khóa. Mở bảng đó thay vì lập bảng mới.",
        "{unit} has an open payroll for {month} and this stream. Open that one instead.",
    ),
    "PAYROLL_FILTER_UNKNOWN": (
        "Nguồn này không có mã {codes}. Bỏ mã đó hoặc chọn nguồn khác.",
        "This stream has no code {codes}. Leave it out or choose the other stream.",
    ),
    "PAYROLL_NOBODY": (
        "Không ai ở {unit} có khoản thuộc bảng chi {month} này nên không chi cho ai. Xem lại mã chế độ đã chọn.",
        "Nobody in {unit} has an award of this payroll for {month}, so nobody is paid. Look at the codes.",
    ),
    "PAYROLL_CLAIMED_MEANWHILE": (
        "Một bảng chi khác vừa nhận chi cho cùng người, cùng khoản, cùng tháng. Tính lại bảng này.",
        "Another payroll has just taken the same people, awards and months. Calculate this one again.",
    ),
    "PAYROLL_CALCULATING": (
        "Bảng chi này đang được tính ở một phiên khác. Chờ tính xong rồi xem kết quả; không cần tính lần nữa.",
        "This payroll is being calculated elsewhere. Wait for the result; there is no need to start again.",
    ),
    "PAYROLL_RUN_FAILED": (
        "Tính bảng chi bị lỗi giữa chừng. Bảng chưa đổi. Tính lại một lần; nếu vẫn lỗi, báo bộ phận kỹ thuật.",
        "The calculation broke off. Nothing changed. Calculate once more; if it fails again, tell the engineers.",
    ),
    "PAYROLL_TOTALS_DIFFER": (
        "Tổng đã ghi {stored} đ khác tổng tính theo từng trường hợp {expected} đ. Bảng chưa đổi; báo bộ phận"
        " kỹ thuật.",
        "The stored total {stored} differs from the cases' {expected}. Nothing changed; tell the engineers.",
    ),
    "PAYROLL_LINE_DIFFERS": (
        "Dòng {line} tính lại ra {again} đ, đã ghi {stored} đ. Bảng chưa đổi; báo bộ phận kỹ thuật.",
        "Line {line} computed again is {again}, stored is {stored}. Nothing changed; tell the engineers.",
    ),
    "PAYROLL_UNEXPLAINED": (
        "Còn {count} thay đổi so với tháng trước chưa có lý do. Ghi lý do cho từng người rồi trình.",
        "{count} differences from last month have no reason yet. Explain each, then submit.",
    ),
    "PAYROLL_NO_BUDGET": (
        "{unit} chưa có dự toán {year} của nguồn này. Nhập dự toán được giao trước khi trình.",
        "{unit} has no {year} budget for this stream. Enter the estimate before submitting.",
    ),
    "PAYROLL_OVER_BUDGET": (
        "Bảng chi {total} vượt dự toán còn lại của {unit} là {left}: thiếu {short}. Đề nghị bổ sung dự toán rồi"
        " trình lại.",
        "The payroll of {total} exceeds what {unit} has left, {left}, by {short}. Ask for more, then submit.",
    ),
    "PAYROLL_EMPTY": (
        "Bảng chi không có dòng nào được chi. Gỡ các khoản đang giữ rồi tính lại.",
        "The payroll pays nothing. Release what is held and calculate again.",
    ),
    "PAYROLL_APPROVER_INVOLVED": (
        "Bạn là người hưởng hoặc người nhận của một dòng trong bảng này nên người khác phải duyệt: {others}.",
        "You receive a payment of this payroll, so somebody else has to approve it: {others}.",
    ),
    "PAYROLL_CHANGED_SINCE": (
        "Nội dung bảng chi khác nội dung đã duyệt (mã {hash}). Không khóa được; tính lại và trình lại.",
        "The payroll is not what was approved (hash {hash}). It cannot be locked; calculate and submit again.",
    ),
    "PAYROLL_NOTHING_TO_EXPLAIN": (
        "Người này không có thay đổi nào chưa có lý do trong bảng chi.",
        "This person has no unexplained difference in the payroll.",
    ),
    "PAYROLL_REASON_NEEDED": (
        "Ghi lý do để người sau hiểu vì sao.",
        "Write the reason, so that others understand.",
    ),
    "PAYROLL_HOLD_OPEN": (
        "Người này đang được giữ chi. Gỡ lần giữ đó trước.",
        "Payments of this person are held already. Release that hold first.",
    ),
    "PAYROLL_PAPER_TOO_LONG": (
        "Danh sách có {rows} dòng, một bản in nhiều nhất {most} dòng. Lọc theo xã hoặc thôn rồi in từng bản.",
        "The list has {rows} rows, one paper at most {most}. Narrow it to a commune or hamlet.",
    ),
    "PAYROLL_NOT_FOUND": (
        "Không có bảng chi {month} của {unit} với nguồn {stream}.",
        "There is no payroll of {month} for {unit} and stream {stream}.",
    ),
    "PAYROLL_ENTRY_NO_AMOUNT": (
        "Ghi số tiền lớn hơn 0.",
        "Write an amount of more than 0.",
    ),
    "PAYROLL_ENTRY_OWN": (
        "Bạn đã lập dòng này nên người khác phải kiểm tra.",
        "You proposed this line, so somebody else has to check it.",
    ),
    "PAYROLL_ENTRY_WRONG_STREAM": (
        "Khoản {code} không thuộc nguồn của dòng bổ sung này.",
        "The award {code} does not belong to the stream of this entry.",
    ),
}

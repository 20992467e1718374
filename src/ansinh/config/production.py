# SPDX-License-Identifier: MPL-2.0
"""The start-up self-check (security.md B2 API8, B6.5): refuse to hold money on loose ground."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from django.conf import settings

from ansinh.config import database, home
from ansinh.staff.scope import ALL, declare

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
CLOCK_TOLERANCE = timedelta(seconds=5)
OLDEST_SANE_DAY = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, whether it holds, and else what to do (Vietnamese, English)."""

    name: str
    passed: bool
    vi: str = ""
    en: str = ""


def findings() -> list[Finding]:
    """All checks, in the order in which they are to be mended. Needs a reachable database."""
    found = [_debug_off(), _mode(), *_keys()]
    try:
        with database.connect("app") as connection:
            found += _durable(connection) + _least_privilege(connection)
            found += _row_security(connection) + _scope_proof(connection)
            found.append(_clock(connection, now=datetime.now(UTC)))
    except psycopg.OperationalError as unreachable:
        found.append(
            Finding(
                "database reachable",
                passed=False,
                vi=f"Không kết nối được cơ sở dữ liệu: {unreachable}. Kiểm tra DATABASE_URL.",
                en=f"The database does not answer: {unreachable}. Check DATABASE_URL.",
            )
        )
    return found


def _debug_off() -> Finding:
    return Finding(
        "DEBUG off",
        passed=not settings.DEBUG,
        vi="DEBUG đang bật, trang lỗi sẽ lộ dữ liệu. Bỏ biến ANSINH_DEBUG.",
        en="DEBUG is on and error pages would show data. Unset ANSINH_DEBUG.",
    )


def _mode() -> Finding:
    return Finding(
        "mode is production",
        passed=settings.MODE == "production",
        vi="Đang ở chế độ thử. Đặt ANSINH_MODE=production.",
        en="This is trial mode. Set ANSINH_MODE=production.",
    )


def _keys() -> list[Finding]:
    found = []
    for name in ("signing-key", "field-keys.json"):
        path = home.keys_folder() / name
        private = path.exists() and not _open_to_others(path)
        found.append(
            Finding(
                f"key {name}",
                passed=private,
                vi=f"Thiếu khóa {path} hoặc người khác đọc được. Chạy `ansinh keys make`, rồi chmod 600.",
                en=f"Key {path} is missing or others can read it. Run `ansinh keys make`; chmod 600.",
            )
        )
    return found


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _durable(connection: psycopg.Connection) -> list[Finding]:
    found = []
    for name in DURABLE:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
        value = row[0] if row else "?"
        found.append(
            Finding(
                f"{name} on",
                passed=value in {"on", "remote_apply", "remote_write"},
                vi=f"PostgreSQL chạy với {name} = {value}: mất điện là mất tiền đã ghi. "
                f"Đặt {name} = on trong postgresql.conf.",
                en=f"PostgreSQL runs with {name} = {value}: a power cut loses recorded payments. "
                f"Set {name} = on in postgresql.conf.",
            )
        )
    return found


def _least_privilege(connection: psycopg.Connection) -> list[Finding]:
    row = connection.execute(
        "SELECT bool_or(rolsuper), bool_or(rolbypassrls) FROM pg_roles"
        " WHERE rolname IN (session_user, current_user)"
    ).fetchone()
    is_superuser, bypasses = row or (True, True)
    owns = connection.execute(
        "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND relkind IN ('r', 'p') AND (pg_has_role(session_user, relowner, 'MEMBER')"
        " OR pg_has_role(current_user, relowner, 'MEMBER'))"
    ).fetchone()
    how_vi = "Cho ứng dụng một tài khoản riêng (ansinh_app) và đặt DATABASE_OWNER_URL cho việc nâng cấp."
    how_en = "Give the application its own role (ansinh_app); set DATABASE_OWNER_URL for migrations."
    return [
        Finding(
            "role is no superuser",
            passed=not is_superuser,
            vi=f"Ứng dụng đang dùng tài khoản quản trị của PostgreSQL. {how_vi}",
            en=f"The application connects as a PostgreSQL superuser. {how_en}",
        ),
        Finding(
            "role keeps row security",
            passed=not bypasses,
            vi=f"Tài khoản của ứng dụng bỏ qua phân quyền theo dòng (BYPASSRLS). {how_vi}",
            en=f"The application's role bypasses row-level security. {how_en}",
        ),
        Finding(
            "role owns no table",
            passed=owns is not None and owns[0] == 0,
            vi=f"Tài khoản của ứng dụng sở hữu bảng nên sửa được lược đồ và nhật ký. {how_vi}",
            en=f"The application's role owns tables and could rewrite the log. {how_en}",
        ),
    ]


def _scope_proof(connection: psycopg.Connection) -> list[Finding]:
    """Whether this process and the database hold the same key for the proof of a scope."""
    with connection.transaction(force_rollback=True):
        declare(cursor=connection.cursor(), scope=ALL)
        try:
            row = connection.execute("SELECT staff_scope_is_all()").fetchone()
        except psycopg.errors.InsufficientPrivilege:
            row = None
    return [
        Finding(
            "scope proof",
            passed=row is not None and bool(row[0]),
            vi="Khóa ký phạm vi của ứng dụng khác khóa trong cơ sở dữ liệu: không trang nào mở được."
            " Chạy `ansinh migrate` với đúng thư mục khóa.",
            en="The application's key for scopes is not the database's: no page opens."
            " Run `ansinh migrate` with the right key folder.",
        )
    ]


# Tables of personal data are those that carry a commune; partitions answer under their parent's policy.
# Sums by commune without a person: budgets and comparisons add them up over communes.
SUMS = ("payroll_communetotal", "dashboards_standing")
UNPROTECTED_TABLES = """
SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND a.attname = 'commune_id' AND NOT a.attisdropped AND c.relname <> ALL (%s)
    AND (NOT c.relrowsecurity OR NOT EXISTS (
        SELECT 1 FROM pg_policies AS p WHERE p.tablename = c.relname AND p.schemaname = current_schema()
            AND p.qual LIKE '%%staff_scope%%' AND p.with_check LIKE '%%staff_scope%%'))
ORDER BY 1
"""
OPEN_VIEWS = """
SELECT c.relname FROM pg_class AS c
WHERE c.relnamespace = current_schema()::regnamespace
    AND (c.relkind = 'm' AND EXISTS (
            SELECT 1 FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'commune_id')
        OR c.relkind = 'v' AND NOT coalesce(c.reloptions::text LIKE '%security_invoker=%true%', false)
            AND pg_get_viewdef(c.oid) NOT LIKE '%staff_scope_units()%')  -- it applies the scope itself
ORDER BY 1
"""


def _row_security(connection: psycopg.Connection) -> list[Finding]:
    tables = [row[0] for row in connection.execute(UNPROTECTED_TABLES, [list(SUMS)]).fetchall()]
    views = [row[0] for row in connection.execute(OPEN_VIEWS).fetchall()]
    return [
        Finding(
            "rows are bound to a scope",
            passed=not tables,
            vi=f"Bảng có dữ liệu cá nhân chưa phân quyền theo dòng: {', '.join(tables)}."
            " Chạy `ansinh migrate`.",
            en=f"Tables of personal data without row-level security: {', '.join(tables)}."
            " Run `ansinh migrate`.",
        ),
        Finding(
            "views keep row security",
            passed=not views,
            vi=f"Khung nhìn chạy bằng quyền của chủ bảng: {', '.join(views)}. Tạo lại với security_invoker.",
            en=f"Views that read as the tables' owner: {', '.join(views)}. Make them security_invoker.",
        ),
    ]


def _clock(connection: psycopg.Connection, *, now: datetime) -> Finding:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    apart = abs(row[0] - now) if row else timedelta.max
    return Finding(
        "clock sane",
        passed=apart <= CLOCK_TOLERANCE and now > OLDEST_SANE_DAY,
        vi=f"Đồng hồ máy lệch {apart} so với cơ sở dữ liệu. Bật đồng bộ giờ (NTP) trên cả hai máy.",
        en=f"This machine's clock is {apart} away from the database's. Turn on NTP on both.",
    )


class RefusedToStartError(Exception):
    """Production start refused; the message lists each failed check and what to do."""


def require() -> None:
    """Raise `RefusedToStartError` in production mode when a check fails; silent in trial mode."""
    if os.environ.get("ANSINH_MODE", "trial") != "production":
        return
    failed = [finding for finding in findings() if not finding.passed]
    if failed:
        raise RefusedToStartError("\n".join(f"{one.name}: {one.vi}\n{one.en}" for one in failed))

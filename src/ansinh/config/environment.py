# SPDX-License-Identifier: MPL-2.0
"""The settings that come from outside, typed and named `ANSINH_…` (docs/reference/settings.md)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """What an installation may set. Everything has a safe default for trying out."""

    model_config = SettingsConfigDict(env_prefix="ANSINH_", extra="ignore")

    mode: Literal["trial", "production"] = Field(
        "trial", description="trial shows the banner DỮ LIỆU THỬ; production refuses unsafe starts"
    )
    hosts: str = Field("localhost,127.0.0.1,[::1]", description="host names served, by comma")
    debug: bool = Field(False, description="Django's debug pages; refused in production")
    province: str = Field("49", description="code of the province that this installation serves")
    session_hours: int = Field(12, ge=1, le=12, description="longest session (ASVS 7.3.2)")
    idle_minutes: int = Field(30, ge=5, le=60, description="session ends after this long idle")
    notice_adapter: Literal["file", "email", "sms", "zalo"] = Field(
        "file", description="how messages to beneficiaries leave the house"
    )
    notice_address: str = Field("", description="mail box of the operator, for the adapter email")
    sms_gateway: str = Field("", description="address of the province's SMS gateway")
    zalo_gateway: str = Field("", description="address of the province's Zalo gateway")
    bank_url: str = Field("", description="address of the bank or switch that takes envelopes on line")
    bank_key: str = Field("", description="what shows the bank who we are")
    bank_wait_ms: int = Field(20_000, ge=50, le=120_000, description="how long the bank may take to answer")
    metrics_token: str = Field("", description="who shows it may read /do-luong/; empty: nobody")
    behind_tls: bool = Field(False, description="a proxy ends TLS before us: secure cookies, HSTS")


def environment() -> Environment:
    """Read the environment now."""
    return Environment()  # type: ignore[call-arg] # every field has a default

# SPDX-License-Identifier: MPL-2.0
"""Every page declares who may open it; `staff.middleware` asks, and refuses what declares nothing.

@public             no sign-in (health, sign-in itself)
@signed_in          any officer
@requires("code")   officers who hold the permission for some unit today
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])

PUBLIC = "public"
SIGNED_IN = "signed_in"


def requires(permission: str) -> Callable[[View], View]:
    """Declare the permission that a view needs."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare a view that needs no sign-in."""
    return requires(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Declare a view for every officer."""
    return requires(SIGNED_IN)(view)


def declared(view: object) -> str | None:
    """The permission a view declares, or None."""
    return getattr(view, "permission", None)

# SPDX-License-Identifier: MPL-2.0
"""Officers and the roles they hold at a unit between two dates."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by user name; officers are made by an action, never by a manager."""

    def get_by_natural_key(self, username: str | None) -> Officer:
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """A natural person who works with the system. Never deleted (A9): what they did stays theirs.

    The citizen number makes "two distinct persons" mean persons, not user names (A1).
    """

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400, default="")
    citizen_number_enc = models.BinaryField()
    citizen_number_bidx = models.BinaryField(max_length=32)
    citizen_number_last4 = models.CharField(max_length=4)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    credentials_changed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = OfficerManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen_number_bidx"], name="staff_officer_one_account_a_person"
            ),
        ]

    class Grants:
        """No officer is ever deleted."""

        app = ("SELECT", "INSERT", "UPDATE")

    def __str__(self) -> str:
        return self.full_name


class GrantState(models.TextChoices):
    """The life of a role assignment (`staff.lifecycles.GRANT`)."""

    PROPOSED = "proposed", "chờ xác nhận"
    CONFIRMED = "confirmed", "đang giữ"
    REFUSED = "refused", "không đồng ý"
    ENDED = "ended", "đã thôi"


class RoleAssignment(models.Model):
    """A role at a unit between two dates: proposed by one person, confirmed by another (A8)."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey("places.Unit", on_delete=models.PROTECT, related_name="+")
    validity = DateRangeField()
    state = models.CharField(max_length=10, choices=GrantState, default=GrantState.PROPOSED)
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(proposed_by=F("confirmed_by")),
                name="staff_grant_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("officer")),
                name="staff_grant_not_to_oneself",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in GrantState]),
                name="staff_grant_state",
            ),
        ]

    class Grants:
        """Assignments are ended, never deleted."""

        app = ("SELECT", "INSERT", "UPDATE")

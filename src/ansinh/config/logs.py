# SPDX-License-Identifier: MPL-2.0
"""What the log says, and what it never says: no name, number, address or value of a person.

Errors of the database quote the row that failed ("Key (citizen_bidx)=(…) already exists"), and so do
many others. So an error is logged by its classes and the places it passed through; its words are not.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

FRAMES = 30
# Loggers that put request addresses or values into their text: their lines keep only their level.
QUOTING = ("django.request", "django.security", "django.db.backends", "axes", "procrastinate")


def without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A processor: the error as classes and places, and no text of loggers that quote."""
    record: logging.LogRecord | None = event.get("_record")
    error = event.pop("exc_info", None)
    if error is True:
        error = record.exc_info if record else None
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"], event["places"] = _classes(error), _places(error)
    event.pop("stack_info", None)
    if record is not None and record.name.startswith(QUOTING):
        event["event"] = f"{record.name} {record.levelname.lower()}"
    return event


def _classes(error: BaseException | None) -> str:
    """The error's class and those it came from, newest first."""
    found = []
    while error is not None:
        found.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    return " < ".join(found)


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{frame.filename.rpartition('/ansinh/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def configuration(*, as_json: bool, with_words: bool = False) -> dict[str, Any]:
    """Django's LOGGING: JSON lines in production, readable lines for trying out; both without values,
    unless a developer asks `with_words` (ANSINH_DEBUG, which production refuses)."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    shown: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "careful": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    *([] if with_words else [without_words]),
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    shown,
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "careful"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        # Django gives these handlers of their own, which would print what ours leaves out.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
            "ansinh": {"level": "INFO" if as_json else "WARNING"},
        },
    }

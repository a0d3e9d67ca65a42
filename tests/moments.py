"""The moment at which tests begin."""

from datetime import UTC, datetime

NINE_IN_SHANGHAI = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

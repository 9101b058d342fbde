"""Time in the shape the house uses: aware datetimes outside, seconds since 2000-01-01 UTC (int4) inside the index."""

from datetime import UTC, datetime

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def seconds(at: datetime) -> int:
    """Seconds since 2000-01-01 UTC; fits int4 until 2068, earlier times are negative."""
    return int((at - EPOCH).total_seconds())

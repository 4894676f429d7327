"""Days that are reckoned: so many months on."""

from datetime import date


def months_later(day: date, months: int) -> date:
    """Return the same day some months on; a missing 31st becomes the 1st that follows."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return months_later(day.replace(day=1), months + 1)

"""Everything a terminal shows: tables, records, refusals, bars; the only room that knows Rich."""

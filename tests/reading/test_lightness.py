import pkgutil
import subprocess
import sys

from cycle import reading

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "fastapi", "alembic", "httpx", "psycopg"}
LOADED = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print("\\n".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_the_reading_room_loads_nothing_heavy() -> None:
    rooms = [f"cycle.reading.{module.name}" for module in pkgutil.iter_modules(reading.__path__)]
    assert len(rooms) > 20
    told = subprocess.run(
        [sys.executable, "-c", LOADED, *rooms], capture_output=True, text=True, check=True
    )
    assert HEAVY & set(told.stdout.split()) == set()

"""The naive app, as tutorials write it: FastAPI, SQLModel, a session a request, lazy relations."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import func
from sqlmodel import Field, Relationship, Session, SQLModel, col, create_engine, select

from tests.bench.baseline import URL

app = FastAPI()
engine = create_engine(URL.replace("postgresql://", "postgresql+psycopg://"))


class Department(SQLModel, table=True):
    id: str = Field(primary_key=True)
    code: str
    name: str


class Cycle(SQLModel, table=True):
    id: str = Field(primary_key=True)
    ref: str
    title: str


class MeasureBase(SQLModel):
    title: str
    description: str | None = None
    priority: int = 3


class Measure(MeasureBase, table=True):
    id: str = Field(default_factory=lambda: str(uuid4()), primary_key=True)
    ref: str
    state: str = "draft"
    state_since: date | None = None
    reason: str | None = None
    mandate: str | None = None
    binding: str = "council_resolution"
    planned_start: date | None = None
    planned_end: date | None = None
    forecast_end: date | None = None
    department_id: str | None = Field(default=None, foreign_key="department.id")
    cycle_id: str = Field(default="c1", foreign_key="cycle.id")
    version: int = 1
    created_at: str = Field(default_factory=lambda: datetime.now(UTC).isoformat())
    updated_at: str = Field(default_factory=lambda: datetime.now(UTC).isoformat())
    department: Department | None = Relationship()
    cycle: Cycle = Relationship()
    history: list["History"] = Relationship(back_populates="measure")


class History(SQLModel, table=True):
    id: str = Field(default_factory=lambda: str(uuid4()), primary_key=True)
    measure_id: str = Field(foreign_key="measure.id")
    at: str = Field(default_factory=lambda: datetime.now(UTC).isoformat())
    account: str = "planner"
    from_state: str | None = None
    to_state: str
    reason: str | None = None
    measure: Measure = Relationship(back_populates="history")


class MeasureIn(MeasureBase):
    department: str


class MoveIn(SQLModel):
    state: str
    reason: str | None = None


class DepartmentOut(SQLModel):
    code: str
    name: str


class CycleOut(SQLModel):
    ref: str
    title: str


class MeasureRow(MeasureBase):
    id: str
    ref: str
    state: str
    state_since: date | None
    reason: str | None
    mandate: str | None
    binding: str
    planned_start: date | None
    planned_end: date | None
    forecast_end: date | None
    version: int
    department: DepartmentOut | None
    cycle: CycleOut


class HistoryOut(SQLModel):
    at: str
    account: str
    from_state: str | None
    to_state: str
    reason: str | None


class MeasureOut(MeasureRow):
    history: list[HistoryOut]


def session() -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened


Opened = Annotated[Session, Depends(session)]


def _found(opened: Session, key: str) -> Measure:
    found = opened.exec(select(Measure).where(Measure.ref == key)).first()
    if found is None:
        raise HTTPException(404)
    return found


@app.post("/measures", status_code=201, response_model=MeasureOut)
def create(body: MeasureIn, opened: Opened) -> Measure:
    lead = opened.exec(select(Department).where(Department.code == body.department)).first()
    record = Measure(
        **body.model_dump(exclude={"department"}), ref=f"N-{str(uuid4())[:23]}",
        state_since=date(2026, 11, 22), department=lead,
    )  # fmt: skip
    record.history.append(History(measure_id=record.id, to_state="draft"))
    opened.add(record)
    opened.commit()
    opened.refresh(record)
    return record


@app.post("/measures/{key}/transitions", response_model=MeasureOut)
def move(key: str, body: MoveIn, opened: Opened) -> Measure:
    record = _found(opened, key)
    opened.add(
        History(
            measure_id=record.id, from_state=record.state, to_state=body.state, reason=body.reason
        )
    )
    record.state, record.state_since = body.state, date(2026, 11, 22)
    record.reason, record.version = body.reason, record.version + 1
    record.updated_at = datetime.now(UTC).isoformat()
    opened.add(record)
    opened.commit()
    opened.refresh(record)
    return record


@app.get("/measures/{key}", response_model=MeasureOut)
def show(key: str, opened: Opened) -> Measure:
    return _found(opened, key)


@app.get("/measures", response_model=list[MeasureRow])
def page(opened: Opened, offset: int = 0, limit: int = 50) -> Any:  # noqa: ANN401 - rows
    return opened.exec(select(Measure).order_by(Measure.ref).offset(offset).limit(limit)).all()


@app.get("/board")
def board(opened: Opened) -> Any:  # noqa: ANN401 - JSON
    counted = opened.exec(
        select(Department.code, Measure.state, func.count(col(Measure.id)))
        .join(Department)
        .group_by(Department.code, Measure.state)
    ).all()
    return [{"department": d, "state": s, "count": n} for d, s, n in counted]

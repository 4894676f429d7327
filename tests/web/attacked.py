"""A demo city with hostile texts and a draft nobody else may see, and clients that attack it."""

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import httpx

from api.web.frame import Page
from cycle.reading.journal import head
from cycle.usecases import accounts, consequences, findings, goals, measures, milestones, reports
from tests.conftest import FreshUrl
from tests.web.city import City, demo_city
from tests.web.places import PLACES

CANARY = "Zwieselkanari"  # in every word of the draft of department 50
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{0}{x}%s"
ROLES = (
    "admin", "committee_clerk", "department_head", "evaluator", "finance", "planner", "reader",
    "statistician", "steering",
)  # fmt: skip


@dataclass
class Attacked:
    """The city, its hidden draft, and who attacks."""

    city: City
    draft: str
    known: dict[str, httpx.Client] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def as_(self, name: str) -> httpx.Client:
        """Give the client of an account; "" is nobody."""
        if name not in self.known:
            self.known |= self.city.clients([name])
        return self.known[name]

    def token(self, name: str) -> str:
        """Give what proves a form of this account ours."""
        if name not in self.tokens:
            page = self.as_(name).get("/account" if name else "/sign-in").text
            found = re.search(r'name="_csrf" value="([0-9a-f]+)"', page)
            assert found
            self.tokens[name] = found[1]
        return self.tokens[name]

    def send(self, name: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - fields
        """Send fields as a form of ours would."""
        files = more.pop("files", None)
        sent = {"_csrf": self.token(name), "_once": secrets.token_urlsafe(12), **more}
        headers = {"Origin": self.city.served.address}
        return self.as_(name).post(path, data=sent, files=files, headers=headers)

    def deeds(self) -> int:
        """Count what was ever done."""
        with self.city.served.house.readers.lend() as reader:
            return head(reader)

    def walked(self, name: str, most: int) -> Iterator[tuple[str, httpx.Response]]:
        """Open what can be reached from the first page, a few addresses of each kind."""
        waiting, seen, kinds = ["/", *(p.path for p in PLACES)], set[str](), dict[str, int]()
        while waiting and len(seen) < most:
            path = waiting.pop(0)
            kind = re.sub(r"[A-Z]-\d{4}-\d+|=[^&]*", "", path)
            if path in seen or kinds.get(kind, 0) > 3:
                continue
            seen.add(path)
            kinds[kind] = kinds.get(kind, 0) + 1
            found = self.as_(name).get(path, follow_redirects=True)
            yield path, found
            links = re.findall(r'href="(/[^"]*)"', found.text)
            waiting += [each.replace("&amp;", "&") for each in links if "/static/" not in each]


@contextmanager
def attacked_city(made: FreshUrl, folder: Path) -> Iterator[Attacked]:
    """Serve the demo city with what attackers look for and what they leave behind."""
    with demo_city("sqlite", made, folder) as city:
        store = city.served.store
        with store.unit("admin") as unit:
            accounts.add(unit, "other_head", roles=["department_head"], departments=["50"])
        with store.unit("planner") as unit:
            words: dict[str, Any] = {"cycle": "Z-2024", "goal": "G-2024-003", "areas": ["03"]}
            words |= {"planned_end": date(2026, 10, 1), "description": f"{CANARY} Text"}
            key = measures.log(unit, title=f"{CANARY} Titel", lead="50", **words).ref
        with store.unit("planner") as unit:
            milestones.add(unit, key, f"{CANARY} Stein", due=date(2026, 5, 1))
        with store.unit("planner") as unit:
            consequences.assess(unit, key, ["built"], state="assessed", text=f"{CANARY} Bau")
        with store.unit("planner") as unit:
            measures.log(unit, title=HOSTILE[:90], lead="51", description=HOSTILE)
            goals.add(unit, text=HOSTILE)
            report = reports.add(unit, title=HOSTILE)
            findings.add(unit, text=HOSTILE, report=report.ref, source=HOSTILE)
        yield Attacked(city, key)


def address(page: Page, key: str = "M-2024-003") -> str:
    """Give an address of a page: the one it is looked at, else with a key and words put in."""
    words: Mapping[str, str] = {
        "key": key, "task": "words", "move": "cancel", "no": "1", "name": "advance", "id": "x",
        "rule": "feedback_missing", "kind": "measures", "ending": "csv",
    }  # fmt: skip
    return re.sub(r"{(\w+)}", lambda found: words[found[1]], page.path)


def parsed(text: str) -> Element:
    """Read a page as a browser does."""
    return html5lib.parse(text, namespaceHTMLElements=False)


def runs(root: Element) -> list[str]:
    """Give what would run, or lead to what runs, in a page."""
    found = []
    for each in root.iter():
        tag = str(each.tag)
        if tag in {"iframe", "object", "embed", "base"} or (
            tag == "img" and each.get("src") == "x"
        ):
            found.append(tag)
        if tag == "script" and not (each.get("src") or "").startswith("/static/"):
            found.append(f"script {each.text}")
        found += [f"{tag} {name}" for name in each.attrib if str(name).startswith("on")]
        href = (each.get("href") or each.get("action") or "/").strip().lower()
        if not href.startswith(("/", "#", "https://", "http://", "?")):
            found.append(f"{tag} {href}")
    return found

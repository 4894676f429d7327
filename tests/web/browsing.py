"""A browser without JavaScript: opens pages, fills their forms, follows where it is sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import httpx
import sqlalchemy as sa
from pwdlib.hashers.argon2 import Argon2Hasher

from cycle.store.store import Store
from tests.makers import DAY
from tests.people import CAST

PASSWORD = "Hinter-der-Saale-7"
OPENED: list[httpx.Client] = []
Words = Mapping[str, str | Sequence[str]]


QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)  # hundreds sign in


def let_in(store: Store) -> None:
    """Give everyone of the cast the same password, by a hash that is quickly checked."""
    hashed = QUICK.hash(PASSWORD)
    with store.unit("admin", day=DAY) as unit:
        for name in CAST:
            unit.session.execute(
                sa.text(
                    "INSERT INTO account_password (municipality_id, account_id, hash, changed_at)"
                    " SELECT municipality_id, id, :hash, created_at FROM account WHERE name = :name"
                ),
                {"hash": hashed, "name": name},
            )


@dataclass
class Seen:
    """A page as it came."""

    response: httpx.Response
    path: str  # where the browser is now
    root: Element = field(repr=False)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """Give what a reader reads, blanks made single."""
        main = self.root.find(".//main")
        return _said(main if main is not None else self.root)

    @property
    def title(self) -> str:
        return _said(self.root.find(".//h1"))

    def find(self, path: str) -> Element:
        found = self.root.find(path)
        assert found is not None, f"no {path} in {self.path}"
        return found

    def links(self) -> dict[str, str]:
        """Give every link of the content: its text → where it leads."""
        main = self.root.find(".//main")
        found = main if main is not None else self.root
        return {_said(a): a.get("href", "") for a in found.iter("a")}

    def forms(self) -> list[Element]:
        """Give the forms of the content."""
        main = self.root.find(".//main")
        return list((main if main is not None else self.root).iter("form"))

    def form(self, button: str = "", action: str = "") -> Element:
        """Give the form with this button, or sent there; else the only or first one."""
        for each in self.forms():
            labels = [_said(b) for b in each.iter("button")]
            if (not button or button in labels) and (
                not action or each.get("action", "").startswith(action)
            ):
                return each
        shown = [[_said(b) for b in f.iter("button")] for f in self.forms()]
        msg = f"no form {button or action} on {self.path}; there are {shown}\n{self.text[:600]}"
        raise AssertionError(msg)

    def faults(self) -> list[str]:
        """Give what stands in the summary of faults."""
        box = self.root.find(".//*[@id='faults']")
        return [] if box is None else [_said(li) for li in box.iter("li")]

    def filled(self, button: str = "") -> dict[str, list[str]]:
        """Give what a form would send as it stands."""
        return dict(_controls(self.form(button)))


@dataclass
class Browser:
    """Somebody at the pages, signed in or not."""

    client: httpx.Client
    clicks: int = 0
    typed: int = 0

    def open(self, path: str) -> Seen:
        """Open an address, and follow where it leads."""
        return _seen(self.client.get(path, follow_redirects=True))

    def follow(self, seen: Seen, text: str) -> Seen:
        """Click a link."""
        self.clicks += 1
        links = seen.links()
        assert text in links, f"no link {text!r} on {seen.path}: {list(links)}"
        return self.open(links[text])

    def send(
        self, seen: Seen, words: Words | None = None, *, button: str = "", action: str = "",
        files: Mapping[str, Any] | None = None,
    ) -> Seen:  # fmt: skip
        """Fill a form with these words, all else as it stands, and click its button."""
        found = seen.form(button, action)
        sent = dict(_controls(found))
        for name, value in (words or {}).items():
            sent[name] = [value] if isinstance(value, str) else list(value)
            self.typed += 1
        for each in found.iter("button"):
            if each.get("name") and (not button or _said(each) == button):
                sent[each.get("name", "")] = [each.get("value", "")]
                break
        self.clicks += 1
        to = found.get("action") or seen.path
        if found.get("method", "get").lower() == "get":
            return _seen(self.client.get(to, params=sent, follow_redirects=True))
        return self.post(to, sent, files=files)

    def post(
        self, to: str, sent: Mapping[str, Any], files: Mapping[str, Any] | None = None
    ) -> Seen:
        """Send fields as they are."""
        headers = {"Origin": str(self.client.base_url).rstrip("/")}
        return _seen(
            self.client.post(
                to, data=dict(sent), files=files, headers=headers, follow_redirects=True
            )
        )


def browser(address: str, lang: str = "de") -> Browser:
    """Give a browser in which nobody is signed in."""
    headers = {"Accept": "text/html", "Accept-Language": lang}
    OPENED.append(httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=False))
    return Browser(OPENED[-1])


def close_all() -> None:
    """Close every browser a test has opened."""
    while OPENED:
        OPENED.pop().close()


def signed_in(address: str, name: str, lang: str = "de") -> Browser:
    """Give a browser in which this account of the cast is signed in."""
    here = browser(address, lang)
    seen = here.send(here.open("/sign-in"), {"name": name, "password": PASSWORD}, action="/sign-in")
    assert seen.status == 200, seen.text
    assert seen.path == "/", seen.text
    here.clicks = here.typed = 0
    return here


def _seen(response: httpx.Response) -> Seen:
    root = html5lib.parse(response.text, namespaceHTMLElements=False)
    url = urlsplit(str(response.url))
    return Seen(response, f"{url.path}?{url.query}" if url.query else url.path, root)


def _said(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _controls(form: Element) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for each in form.iter():
        name = each.get("name", "")
        if not name or each.get("disabled") is not None:
            continue
        if each.tag == "textarea":
            found.setdefault(name, []).append((each.text or "").removeprefix("\n"))
        elif each.tag == "select":
            options = list(each.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            found.setdefault(name, []).extend(o.get("value", "") for o in chosen)
        elif each.tag == "input" and each.get("type") in {"radio", "checkbox"}:
            if each.get("checked") is not None:
                found.setdefault(name, []).append(each.get("value", "1"))
        elif each.tag == "input" and each.get("type") != "file":
            found.setdefault(name, []).append(each.get("value", ""))
    yield from found.items()

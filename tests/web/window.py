"""A window of a real browser: who sits at it, what is typed and clicked, what goes wrong behind."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.web.browsing import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request


class Window:
    """A browser in which one account is signed in; it counts clicks and typed fields."""

    def __init__(
        self,
        chromium: "Browser",
        address: str,
        who: str = "",
        *,
        script: bool = True,
        password: str = PASSWORD,
    ) -> None:
        self.address, self.who = address, who
        self.context = chromium.new_context(
            locale="de-DE", viewport={"width": 1280, "height": 900}, java_script_enabled=script
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.wrong: list[str] = []
        self.clicks = self.typed = 0
        self.page.on("console", lambda m: self._heard(m.type, m.text))
        self.page.on("pageerror", lambda e: self.wrong.append(f"script: {e}"))
        self.page.on("request", self._asked)
        if who:
            self.sign_in(who, password)

    def sign_in(self, who: str, password: str = PASSWORD) -> None:
        """Sign in as people do."""
        self.page.goto(f"{self.address}/sign-in")
        self.page.fill("#f-name", who)
        self.page.fill("#f-password", password)
        self.page.click("form[action='/sign-in'] button[type=submit]")
        assert self.path == "/", self.text

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def text(self) -> str:
        """Give what stands on the page."""
        return " ".join((self.page.text_content("main") or "").split())

    def open(self, path: str) -> str:
        """Open an address; give the source of the page."""
        self.wrong.clear()
        response = self.page.goto(f"{self.address}{path}")
        assert response is not None
        return response.text()

    def click(self, name: str) -> None:
        """Click a link or a button by its whole text."""
        self.clicks += 1
        found = self.page.get_by_role("link", name=name, exact=True).or_(
            self.page.get_by_role("button", name=name, exact=True)
        )
        found.first.click()
        self.page.wait_for_load_state()

    def type(self, label: str, text: str) -> None:
        """Type into a field."""
        self.typed += 1
        self.page.get_by_label(label).first.fill(text)

    def choose(self, name: str, *values: str) -> None:
        """Choose from a list, or tick boxes, by the field's name."""
        listed = self.page.locator(f"main select[name='{name}']")
        if listed.count():
            listed.select_option(list(values))
            return
        for value in values:
            self.page.locator(f"main input[name='{name}'][value='{value}']").check()

    def fill(self, name: str, text: str) -> None:
        """Type into a field by its name."""
        self.page.locator(f"main [name='{name}']").fill(text)

    def save(self) -> None:
        """Send the form of the page."""
        self.page.locator("main form[method=post] button[type=submit]").first.click()
        self.page.wait_for_load_state()

    def close(self) -> None:
        """Close it."""
        self.context.close()

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:
            self.wrong.append(f"console: {text}")

    def _asked(self, request: "Request") -> None:
        if not request.url.startswith((self.address, "data:")):
            self.wrong.append(f"asks {request.url}")

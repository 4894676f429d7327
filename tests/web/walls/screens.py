"""What a page must be on every screen; each check gives what is wrong with it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import html5lib

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "axe" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SPACED = """on => { for (const e of document.querySelectorAll('body *')) {
  const s = e.style;
  if (on) { s.setProperty('line-height', '1.5', 'important');
            s.setProperty('letter-spacing', '0.12em', 'important');
            s.setProperty('word-spacing', '0.16em', 'important'); }
  else { s.removeProperty('line-height'); s.removeProperty('letter-spacing');
         s.removeProperty('word-spacing'); } } }"""
_WIDE = """() => {
  const room = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > room)
    for (const e of document.querySelectorAll('body *')) {
      const box = e.getBoundingClientRect();
      if (box.width && box.right > room + 1 && !e.closest('.scroll, pre, svg'))
        found.push(e.tagName + '.' + e.className + ' ' + Math.round(box.right));
    }
  return found.slice(0, 5);
}"""
_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e), b = e.getBoundingClientRect();
  const near = e.closest('label, .kern-form-check, .kern-task-list__item, .kern-card') || e;
  const n = getComputedStyle(near);
  const after = getComputedStyle(e, '::after'), before = getComputedStyle(e, '::before');
  const outlined = x => x.outlineStyle !== 'none' && parseFloat(x.outlineWidth) > 0;
  const ring = [s, n, after, before].some(x => outlined(x) || x.boxShadow !== 'none');
  return {name: e.tagName + '#' + e.id + ' ' + (e.textContent || e.value || '').trim().slice(0, 40),
          ring, seen: b.width > 0 && b.height > 0, top: b.top, bottom: b.bottom,
          height: innerHeight, at: [...document.querySelectorAll('*')].indexOf(e)};
}"""


def axe(page: "Page") -> list[str]:
    """Run axe-core with WCAG 2.0 to 2.2, A and AA, and its best practices."""
    page.evaluate(AXE)
    found: Any = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false})",
        TAGS,
    )
    return [
        f"{each['id']}: {each['help']} {[n['target'] for n in each['nodes']][:4]}"
        for each in found["violations"]
    ]


def too_wide(page: "Page") -> list[str]:
    """Find what makes a page scroll sideways."""
    found: list[str] = page.evaluate(_WIDE)
    return found


def narrow(page: "Page") -> list[str]:
    """Look at 320 px, then with WCAG's spacing of text, then with text twice as large."""
    page.set_viewport_size({"width": 320, "height": 720})
    found = [f"at 320 px: {each}" for each in too_wide(page)]
    page.evaluate(_SPACED, arg=True)
    found += [f"at 320 px with spaced text: {each}" for each in too_wide(page)]
    page.evaluate(_SPACED, arg=False)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("() => document.documentElement.style.setProperty('font-size', '200%')")
    found += [f"with text of 200 %: {each}" for each in too_wide(page)]
    page.evaluate("() => document.documentElement.style.removeProperty('font-size')")
    return found


def html(text: str) -> list[str]:
    """Parse strictly, and look for what a parser lets pass: ids, labels, references, nesting."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    root = parser.parse(text)
    found = [f"{code} {json.dumps(more)} at {place}" for place, code, more in parser.errors]
    ids = [each.get("id", "") for each in root.iter() if each.get("id")]
    found += [f"id {each} stands twice" for each in {i for i in ids if ids.count(i) > 1}]
    for each in root.iter():
        found += _references(each, set(ids))
    found += [f"{name} inside {outer}" for outer, name in _nested(root)]
    return found


def _references(element: Element, ids: set[str]) -> list[str]:
    names = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")
    missing = [
        f"{element.tag} {name}={part} leads nowhere"
        for name in names
        for part in element.get(name, "").split()
        if part not in ids
    ]
    if element.get("style") is not None:
        missing.append(f"{element.tag} has a style of its own")
    missing += [f"{element.tag} has {n}" for n in element.attrib if str(n).startswith("on")]
    return missing


_ACTIVE = {"a", "button", "select", "textarea", "summary", "label"}
_BLOCKS = {"div", "p", "ul", "ol", "table", "section", "form", "h1", "h2", "h3", "dl", "fieldset"}


def _nested(root: Element) -> list[tuple[str, str]]:
    found = []
    for outer in root.iter():
        inner = [e for e in outer.iter() if e is not outer]
        if outer.tag in _ACTIVE - {"label"}:
            found += [(str(outer.tag), str(e.tag)) for e in inner if e.tag in _ACTIVE - {"label"}
                      and e.tag != "select"]  # fmt: skip
        if outer.tag in {"p", "span", "button", "h1", "h2", "h3", "dt"}:
            found += [(str(outer.tag), str(e.tag)) for e in inner if e.tag in _BLOCKS]
        if outer.tag in {"ul", "ol"}:
            found += [
                (str(outer.tag), str(e.tag)) for e in outer if e.tag not in {"li", "template"}
            ]
        if outer.tag == "dl":
            found += [("dl", str(e.tag)) for e in outer if e.tag not in {"dt", "dd", "div"}]
        if outer.tag == "form":
            found += [("form", "form") for e in inner if e.tag == "form"]
    return found


def by_keyboard(page: "Page", most: int = 80) -> list[str]:
    """Walk with TAB: everything reached is seen, marked, and left again."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    found: list[str] = []
    places: list[int] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here: Any = page.evaluate(_FOCUS)
        if here is None:
            break
        if places and here["at"] == places[-1]:
            found.append(f"the keyboard is caught at {here['name']}")
            break
        if places and here["at"] == places[0]:
            break
        places.append(here["at"])
        if not here["ring"]:
            found.append(f"no mark of focus at {here['name']}")
        if not here["seen"]:
            found.append(f"focus goes to something unseen: {here['name']}")
    if not places:
        found.append("nothing can be reached")
    elif places != sorted(places):
        found.append("the order of TAB is not the order of reading")
    return found

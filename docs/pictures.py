"""The README's two pictures, made anew from a freshly loaded demo:

    TRAFF_DATA=$(mktemp -d) PORT=8090 ./traff run
    .venv/bin/python docs/pictures.py http://localhost:8090

They are those of the tour: home on a Monday morning, and half a question with the earlier work beneath it.
"""

import io
import json
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page, sync_playwright

from traff.config.chromium import find_chromium

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "pictures"
WINDOW = {"width": 1180, "height": 860}
TALL = {"width": 1180, "height": 2400}
AIR = 16  # px around what is cut out


def main(address: str) -> None:
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_context(base_url=address, locale="en-GB", viewport=WINDOW, color_scheme="light").new_page()
        be_astrid(page)
        page.locator(".traffar .suggestion").first.wait_for()
        keep(page, "home.png")
        half_a_question(page)
        keep(page, "half-a-question.png", clip=around(page, ".composer-form", "#panel .suggestion"))
        leave_no_draft(page)
        browser.close()


def be_astrid(page: Page) -> None:
    page.goto("/demo/")
    page.locator("form:has(input[value='astrid']) button").click()
    page.wait_for_url("**/")
    if page.locator("html").get_attribute("lang") != "en":
        page.locator("button[name=language][value=en]").last.click()
        page.wait_for_load_state()


def half_a_question(page: Page) -> None:
    words = json.loads((ROOT / "demo" / "meetings.json").read_text(encoding="utf-8"))["writing"][0]["en"]
    page.set_viewport_size(TALL)
    page.goto("/write/?kind=question")
    page.locator("#id_title:focus").wait_for()  # the composer has begun
    page.locator("#id_title").fill("Why does it leak again?")
    page.locator("#id_body").focus()
    page.locator(".write-text").first.wait_for()
    page.keyboard.type(words)
    page.locator("#panel .suggestion").first.wait_for()
    page.wait_for_timeout(1000)  # the panel has come to rest


def leave_no_draft(page: Page) -> None:
    page.goto("/me/drafts/")
    page.locator("form[action*='/drafts/'] button").first.click()


def around(page: Page, left: str, right: str) -> FloatRect:
    """From the head of one thing to the foot of another that stands beside it."""
    boxes = [page.locator(name).first.bounding_box() for name in (left, right)]
    if not (boxes[0] and boxes[1]):
        raise SystemExit(f"{left} or {right} is not on the page")
    x, y = boxes[0]["x"] - AIR, boxes[0]["y"] - AIR
    end, foot = (boxes[1][at] + boxes[1][size] + AIR for at, size in (("x", "width"), ("y", "height")))
    return {"x": x, "y": y, "width": end - x, "height": foot - y}


def keep(page: Page, name: str, clip: FloatRect | None = None) -> None:
    """As a PNG packed as well as it can be; the colours stay those of the look."""
    shot = Image.open(io.BytesIO(page.screenshot(caret="hide", animations="disabled", clip=clip)))
    shot.convert("RGB").save(OUT / name, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")

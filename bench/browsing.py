"""Home in a real Chromium: how heavy it is, how many requests it makes, when it is there."""

from bench.driving import TOKEN
from bench.people import Material
from bench.serving import Server
from traff.config.chromium import find_chromium

PAINTS = """() => new Promise(done => {
  let largest = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { largest = e.startTime; }))
    .observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => done({
    first: (performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime || 0,
    largest,
    requests: performance.getEntriesByType('resource').map(e => [e.name, e.initiatorType, e.encodedBodySize]),
    page: performance.getEntriesByType('navigation')[0].encodedBodySize,
  }), 600);
})"""


def home(server: Server, known: Material, visits: int = 5) -> dict[str, float]:
    """Of a first visit, nothing kept: kB over the wire, requests, kB of JavaScript; paints in ms, medians."""
    from playwright.sync_api import sync_playwright

    address = f"http://localhost:{server.port}/"
    seen = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for cookie in known.cookies[:visits]:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            session = cookie.split(";")[0].removeprefix("sessionid=")
            context.add_cookies(
                [{"name": "sessionid", "value": session, "url": address}, {"name": "csrftoken", "value": TOKEN, "url": address}]
            )
            page = context.new_page()
            page.goto(address, wait_until="load")
            seen.append({**page.evaluate(PAINTS), "cards": page.locator("[data-card]").count()})
            context.close()
        browser.close()
    middle = sorted(seen, key=lambda visit: visit["largest"])[len(seen) // 2]
    scripts = [size for name, _, size in middle["requests"] if name.split("?")[0].endswith(".js")]
    return {
        "page": middle["page"] / 1000,
        "all": (middle["page"] + sum(size for _, _, size in middle["requests"])) / 1000,
        "requests": 1 + len(middle["requests"]),
        "scripts": sum(scripts) / 1000,
        "first": middle["first"],
        "largest": middle["largest"],
        "cards": middle["cards"],
    }

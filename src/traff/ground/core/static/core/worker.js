/* The service worker: when nothing answers it shows the page that says so. It keeps that page, the look it is drawn with
   and the language of the last page; never a page of anybody's. `KEPT` (version, files, pages) is written above by the view. */

const NAME = `traff-${KEPT.version}`;
const LANGUAGE = "/offline/language";

self.addEventListener("install", (event) => {
  const fresh = [...KEPT.files, ...Object.values(KEPT.pages)].map((url) => new Request(url, { credentials: "omit" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const others = async () => {
    for (const name of await caches.keys()) if (name.startsWith("traff-") && name !== NAME) await caches.delete(name);
    await self.registration.navigationPreload?.enable();
  };
  event.waitUntil(others());
});

const kept = async (url) => (await caches.open(NAME)).match(url, { ignoreVary: true });

let spoken = "";
const remember = async (language) => {
  if (!KEPT.pages[language] || language === spoken) return;
  spoken = language;
  await (await caches.open(NAME)).put(LANGUAGE, new Response(language));
};

const page = async (event) => {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(remember(answer.headers.get("Content-Language")));
    return answer;
  } catch {
    const last = await (await kept(LANGUAGE))?.text();
    const language = last ?? (navigator.language.startsWith("sv") ? "sv" : "en");
    return (await kept(KEPT.pages[language])) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (KEPT.files.includes(new URL(request.url).pathname))
    event.respondWith(kept(request.url).then((answer) => answer ?? fetch(request)));
});

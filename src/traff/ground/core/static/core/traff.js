/* What the keyboard can do, and small comforts. Nothing here is needed to read or to write. */

const root = document.documentElement;
const typing = (element) => element?.closest("input, textarea, select, [contenteditable], dialog[open]");
const show = (id) => document.getElementById(id)?.showModal();

/* Keys: / search, n write, j k cards, g + letter, ? help. They can be switched off, and say nothing while one types. */
const OFF = "traff-keys-off";
const kept = {
  get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
  set: (name, value) => { try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* this browser keeps nothing */ } },
};
let waiting = 0;
const step = (by) => {
  const cards = [...document.querySelectorAll("main [data-card]")];
  const here = cards.findIndex((card) => card.contains(document.activeElement));
  const card = cards[Math.max(0, Math.min(cards.length - 1, here < 0 && by < 0 ? 0 : here + by))];
  (card?.querySelector("[data-open]") ?? card?.querySelector("a, button"))?.focus();
  card?.scrollIntoView({ block: "nearest" });
};
const go = (element) => element && (location.href = element.href);
const keys = {
  "/": () => {
    const fields = [...document.querySelectorAll("main [data-search]"), ...document.querySelectorAll("[data-search]")];
    const field = fields.find((one) => one.checkVisibility());
    return field ? field.focus() : (location.href = "/search/");
  },
  n: () => go(document.querySelector("[data-write]")),
  j: () => step(1),
  k: () => step(-1),
  g: () => (waiting = Date.now()),
  "?": () => show("keys"),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || kept.get(OFF) || typing(event.target)) return;
  const follows = Date.now() - waiting < 1200;
  waiting = 0;
  const way = follows && document.querySelector(`:is(.nav, .top) [data-key="${CSS.escape(event.key)}"]`);
  if (!way && !keys[event.key]) return;
  event.preventDefault();
  return way ? go(way) : keys[event.key]();
});
/* A way to where one writes puts the cursor there at once: what is typed next is text, and no shortcut */
const writeAt = (id) => {
  const form = document.getElementById(id);
  const field = form?.matches("form") && (form.querySelector("[contenteditable=true]") ?? form.querySelector("textarea:not([hidden])"));
  if (!field) return false;
  field.focus({ preventScroll: true });
  form.scrollIntoView({ block: "center" });
  return true;
};
document.addEventListener("click", (event) => {
  const way = !event.defaultPrevented && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.target.closest("a[href*='#']");
  if (!way || way.target || way.origin + way.pathname + way.search !== location.origin + location.pathname + location.search) return;
  if (!writeAt(way.hash.slice(1))) return;
  event.preventDefault(); // the browser's own jump would take the focus away again
  if (location.hash !== way.hash) history.pushState(history.state, "", way.href);
});
writeAt(location.hash.slice(1));
addEventListener("load", () => document.activeElement === document.body && writeAt(location.hash.slice(1)));

const switched = document.querySelector("[data-keys]");
if (switched) switched.checked = !kept.get(OFF);
switched?.addEventListener("change", () => kept.set(OFF, switched.checked ? "" : "off"));

/* Completion beneath the search boxes comes when somebody first turns to one */
document.addEventListener("focusin", (event) => {
  const box = event.target.closest?.("[data-module]");
  if (!box || document.querySelector(`link[href="${box.dataset.style}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: box.dataset.style }));
  import(new URL(box.dataset.module, location.href));
});

/* A face that is not shown to this reader, or does not come: initials, as for whoever has no photo */
const letters = (face) => {
  const said = Object.assign(document.createElement("span"), { className: "avatar-letters", textContent: face.dataset.letters });
  face.replaceWith(said);
};
document.addEventListener("error", (event) => event.target.matches?.("img[data-letters]") && letters(event.target), true);
for (const face of document.querySelectorAll("img[data-letters]")) if (face.complete && !face.naturalWidth) letters(face);
/* Opening and closing: dialogs, menus, toasts */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener && document.getElementById(opener.dataset.opens)) {
    event.preventDefault();
    show(opener.dataset.opens);
  }
  event.target.closest("[data-dismiss]")?.closest(".toast").remove();
  if (event.target instanceof HTMLDialogElement) event.target.close();
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
/* A menu stays within its column and the window, wherever its button stands */
const fit = (list) => {
  list.style.translate = "";
  const box = list.getBoundingClientRect();
  const room = (list.closest(".aside, main") ?? root).getBoundingClientRect();
  const left = Math.max(room.left, 8) - box.left;
  const right = Math.min(room.right, root.clientWidth - 8) - box.right;
  if (left > 0 || right < 0) list.style.translate = `${Math.max(left, Math.min(0, right))}px 0`;
};
document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches?.("details.menu[open]")) return;
    const list = event.target.querySelector(".menu-list");
    fit(list);
    list.scrollIntoView({ block: "nearest" });
  },
  true,
);

/* At sign-out nothing half-written stays at this computer; the drafts stay on the server */
document.addEventListener("submit", (event) => {
  if (!event.target.action?.endsWith("/accounts/logout/")) return;
  indexedDB.deleteDatabase("traff-writing");
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith("traff-writing:")) localStorage.removeItem(name);
  } catch { /* this browser keeps nothing */ }
});

/* Theme: kept in a cookie, so that the server sends the right one and nothing flashes */
document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-themes] button")?.value;
  if (!chosen) return;
  root.dataset.theme = chosen;
  for (const meta of document.querySelectorAll("[data-theme-of]")) {
    const of = meta.dataset.themeOf;
    meta.media = chosen === "system" ? `(prefers-color-scheme: ${of})` : chosen === of ? "all" : "not all";
  }
  document.cookie = `traff_theme=${chosen}; path=/; max-age=31536000; samesite=lax`;
  for (const button of document.querySelectorAll("[data-themes] button")) button.setAttribute("aria-pressed", button.value === chosen);
});

/* Toasts: good news leaves by itself unless somebody is looking, with a pointer or the keyboard's focus (a finger leaves no hover
   behind that says so); what leads somewhere stays longer, what waits its turn on a phone as well, and what went wrong until it is closed */
const toasts = document.getElementById("toasts");
const isLookedAt = (toast) => (matchMedia("(hover: hover)").matches && toast.matches(":hover")) || toast.querySelector(":focus-visible");
const leave = (toast) => {
  if (!toast.isConnected || toast.matches(".toast-error, .toast-warning")) return;
  setTimeout(() => (isLookedAt(toast) || !toast.checkVisibility() ? leave(toast) : toast.remove()), toast.matches(":has(a)") ? 30000 : 10000);
};
const say = (id) => {
  const message = document.getElementById(id);
  if (!message || toasts.querySelector(`[data-said="${id}"]`)) return;
  const toast = message.content.firstElementChild.cloneNode(true);
  toast.dataset.said = id;
  toasts.append(toast);
  reveal(toasts);
  leave(toast);
};
for (const toast of toasts?.children ?? []) leave(toast);
for (const lost of ["htmx:sendError", "htmx:responseError"]) document.addEventListener(lost, () => say("lost"));

/* Sending: a form goes once, and what takes more than half a second says so */
const underway = new Map();
const begin = (key, button) => {
  const timer = setTimeout(() => {
    root.toggleAttribute("data-busy", true);
    button?.setAttribute("aria-busy", "true");
    const said = document.getElementById("said");
    if (said) said.textContent = document.getElementById("sending").content.textContent.trim();
  }, 500);
  underway.set(key, { timer, button });
};
const end = (key) => {
  const { timer, button } = underway.get(key) ?? {};
  underway.delete(key);
  clearTimeout(timer);
  button?.removeAttribute("aria-busy");
  if (underway.size) return;
  root.toggleAttribute("data-busy", false);
  const said = document.getElementById("said");
  if (said) said.textContent = "";
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-writing]")) return;
  if (underway.has(form)) return event.preventDefault();
  begin(form, event.submitter);
  setTimeout(() => end(form), form.matches("[data-stays]") ? 4000 : 20000); /* an answer that leaves the page standing: a file */
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  if (!elt.matches("form, a, button")) return;
  if (underway.has(elt)) return event.preventDefault();
  begin(elt, elt.matches("form") ? event.detail.requestConfig.triggeringEvent?.submitter : elt);
});
document.addEventListener("htmx:afterRequest", (event) => end(event.detail.requestConfig.elt));
addEventListener("pageshow", () => [...underway.keys()].forEach(end));

/* A file that is too large is said before it is sent */
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.dataset?.largest) return;
  const isTooLarge = [...field.files].some((file) => file.size > Number(field.dataset.largest));
  field.setCustomValidity(isTooLarge ? field.dataset.tooLarge : "");
  field.reportValidity();
});

/* Passing a page on: its address alone, to the clipboard or to the device's own way of sharing */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-pass]");
  if (!button) return;
  const url = new URL(button.value, location.href).href;
  button.closest("details.menu")?.removeAttribute("open");
  try {
    if (button.dataset.pass === "share") await navigator.share({ title: document.title, url });
    else await navigator.clipboard.writeText(url).then(() => say("copied"));
  } catch {
    /* changed their mind, or the browser says no: the address stands in its bar */
  }
});

/* What only works with this file is shown by it, also in what htmx brings later */
const reveal = (within) => {
  for (const element of within.querySelectorAll("[data-themes], [data-opens], [data-dismiss], [data-needs]"))
    element.hidden = Boolean(element.dataset.needs) && !(element.dataset.needs in navigator);
};
reveal(document);
document.addEventListener("htmx:load", (event) => {
  reveal(event.detail.elt);
  if (event.detail.elt.matches?.(".toast")) leave(event.detail.elt);
});

/* The page for when there is no contact is fetched once, when everything else is here */
addEventListener("load", () => navigator.serviceWorker?.register("/worker.js").catch(() => {}));

/* What the keyboard can do, and small comforts. Nothing here is needed to read or to write. */

const typing = (element) => element?.closest("input, textarea, select, [contenteditable], dialog[open]");
const show = (id) => document.getElementById(id)?.showModal();

/* Keys: / search, n write, j k cards, g + letter, ? help */
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
    const field = document.querySelector("main [data-search]") ?? document.querySelector("[data-search]");
    return field?.checkVisibility() ? field.focus() : (location.href = "/search/");
  },
  n: () => go(document.querySelector("[data-write]")),
  j: () => step(1),
  k: () => step(-1),
  g: () => (waiting = Date.now()),
  "?": () => show("keys"),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const follows = Date.now() - waiting < 1200;
  waiting = 0;
  const way = follows && document.querySelector(`.nav [data-key="${CSS.escape(event.key)}"]`);
  if (!way && !keys[event.key]) return;
  event.preventDefault();
  return way ? go(way) : keys[event.key]();
});

/* Completion beneath the search boxes comes when somebody first turns to one */
document.addEventListener("focusin", (event) => {
  const box = event.target.closest?.("[data-module]");
  if (!box || document.querySelector(`link[href="${box.dataset.style}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: box.dataset.style }));
  import(new URL(box.dataset.module, location.href));
});

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

document.addEventListener(
  "toggle",
  (event) => event.target.matches?.("details.menu[open]") && event.target.querySelector(".menu-list").scrollIntoView({ block: "nearest" }),
  true,
);

/* At sign-out nothing half-written stays at this computer; the drafts stay on the server */
document.addEventListener("submit", (event) => {
  if (event.target.action?.endsWith("/accounts/logout/")) indexedDB.deleteDatabase("traff-writing");
});

/* Theme: kept in a cookie, so that the server sends the right one and nothing flashes */
const themes = document.querySelector("[data-themes]");
themes?.addEventListener("click", (event) => {
  const chosen = event.target.closest("button")?.value;
  if (!chosen) return;
  document.documentElement.dataset.theme = chosen;
  document.cookie = `traff_theme=${chosen}; path=/; max-age=31536000; samesite=lax`;
  for (const button of themes.querySelectorAll("button")) button.setAttribute("aria-pressed", button.value === chosen);
});

/* Toasts: good news leaves by itself unless somebody is looking; what went wrong stays */
const toasts = document.getElementById("toasts");
const leave = (toast) => {
  if (!toast.isConnected || toast.matches(".toast-error, .toast-warning")) return;
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leave(toast) : toast.remove()), 10000);
};
for (const toast of toasts?.children ?? []) leave(toast);
for (const lost of ["htmx:sendError", "htmx:responseError"])
  document.addEventListener(lost, () => {
    const message = document.getElementById("lost");
    if (!message || toasts.querySelector("[data-lost]")) return;
    const toast = message.content.firstElementChild.cloneNode(true);
    toast.dataset.lost = "";
    toasts.append(toast);
    reveal(toasts);
  });

/* What only works with this file is shown by it, also in what htmx brings later */
const reveal = (root) => {
  for (const element of root.querySelectorAll("[data-themes], [data-opens], [data-dismiss]")) element.hidden = false;
};
reveal(document);
document.addEventListener("htmx:load", (event) => {
  reveal(event.detail.elt);
  if (event.detail.elt.matches?.(".toast")) leave(event.detail.elt);
});

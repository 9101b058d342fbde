/* Who can read it: always in sight, and said at once when somebody mentioned cannot. The server knows; this only asks. */

const PAUSE = 500; // milliseconds
const MENTION = /\/people\/([\w-]+)\/?"[^>]*>@([^<]*)</g;

/* The readers of what stands in this form, as the server's addresses take them */
export function audienceOf(form) {
  if (form.dataset.thread) return { post: form.dataset.thread };
  return { audience: form.elements.audience?.value ?? "" };
}

export function tellReaders(form) {
  const audience = form.querySelector("[data-audience]");
  const said = form.querySelector("[data-unread-said]");
  audience?.addEventListener("change", () => {
    const isOpen = audience.selectedOptions[0].dataset.open === "yes";
    const drawn = form.querySelector(isOpen ? "[data-lock-open]" : "[data-lock-closed]");
    form.querySelector("[data-lock]").replaceChildren(drawn.content.cloneNode(true));
  });
  if (!said) return;
  let timer = 0;
  let asked = "";
  const ask = async () => {
    const named = new Map();
    for (const area of form.querySelectorAll("textarea[data-rich]")) {
      for (const [, handle, name] of area.value.matchAll(MENTION)) named.set(handle.toLowerCase(), name);
    }
    const query = new URLSearchParams(audienceOf(form));
    for (const handle of named.keys()) query.append("who", handle);
    if (asked === `${query}`) return;
    asked = `${query}`;
    let unread = [];
    if (named.size) {
      try {
        ({ unread } = await (await fetch(`${form.dataset.unread}?${query}`)).json());
      } catch {
        asked = "";
        return; // without contact: the server says it when it is sent
      }
    }
    const names = unread.map((handle) => named.get(handle.toLowerCase()) ?? handle);
    form.elements.unread.value = unread.join(" ");
    said.textContent = names.length ? said.dataset.unreadSaid.replace("{names}", names.join(", ")) : "";
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  for (const name of ["change", "input", "writing:touched"]) form.addEventListener(name, soon);
  soon();
}

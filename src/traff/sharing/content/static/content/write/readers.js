/* Who can read it: always in sight, and said at once when somebody mentioned cannot. The server knows; this only asks. */

const PAUSE = 500; // milliseconds
const TYPED = /(?<![\p{L}\p{N}_@/.&])@([\p{L}\p{N}][\p{L}\p{N}_-]+)/gu;
const LINKS_AND_CODE = /<(a|code|pre)[\s>].*?<\/\1>/gs;
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
    const typed = new Set(); // a handle or a first name, written without choosing
    for (const area of form.querySelectorAll("textarea[data-rich]")) {
      for (const [, handle, name] of area.value.matchAll(MENTION)) named.set(handle.toLowerCase(), name);
      const words = area.value.replace(LINKS_AND_CODE, " ").replace(/<[^>]*>/g, " ");
      for (const [, word] of words.matchAll(TYPED)) typed.add(word);
    }
    const query = new URLSearchParams(audienceOf(form));
    for (const handle of named.keys()) query.append("who", handle);
    for (const word of typed) query.append("typed", word);
    if (asked === `${query}`) return;
    asked = `${query}`;
    let unread = [];
    if (named.size || typed.size) {
      try {
        const told = await (await fetch(`${form.dataset.unread}?${query}`)).json();
        if (asked !== `${query}`) return; // a newer question is on its way
        unread = told.unread.concat(Object.keys(told.typed ?? {}));
        for (const [handle, name] of Object.entries(told.typed ?? {})) named.set(handle, name);
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

/* Writing: what one types is kept as one types it, on the server and, while that is away, in this browser.
   Nothing here is needed to write and publish. The editor is fetched when writing starts. */

const PAUSE = 900; // milliseconds after the last key
const NET = "traff-kept:";

function start(form) {
  if (form.dataset.started) return;
  form.dataset.started = "yes";
  const said = form.querySelector("[data-saved]");
  const say = (words, wrong) => {
    if (!said) return;
    said.textContent = words;
    said.toggleAttribute("data-wrong", Boolean(wrong));
  };
  const net = `${NET}${form.dataset.person}:${form.dataset.keep}`;
  let timer = 0;
  let isDirty = false;
  let isSending = false;
  let running = Promise.resolve();

  /* What stands in the form: everything but the files' bytes and the way it was sent */
  const fields = () => {
    const data = new FormData(form);
    data.delete("uploads");
    return data;
  };
  const hold = () => {
    try {
      const kept = [...fields()].filter(([name]) => name !== "csrfmiddlewaretoken");
      localStorage.setItem(net, JSON.stringify({ at: Date.now(), kept }));
    } catch {
      /* a browser that keeps nothing: the server still does */
    }
  };
  const release = () => {
    try {
      localStorage.removeItem(net);
    } catch {
      /* as above */
    }
  };

  /* Keep it now. Resolves to "kept", "signed-out" or "away". */
  async function save() {
    isDirty = false;
    hold();
    say(form.dataset.saying);
    let answer;
    try {
      answer = await fetch(form.dataset.keep, { method: "POST", body: fields(), headers: { "X-Keeping": "1" } });
    } catch {
      isDirty = true;
      say(form.dataset.away, true);
      return "away";
    }
    if (answer.status === 401 || answer.status === 403) {
      say(form.dataset.signedOut, true);
      return "signed-out";
    }
    if (!answer.ok) {
      isDirty = true;
      say(form.dataset.away, true);
      return "away";
    }
    const kept = await answer.json();
    if (!isDirty) release();
    say(`${form.dataset.said} ${kept.at ?? ""}`);
    if (location.pathname === "/write/" && kept.url?.startsWith("/write/") && !isSending) history.replaceState(null, "", kept.url);
    return "kept";
  }
  const queue = () => (running = running.then(save, save));
  const touched = () => {
    isDirty = true;
    hold();
    clearTimeout(timer);
    timer = setTimeout(queue, PAUSE);
  };
  form.addEventListener("input", (event) => event.target.type !== "file" && touched());
  form.addEventListener("change", (event) => event.target.type !== "file" && touched());
  form.addEventListener("writing:touched", touched);
  addEventListener("online", () => isDirty && queue());
  addEventListener("pagehide", () => {
    if (isDirty && !isSending) navigator.sendBeacon(form.dataset.keep, fields());
  });

  /* Sending: first kept, then sent; without contact it stays here. Once is enough. */
  form.addEventListener("submit", async (event) => {
    if (isSending) return event.preventDefault();
    if (form.dataset.keptFirst) return (isSending = true);
    event.preventDefault();
    const by = event.submitter;
    const button = form.querySelector("[data-send]");
    clearTimeout(timer);
    button?.setAttribute("aria-disabled", "true");
    const outcome = await queue();
    if (outcome === "away") return button?.removeAttribute("aria-disabled");
    say(form.dataset.sending);
    form.dataset.keptFirst = "yes";
    by ? form.requestSubmit(by) : form.requestSubmit();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return; // back again by the browser's own memory
    isSending = false;
    delete form.dataset.keptFirst;
    form.querySelector("[data-send]")?.removeAttribute("aria-disabled");
    say("");
  });

  /* Who can read it */
  const audience = form.querySelector("[data-audience]");
  audience?.addEventListener("change", () => {
    const isOpen = audience.selectedOptions[0].dataset.open === "yes";
    const drawn = form.querySelector(isOpen ? "[data-lock-open]" : "[data-lock-closed]");
    form.querySelector("[data-lock]").replaceChildren(drawn.content.cloneNode(true));
  });

  restore(form, net, say, touched);
  files(form, touched);
  for (const box of form.querySelectorAll("[data-complete]")) complete(box, () => audience?.value ?? "");
  editors(form, touched);
  if (form.closest("#composer") && !form.querySelector("[aria-invalid=true]")) {
    form.querySelector("input:not([type=hidden]), textarea")?.focus();
  }
  form.querySelector("[aria-invalid=true]")?.focus();
}

/* What this browser kept because the server could not: put back where it stood, or sent up and opened */
function restore(form, net, say, touched) {
  let found = null;
  try {
    found = JSON.parse(localStorage.getItem(net) ?? "null");
    if (!found && location.pathname === "/write/" && !form.hasAttribute("data-begun")) return bringBack(form);
  } catch {
    return;
  }
  if (!found) return;
  let changed = false;
  for (const [name, value] of found.kept) {
    if (["writer", "draft", "step", "files", "kind"].includes(name)) continue;
    const field = form.elements[name];
    if (!field || field instanceof RadioNodeList || field.value === value) continue;
    field.value = value;
    if (name.endsWith("_format")) field.previousElementSibling?.setAttribute("data-html-typed", value === "html" ? "yes" : "");
    changed = true;
  }
  if (!changed) return;
  say(form.dataset.restored);
  touched();
}

async function bringBack(form) {
  const prefix = `${NET}${form.dataset.person}:`;
  const key = Object.keys(localStorage).find((name) => name.startsWith(prefix));
  if (!key) return;
  const kept = JSON.parse(localStorage.getItem(key)).kept;
  const data = new FormData();
  for (const [name, value] of kept) data.append(name, value);
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(key.slice(prefix.length), { method: "POST", body: data, headers: { "X-Keeping": "1" } });
  if (!answer.ok) return;
  localStorage.removeItem(key);
  const { url } = await answer.json();
  const isTouched = [...form.querySelectorAll("input[type=text], textarea")].some((field) => field.value);
  if (url && !isTouched) return location.replace(url);
  const link = Object.assign(document.createElement("a"), { href: url, textContent: form.dataset.restored });
  form.querySelector("[data-saved]")?.replaceChildren(link);
}

/* Files: taken in as soon as they are chosen, so that nothing that happens to the form loses them */
function files(form, touched) {
  const box = form.querySelector("[data-files]");
  if (!box) return;
  const input = box.querySelector("[type=file]");
  const list = box.querySelector("[data-file-list]");
  const said = box.querySelector("[data-file-said]");

  async function take(chosen) {
    const taken = [];
    for (const file of chosen) {
      said.textContent = form.dataset.taking;
      const data = new FormData();
      data.append("files", file);
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      try {
        const answer = await fetch(form.dataset.upload, { method: "POST", body: data, redirect: "error" });
        const told = await answer.json();
        if (!answer.ok) throw new Error(told.error);
        for (const one of told.files) {
          list.append(row(one));
          taken.push(one);
        }
        said.textContent = "";
      } catch (trouble) {
        said.textContent = trouble instanceof TypeError || trouble instanceof SyntaxError ? form.dataset.notTaken : trouble.message;
      }
    }
    if (taken.length) touched();
    return taken;
  }
  function row(file) {
    const drawn = box.querySelector("[data-file-row]").content.cloneNode(true);
    drawn.querySelector("[name=files]").value = drawn.querySelector("[name=drop]").value = file.id;
    drawn.querySelector(".write-file-name").textContent = file.name;
    const [label, words] = [drawn.querySelector("label"), drawn.querySelector("input[maxlength]")];
    label.htmlFor = words.id = words.name = `alt_${file.id}`;
    if (file.is_picture) {
      const picture = Object.assign(new Image(56, 56), { src: file.url, alt: "" });
      drawn.querySelector("[data-picture]").replaceWith(picture);
    } else {
      label.remove();
      words.remove();
    }
    return drawn;
  }
  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    const taken = await take(chosen);
    if (taken.length === chosen.length) input.value = "";
  });
  list.addEventListener("change", (event) => {
    if (event.target.name !== "drop") return;
    event.target.closest("li").remove();
    touched();
  });
  form.takeFiles = take;
}

/* Names and topics: the last word between commas is completed */
function complete(box, audience) {
  const input = box.querySelector("input");
  const options = Object.assign(document.createElement("datalist"), { id: `${input.id}_options` });
  input.setAttribute("list", options.id);
  input.autocomplete = "off";
  box.append(options);
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const before = input.value.replace(/[^,]*$/, "");
      const begun = input.value.slice(before.length).trim();
      if (begun.length < 2) return options.replaceChildren();
      const query = new URLSearchParams({ q: begun, audience: audience() });
      try {
        const told = await (await fetch(`${box.dataset.complete}?${query}`)).json();
        options.replaceChildren(...told.options.map((word) => new Option("", `${before}${before ? " " : ""}${word}`)));
      } catch {
        options.replaceChildren();
      }
    }, 150);
  });
}

/* The editor: fetched when writing starts; where something stands already, writing has started */
function editors(form, touched) {
  const areas = [...form.querySelectorAll("textarea[data-rich]")];
  const load = async (area) => {
    if (area.dataset.loading) return;
    area.dataset.loading = "yes";
    try {
      const { mount } = await import(form.dataset.editor);
      await mount(area, form, touched);
    } catch {
      delete area.dataset.loading; // no contact: the field takes Markdown, as without JavaScript
    }
  };
  for (const area of areas) {
    area.addEventListener("focus", () => load(area), { once: true });
    if (area.value) load(area);
  }
}

const startAll = (root) => {
  for (const form of root.querySelectorAll("form[data-writing]")) start(form);
};
startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));

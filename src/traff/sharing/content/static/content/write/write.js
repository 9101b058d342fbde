/* Writing. Nothing here is needed to write and publish; the editor is fetched when writing starts. */

import { standBeside } from "./beside.js";
import { completeNames } from "./completing.js";
import { takeFiles } from "./files.js";
import { keeping } from "./keeping.js";
import { keepToLines } from "./lines.js";
import { lookAhead } from "./preview.js";
import { tellReaders } from "./readers.js";
import { comeBack } from "./returning.js";

async function start(form) {
  if (form.dataset.started) return;
  form.dataset.started = "yes";
  const keeper = keeping(form);
  const pictures = takeFiles(form, keeper.touched);
  sending(form, keeper, pictures);
  keepToLines(form);
  lookAhead(form, keeper);
  tellReaders(form);
  standBeside(form);
  for (const box of form.querySelectorAll("[data-complete]")) completeNames(box, form);
  const wrong = form.querySelector("[aria-invalid=true]");
  const first = form.closest("#composer") && form.querySelector("input:not([type=hidden]), textarea");
  (wrong ?? first)?.focus();
  await comeBack(form, keeper);
  editors(form, keeper.touched);
}

/* First kept, then sent; without contact it stays here. Once is enough. */
function sending(form, keeper, pictures) {
  const button = form.querySelector("[data-send]");
  let isKept = false;
  form.addEventListener("submit", async (event) => {
    if (form.isSending) return event.preventDefault();
    if (isKept) return (form.isSending = true);
    event.preventDefault();
    const by = event.submitter;
    if (!by?.name && (await pictures.askAll()) === "later") return;
    button?.setAttribute("aria-disabled", "true");
    const outcome = await keeper.save();
    if (outcome === "away") keeper.sayUnsent();
    if (outcome === "away" || outcome === "elsewhere") return button?.removeAttribute("aria-disabled");
    keeper.say(form.dataset.sending);
    keeper.renew();
    isKept = true;
    by ? form.requestSubmit(by) : form.requestSubmit();
  });
  form.addEventListener("htmx:sendError", (event) => event.stopPropagation()); // the form itself says that there is no contact
  const sendKey = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation(); // the editor would break the line
    form.requestSubmit(button);
  };
  form.addEventListener("keydown", sendKey, true);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return; // back again by the browser's own memory
    form.isSending = isKept = false;
    button?.removeAttribute("aria-disabled");
    keeper.say("");
  });
}

/* Where something stands already, writing has started */
function editors(form, touched) {
  const load = async (area) => {
    if (area.dataset.loading) return;
    area.dataset.loading = "yes";
    try {
      const { mount } = await import("./editor.js");
      await mount(area, form, touched);
    } catch {
      delete area.dataset.loading; // no contact: the field takes Markdown, as without JavaScript
    }
  };
  for (const area of form.querySelectorAll("textarea[data-rich]")) {
    area.addEventListener("focus", () => load(area));
    if (area.value || document.activeElement === area) load(area);
  }
}

const startAll = (root) => {
  for (const form of root.querySelectorAll("form[data-writing]")) start(form);
};
startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));

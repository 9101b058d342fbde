/* Coming back: what this device kept because the server could not is put back where it stood, or sent up and offered. */

import * as device from "./device.js";
import { about, excerptOf, putBack, saysOther, token } from "./fields.js";

export async function comeBack(form, keeper) {
  const own = await device.of(form.dataset.person);
  const subject = about(form);
  const found = own.find((record) => record.url === form.dataset.keep) ?? (subject !== "new" && own.find((record) => record.about === subject));
  if (found) return restore(form, keeper, found);
  const loose = own.filter((record) => record.about === "new");
  if (subject === "new" && !form.hasAttribute("data-begun") && loose.length) await sendUp(form, loose);
}

/* The server's draft is as this device knew it, or came from this very page: the device's words are the newest */
async function restore(form, keeper, found) {
  const { version, keptBy } = form.dataset;
  const isNewest = !version || found.base === version || found.hand === keptBy;
  if (!isNewest && saysOther(form, found.kept)) {
    const at = new Date(found.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    return keeper.choose({
      text: form.dataset.device.replace("{at}", at),
      excerpt: excerptOf(found.kept),
      take: () => take(form, keeper, found, true),
      stay: () => device.drop(found.key),
    });
  }
  return take(form, keeper, found, false);
}

async function take(form, keeper, found, isLate) {
  const changed = putBack(form, found.kept);
  if (found.key !== keeper.key || !changed) await device.drop(found.key);
  if (!changed) return;
  keeper.touched();
  keeper.say(form.dataset.restored);
  if ((changed === "files" || isLate) && (await keeper.save()) === "kept") location.reload();
}

async function sendUp(form, loose) {
  let url = "";
  let words = "";
  token(form);
  for (const record of loose) {
    const data = new FormData();
    for (const [name, value] of record.kept) data.append(name, value);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("writer", form.elements.writer.value);
    data.set("base", record.base ?? "");
    const answer = await fetch(record.url, { method: "POST", body: data, headers: { "X-Keeping": "1" } }).catch(() => null);
    const told = answer && (answer.ok || answer.status === 409) ? await answer.json() : null;
    if (answer?.ok) await device.drop(record.key);
    if (url || !told?.url) continue;
    url = told.url;
    words = excerptOf(record.kept);
  }
  if (url) offer(form, url, words);
}

/* Beside the form, which stays as it is: somebody may be typing in it */
function offer(form, url, words) {
  const link = Object.assign(document.createElement("a"), { href: url, textContent: words || form.dataset.restored });
  const told = Object.assign(document.createElement("p"), { className: "notice write-offer", role: "status" });
  told.append(...(words ? [`${form.dataset.restored} `] : []), link);
  form.before(told);
}

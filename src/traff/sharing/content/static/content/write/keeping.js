/* Keeping what one types: on the server after every pause, and on this device until the server has it. */

import * as device from "./device.js";
import { fields, about, token } from "./fields.js";

const PAUSE = 900; // milliseconds after the last key
const AGAIN = [3000, 5000, 10000, 30000]; // milliseconds between tries while there is no contact
const PATIENCE = 20000; // milliseconds for one try

export function keeping(form) {
  const words = form.dataset;
  const key = `${words.person}:${words.keep}`;
  const said = form.querySelector("[data-saved]");
  let timer = 0;
  let tries = 0;
  let isDirty = false;
  let isAsking = false; // on its way to the server: a page that is left takes such a request back
  let isUnsent = false; // a try to send it found no contact
  let isPaused = false; // two versions differ, and the writer has not chosen yet
  let running = Promise.resolve();

  const say = (text, isWrong) => {
    if (!said || said.textContent === text) return;
    said.textContent = text;
    said.toggleAttribute("data-wrong", Boolean(isWrong));
  };
  /* Sending failed for want of contact; said anew each time, and until there is contact again */
  const sayUnsent = () => {
    isUnsent = true;
    say("");
    requestAnimationFrame(() => say(words.unsent, true));
    said?.scrollIntoView({ block: "nearest" });
  };
  const hold = () => {
    const kept = [...fields(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    return device.put({ key, person: words.person, url: words.keep, at: Date.now(), hand: form.elements.hand.value, base: words.version, about: about(form), kept });
  };
  const failed = (why) => {
    isDirty = true;
    say(why === "away" ? (isUnsent ? words.unsent : words.away) : words.signedOut, true);
    clearTimeout(timer);
    timer = setTimeout(queue, AGAIN[Math.min(tries++, AGAIN.length - 1)]);
    return why;
  };

  /* Keep it now. Resolves to "kept", "signed-out", "elsewhere" or "away". */
  async function save() {
    if (isPaused) return "elsewhere";
    clearTimeout(timer);
    if (form.isSending) return "kept";
    isDirty = false;
    isAsking = true;
    let answer;
    try {
      const asked = { method: "POST", body: fields(form), headers: { "X-Keeping": "1" }, signal: AbortSignal.timeout(PATIENCE) };
      answer = await fetch(words.keep, asked);
      if (answer.status === 401 || answer.status === 403) return failed("signed-out");
      if (!answer.ok && answer.status !== 409) return failed("away");
      answer = { ...(await answer.json()), isElsewhere: answer.status === 409 };
    } catch {
      return failed("away");
    } finally {
      isAsking = false;
    }
    if (answer.isElsewhere) return differs(answer);
    tries = 0;
    isUnsent = false;
    words.version = answer.version ?? words.version;
    if (!isDirty) await device.drop(key);
    say(answer.at ? `${words.said} ${answer.at}` : "");
    if (location.pathname === "/write/" && answer.url?.startsWith("/write/") && !form.isSending) history.replaceState(history.state, "", answer.url);
    return "kept";
  }
  const queue = () => (running = running.then(save, save));
  const touched = () => {
    isDirty = true;
    hold();
    clearTimeout(timer);
    if (form.isSending) return; // the page that comes takes it over from this device; a keeping now would undo what the button asked for
    timer = setTimeout(queue, PAUSE);
  };

  /* Two versions differ: nothing is overwritten before the writer has chosen */
  function choose({ text, excerpt, take, stay }) {
    isPaused = true;
    const drawn = form.parentElement.querySelector("[data-choice]").content.firstElementChild.cloneNode(true);
    drawn.querySelector("p").textContent = text;
    drawn.querySelector("blockquote").textContent = excerpt;
    const close = (then) => () => {
      isPaused = false;
      drawn.remove();
      then();
    };
    drawn.querySelector("[data-take]").addEventListener("click", close(take));
    drawn.querySelector("[data-stay]").addEventListener("click", close(stay));
    form.parentElement.querySelector("[data-choosing]")?.remove();
    drawn.dataset.choosing = "";
    form.before(drawn);
    drawn.scrollIntoView({ block: "center" });
  }
  function differs(other) {
    isDirty = true;
    say("");
    choose({
      text: words.elsewhere.replace("{at}", other.at),
      excerpt: other.excerpt,
      take: async () => {
        isDirty = false;
        await device.drop(key);
        open(other.url);
      },
      stay: () => {
        words.version = other.version;
        queue();
      },
    });
    return "elsewhere";
  }
  /* Go there, or load the page anew when one is there already */
  function open(url) {
    isDirty = false;
    const there = new URL(url, location.href);
    if (there.pathname + there.search === location.pathname + location.search) return location.reload();
    location.assign(url);
  }

  for (const name of ["input", "change"]) form.addEventListener(name, (event) => event.target.type !== "file" && touched());
  form.addEventListener("writing:touched", touched);
  addEventListener("online", () => isDirty && queue());
  addEventListener("focus", () => isDirty && tries && queue()); // back from signing in, in another window
  addEventListener("pagehide", () => {
    if ((isDirty || isAsking) && !isPaused && !form.isSending) navigator.sendBeacon(words.keep, fields(form));
  });
  return { say, sayUnsent, touched, choose, open, key, save: queue, isTouched: () => isDirty, renew: () => token(form) };
}

/* A conversation: what one writes is kept on this device until it is sent, and what others say comes by itself. */

const LOOK = 10000; // milliseconds between looks, while the page is seen
const AGAIN = 8000; // milliseconds between tries while there is no contact
const log = document.getElementById("talk");
const form = document.querySelector("form[data-writing-message]");
const end = document.getElementById("end");
const last = () => [...(log?.querySelectorAll("[data-message]") ?? [])].at(-1)?.dataset.message ?? "0";
const isBelow = () => innerHeight + scrollY > document.documentElement.scrollHeight - 240;

/* New lines, each once, the day said once */
function take(html) {
  const wasBelow = isBelow();
  const came = document.createElement("template");
  came.innerHTML = html;
  for (const day of came.content.querySelectorAll("[data-day]")) if (log.querySelector(`[data-day="${day.dataset.day}"]`)) day.remove();
  for (const said of came.content.querySelectorAll("[data-message]")) if (document.getElementById(said.id)) said.remove();
  log.append(came.content);
  countDown();
  if (wasBelow) form?.scrollIntoView({ block: "end" });
}

/* What was sent can be undone for as long as the button stands */
function countDown() {
  for (const undo of document.querySelectorAll("form[data-undo]:not([data-counting])")) {
    undo.dataset.counting = "";
    setTimeout(() => {
      if (undo.contains(document.activeElement)) form?.elements.body.focus();
      undo.remove();
    }, Number(undo.dataset.undo) * 1000);
  }
}

async function look() {
  if (document.hidden || !navigator.onLine) return;
  const answer = await fetch(`${log.dataset.later}?after=${last()}`, { headers: { "X-Sending": "1" } }).catch(() => null);
  if (answer?.status === 200) take(await answer.text());
}
if (log && !log.hasAttribute("data-past")) {
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
  if (!location.hash || location.hash === "#end") (form ?? end).scrollIntoView({ block: "end" });
}
countDown();

function writing() {
  const words = form.dataset;
  const field = form.elements.body;
  const key = `traff-writing:${words.writingMessage}:${location.pathname}`;
  const said = form.querySelector("[data-said]");
  let timer = 0;
  let isSending = false;
  let wasTried = false;

  const kept = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = () => { try { field.value ? localStorage.setItem(key, field.value) : localStorage.removeItem(key); } catch { /* this browser keeps nothing */ } };
  const say = (text, isWrong) => {
    said.textContent = text ?? "";
    said.toggleAttribute("data-wrong", Boolean(isWrong));
  };
  const wrong = (text) => {
    keep();
    say(text, true);
  };

  async function send() {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    const data = new FormData(form);
    data.set("after", last());
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Sending": "1" } }).catch(() => null);
    isSending = false;
    wasTried = true;
    if (!answer || answer.status >= 500) {
      timer = setTimeout(send, AGAIN);
      return wrong(words.away);
    }
    if (answer.status === 422) {
      form.querySelector("[data-troubles]").innerHTML = await answer.text();
      return keep();
    }
    if (answer.status === 401) return wrong(words.signedOut);
    if (answer.status === 403) return form.submit(); // signed in anew since: the page that comes has the words and a fresh token
    if (!answer.ok) return wrong(words.refused);
    const html = answer.status === 200 ? await answer.text() : "";
    form.reset();
    field.value = "";
    keep();
    form.elements.key.value = fresh();
    wasTried = false;
    form.querySelector("[data-troubles]").replaceChildren();
    say("");
    take(html);
    form.scrollIntoView({ block: "end" });
    field.focus();
  }

  const before = kept();
  if (before && !field.value) {
    field.value = before;
    say(words.kept);
  }
  const files = form.elements.uploads;
  const named = form.querySelector("[data-named]");
  files?.addEventListener("change", () => (named.textContent = [...files.files].map((file) => file.name).join(", ")));
  form.addEventListener("reset", () => (named.textContent = ""));
  field.addEventListener("input", () => {
    clearTimeout(timer); // who goes on writing sends it themselves
    timer = 0;
    if (wasTried) form.elements.key.value = fresh(); // other words are another message, should the first have arrived after all
    wasTried = false;
    keep();
    say("");
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-send]"));
  });
  form.addEventListener("submit", (event) => {
    if ("byPage" in words) return event.submitter?.hasAttribute("data-send") ? leaving() : keep();
    event.preventDefault();
    send();
  });
  addEventListener("online", () => timer && send());
  /* The page that comes says whether it was sent: until then the words stay; a conversation that has begun has them */
  function leaving() {
    keep();
    try { sessionStorage.setItem("traff-sent", key); } catch { /* nothing to forget */ }
  }
}

/* As random as this browser can, also without TLS */
function fresh() {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/* A first message that became a conversation is no longer kept as unsent */
if (log) {
  try {
    const sent = sessionStorage.getItem("traff-sent");
    if (sent) localStorage.removeItem(sent);
    sessionStorage.removeItem("traff-sent");
  } catch { /* this browser keeps nothing */ }
}
if (form) writing();

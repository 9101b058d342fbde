/* What stands in a form, and putting back what was kept of it. */

const NOT_PUT_BACK = ["writer", "draft", "step", "kind", "hand", "base", "unread", "csrfmiddlewaretoken"];
const OF_FILES = /^(files$|alt_|decoration_)/;

/* The newest token: another window may have signed in since this page was made */
export function token(form) {
  const newest = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (newest) form.elements.csrfmiddlewaretoken.value = newest;
}

/* Everything but the files' bytes and the way it was sent; with the version it started from */
export function fields(form) {
  token(form);
  const data = new FormData(form);
  data.delete("uploads");
  data.set("base", form.dataset.version ?? "");
  return data;
}

/* What a form is about: a thread, an edit, or something new */
export function about(form) {
  for (const name of ["reply_to", "editing", "editing_reply"]) {
    if (form.elements[name]?.value) return `${name}:${form.elements[name].value}`;
  }
  return form.action.endsWith("/write/") ? "new" : form.action;
}

/* Put back what was kept. Tells what changed: "" for nothing, "files" when files came back that the page does not show. */
export function putBack(form, asKept) {
  const kept = inItsFields(form, asKept);
  let changed = "";
  const names = new Set(kept.map(([name]) => name));
  for (const [name, value] of kept) {
    if (NOT_PUT_BACK.includes(name)) continue;
    const field = form.elements[name];
    if (OF_FILES.test(name) && !holds(form, name, value)) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      changed = "files";
      continue;
    }
    if (!field || field instanceof RadioNodeList || field.type === "checkbox" || field.value === value) continue;
    field.value = value;
    if (name.endsWith("_format")) field.previousElementSibling?.setAttribute("data-html-typed", value === "html" ? "yes" : "");
    changed ||= "words";
  }
  for (const area of form.querySelectorAll("textarea[name]")) {
    if (!names.has(area.name) || !names.has(`${area.name}_format`)) continue;
    const format = kept.find(([name]) => name === `${area.name}_format`)[1];
    area.dataset.htmlTyped = format === "html" ? "yes" : "";
  }
  return changed;
}

/* Another kind may have been chosen since: its first text is where that kind has its first text */
const FIRST = { body: "situation", body_format: "situation_format", situation: "body", situation_format: "body_format" };
function inItsFields(form, kept) {
  const names = new Set(kept.map(([name]) => name));
  const place = (name) => (!form.elements[name] && FIRST[name] && form.elements[FIRST[name]] && !names.has(FIRST[name]) ? FIRST[name] : name);
  return kept.map(([name, value]) => [place(name), value]);
}

const holds = (form, name, value) => new FormData(form).getAll(name).some((held) => name !== "files" || held === value);

const WORDS = /^(title|body|situation|approach|outcome|reuse|topics|coauthors)$/;
const plain = (text) => new DOMParser().parseFromString(text, "text/html").body.textContent.replace(/\s+/g, " ").trim();

/* Its words, for somebody who has to tell two versions apart */
export const excerptOf = (kept) => plain(kept.filter(([name]) => WORDS.test(name)).map(([, value]) => value).join(" ")).slice(0, 200);

/* Whether what was kept has other words than the form as the server made it; a text stands there in both its forms */
export function saysOther(form, kept) {
  const there = ({ value, dataset, nextElementSibling: format }) => (dataset.rich === undefined ? value : format.nextElementSibling.content.textContent);
  return kept.some(([name, value]) => WORDS.test(name) && form.elements[name]?.value !== undefined && plain(there(form.elements[name])) !== plain(value));
}

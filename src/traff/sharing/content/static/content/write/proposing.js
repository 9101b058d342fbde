/* @colleague and #topic while one writes: a listbox at the cursor, filled by the server, which knows who may read it. */

import { audienceOf } from "./readers.js";

const PAUSE = 120; // milliseconds
const BEGUN = /(?:^|[\s(\ufffc])([@#])([\p{L}\p{N}_-]{1,40}(?: [\p{L}-]{1,40})?)$/u;
const CLOSING = /^[.,;:!?)\]…”»]/;
let lists = 0;

export function proposing(form, holder, editor, { isBegun }) {
  const list = Object.assign(document.createElement("ul"), { className: "write-proposals", id: `proposals-${++lists}`, hidden: true });
  list.setAttribute("role", "listbox");
  const said = Object.assign(document.createElement("p"), { className: "sr" });
  said.setAttribute("role", "status");
  holder.append(list, said);
  let timer = 0;
  let asking = null;
  let begun = null; // where the word stands that is completed
  let after = -1; // where a name that was chosen ends, with the blank that follows it
  let shut = ""; // put away with Escape: not offered again for the same word

  /* While proposals stand the text is a combobox; else it is what it was */
  const box = editor.view.dom;
  const was = ["role", "aria-multiline"].map((name) => [name, box.getAttribute(name)]);
  const combobox = { role: "combobox", "aria-expanded": "true", "aria-haspopup": "listbox", "aria-autocomplete": "list", "aria-controls": list.id };
  const options = () => [...list.children];
  const here = () => options().findIndex((option) => option.ariaSelected === "true");
  const close = () => {
    asking?.abort();
    clearTimeout(timer);
    begun = null;
    if (list.hidden) return;
    list.hidden = true;
    said.textContent = "";
    for (const name of [...Object.keys(combobox), "aria-activedescendant"]) box.removeAttribute(name);
    for (const [name, value] of was) value && box.setAttribute(name, value);
  };
  const open = () => {
    list.hidden = false;
    box.removeAttribute("aria-multiline");
    for (const [name, value] of Object.entries(combobox)) box.setAttribute(name, value);
    said.textContent = form.dataset.proposals.replace("{n}", list.children.length);
    const at = editor.view.coordsAtPos(begun.from);
    const frame = holder.getBoundingClientRect();
    list.style.top = `${at.bottom - frame.top + 4}px`;
    list.style.left = `${Math.max(4, Math.min(at.left - frame.left, frame.width - list.offsetWidth - 4))}px`;
  };
  const select = (number) => {
    options().forEach((option, n) => (option.ariaSelected = `${n === number}`));
    const option = options()[number];
    option ? box.setAttribute("aria-activedescendant", option.id) : box.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const choose = (option) => {
    const { url, word, tag } = option.told;
    const { from, to } = begun;
    const text = tag ? { type: "text", text: tag } : { type: "text", text: `@${word}`, marks: [{ type: "link", attrs: { href: url } }] };
    close();
    editor.chain().focus().insertContentAt({ from, to }, [text, { type: "text", text: " " }]).run();
    after = editor.state.selection.from;
  };
  const draw = (told, number) => {
    const option = Object.assign(document.createElement("li"), { id: `${list.id}-${number}`, told });
    option.setAttribute("role", "option");
    option.append(Object.assign(document.createElement("strong"), { textContent: told.tag ? `#${told.word}` : told.word }));
    if (told.about) option.append(Object.assign(document.createElement("span"), { className: "small muted", textContent: told.about }));
    return option;
  };

  /* The word before the cursor, when it begins with @ or # and stands in plain text */
  const word = () => {
    const { $from, empty } = editor.state.selection;
    if (!empty || !editor.isEditable || editor.isActive("code") || editor.isActive("codeBlock") || editor.isActive("link")) return null;
    const found = BEGUN.exec($from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc"));
    return found && { sign: found[1], text: found[2], from: $from.pos - found[2].length - 1, to: $from.pos };
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const { sign, text, from } = begun;
    const query = new URLSearchParams({ q: text, ...audienceOf(form) });
    try {
      const answer = await fetch(`${sign === "@" ? form.dataset.people : form.dataset.topics}?${query}`, { signal: asking.signal });
      const told = (await answer.json()).options.filter((one) => sign === "@" || one.tag);
      if (begun?.from !== from || begun.text !== text) return; // more has been typed: its own answer is on its way
      if (!told.length) return close();
      list.setAttribute("aria-label", sign === "@" ? form.dataset.colleagues : form.dataset.subjects);
      list.replaceChildren(...told.map(draw));
      open();
      const isBegunSo = told[0].word.toLowerCase().startsWith(text.toLowerCase());
      select(sign === "@" || told.length === 1 || isBegunSo ? 0 : -1); // else what was typed may be a new topic
    } catch (trouble) {
      if (trouble.name !== "AbortError") close();
    }
  };
  const look = ({ transaction }) => {
    if (!transaction.docChanged && !transaction.selectionSet) return;
    if (transaction.docChanged) after = -1;
    const now = word();
    if (!now) shut = "";
    if (!now || shut === now.sign + now.text) return close();
    if (begun?.from === now.from && begun.text === now.text) return; // the cursor settles after a letter: already asked
    if (!transaction.docChanged && list.hidden) return close();
    begun = now;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  editor.on("transaction", look);
  if (isBegun) setTimeout(() => look({ transaction: { docChanged: true } })); // begun while the editor was on its way
  editor.on("blur", () => setTimeout(close, 150));
  form.elements.audience?.addEventListener?.("change", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps its focus
  list.addEventListener("click", (event) => event.target.closest("[role=option]") && choose(event.target.closest("[role=option]")));

  /* After a chosen name: its blank gives way to a comma or a full stop, and is the one that somebody types */
  const follow = (view, from, to, text) => {
    if (from !== to || from !== after || view.composing) return false;
    if (CLOSING.test(text)) view.dispatch(view.state.tr.insertText(text, from - 1, from));
    after = -1;
    return text === " " || CLOSING.test(text);
  };

  /* Keys while proposals stand; true when the key is used up */
  const handle = (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return false;
    const count = list.children.length;
    if (event.key === "Escape") {
      shut = begun ? begun.sign + begun.text : "";
      close();
    } else if (event.key === "ArrowDown") select((here() + 1) % count);
    else if (event.key === "ArrowUp") select((Math.max(here(), 0) - 1 + count) % count);
    else if ((event.key === "Enter" || event.key === "Tab") && here() >= 0) choose(options()[here()]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { handle, follow };
}

/* The editor in the place of a textarea: TipTap, with a toolbar drawn by the server in the reader's language. */

import { name, picturesIn, place } from "./pictures.js";
import { proposing } from "./proposing.js";
import { toolbar } from "./toolbar.js";

let prose = null;
const COVERED = { top: 128, right: 5, bottom: 80, left: 5 }; // pixels under header and toolbar, and under the bar of a phone

/* Text typed before the editor came, as paragraphs */
function paragraphs(text) {
  const holder = document.createElement("div");
  for (const part of text.trim().split(/\n\s*\n/)) {
    const paragraph = document.createElement("p");
    part.split("\n").forEach((line, n) => paragraph.append(...(n ? [document.createElement("br"), line] : [line])));
    holder.append(paragraph);
  }
  return holder.innerHTML;
}

function extensions() {
  const { Document, Paragraph, Text, HardBreak, Bold, Italic, Strike, Code, CodeBlock, Heading, Blockquote, BulletList } = prose;
  const { OrderedList, ListItem, HorizontalRule, Link, Table, TableRow, TableHeader, TableCell, Image, Subscript, Superscript } = prose;
  const { UndoRedo, Dropcursor, Gapcursor, TrailingNode } = prose;
  const Address = Link.extend({ addKeyboardShortcuts: () => ({}), addMenuItems: undefined });
  const Numbers = OrderedList.extend({
    addInputRules() {
      const goesOn = ([, number], list) => list.childCount + list.attrs.start === Number(number);
      const start = ([, number]) => ({ start: Number(number) });
      return [prose.wrappingInputRule({ find: /^(\d{1,3})\.\s$/, type: this.type, getAttributes: start, joinPredicate: goesOn })];
    },
  });
  return [
    Document, Paragraph, Text, HardBreak, Bold, Italic, Strike, Code, CodeBlock, Blockquote, BulletList, Numbers, ListItem,
    HorizontalRule, TableRow, TableHeader, TableCell, Subscript, Superscript, UndoRedo, Dropcursor, Gapcursor, TrailingNode,
    Heading.configure({ levels: [2, 3, 4] }),
    Address.configure({ enableTarget: false, autolink: true, protocols: ["http", "https", "mailto"], defaultProtocol: "https" }),
    Table.configure({ resizable: false }),
    Image.configure({ inline: true }),
  ].filter(Boolean);
}

/* Nobody is in the middle of a word: a key pressed while the field is exchanged would be lost */
function pause(area) {
  let last = 0;
  area.addEventListener("keydown", () => (last = Date.now()));
  return async () => {
    while (document.activeElement === area && Date.now() - last < 400) await new Promise((later) => setTimeout(later, 60));
  };
}

/* The browser itself put back what stood here when one left, by Back or from an error: the editor's own words, when it had them */
const WRITTEN = /^\s*<(p|h[2-4]|ul|ol|blockquote|pre|table|hr)[\s>]/;
function recall(area, format) {
  if (area.value === area.defaultValue || area.dataset.htmlTyped !== undefined) return;
  if (format.value === "html" || WRITTEN.test(area.value)) area.dataset.htmlTyped = "yes";
}

export async function mount(area, form, touched) {
  const paused = pause(area);
  prose ??= await import(form.dataset.prose);
  const format = area.nextElementSibling;
  recall(area, format);
  const start = format.nextElementSibling.content.textContent;
  if (area.value !== area.defaultValue && start && !area.dataset.htmlTyped) return; // Markdown being changed: leave it
  const label = form.querySelector(`label[for="${area.id}"]`);

  const holder = document.createElement("div");
  holder.className = "write-editor";
  holder.hidden = true;
  area.before(holder);
  let proposals = null;
  const editor = new prose.Editor({
    element: holder,
    injectCSS: false,
    extensions: extensions(),
    content: area.dataset.htmlTyped ? area.value : start,
    parseOptions: area.dataset.htmlTyped ? { preserveWhitespace: true } : {}, // a space at the end, that the next word needs
    editorProps: {
      attributes: {
        class: "prose write-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label?.firstChild?.textContent.trim() ?? "",
        ...(area.getAttribute("aria-describedby") ? { "aria-describedby": area.getAttribute("aria-describedby") } : {}),
        ...(area.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
      },
      scrollThreshold: COVERED,
      scrollMargin: COVERED,
      handlePaste: (view, event) => place(picturesIn(event.clipboardData), form, editor),
      handleDrop: (view, event) => {
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
        return place(picturesIn(event.dataTransfer), form, editor, at);
      },
      handleTextInput: (view, from, to, text) => proposals?.follow(view, from, to, text) ?? false,
      handleKeyDown: (view, event) => proposals?.handle(event) ?? false,
    },
  });
  await new Promise((ready) => editor.on("create", ready)); // until then keys go to the textarea
  await paused();
  const hasTyped = area.value !== area.defaultValue && !area.dataset.htmlTyped;
  if (hasTyped) editor.commands.setContent(paragraphs(area.value));
  const keep = () => (area.value = editor.isEmpty ? "" : editor.getHTML());
  editor.on("update", () => {
    keep();
    touched();
  });
  const hadFocus = document.activeElement === area;
  keep();
  format.value = "html";
  holder.hidden = false;
  area.hidden = true;
  label?.addEventListener("click", () => editor.commands.focus());
  toolbar(form, holder, editor);
  proposals = proposing(form, holder, editor, { isBegun: hasTyped });
  form.addEventListener("picture:told", (event) => name(editor, event.detail));
  if (hadFocus) {
    editor.commands.setTextSelection(editor.state.doc.content.size); // now: the next key may already be on its way
    editor.view.focus();
  }
}


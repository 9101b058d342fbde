/* The editor in the place of a textarea: TipTap, with a toolbar drawn by the server in the reader's language. */

let prose = null;

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
  return [
    Document, Paragraph, Text, HardBreak, Bold, Italic, Strike, Code, CodeBlock, Blockquote, BulletList, OrderedList, ListItem,
    HorizontalRule, TableRow, TableHeader, TableCell, Subscript, Superscript, UndoRedo, Dropcursor, Gapcursor, TrailingNode,
    Heading.configure({ levels: [2, 3, 4] }),
    Address.configure({ enableTarget: false, autolink: true, protocols: ["http", "https", "mailto"], defaultProtocol: "https" }),
    Table.configure({ resizable: false }),
    Image.configure({ inline: true }),
  ].filter(Boolean);
}

const deeds = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  heading: (chain) => chain.toggleHeading({ level: 2 }),
  bullets: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  quote: (chain) => chain.toggleBlockquote(),
  code: (chain) => chain.toggleCode(),
  block: (chain) => chain.toggleCodeBlock(),
  table: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  row: (chain) => chain.addRowAfter(),
  column: (chain) => chain.addColumnAfter(),
  lessrow: (chain) => chain.deleteRow(),
  lesscolumn: (chain) => chain.deleteColumn(),
};
const names = {
  bold: ["bold"], italic: ["italic"], link: ["link"], heading: ["heading", { level: 2 }], bullets: ["bulletList"],
  numbers: ["orderedList"], quote: ["blockquote"], code: ["code"], block: ["codeBlock"], table: ["table"],
};

/* Nobody is in the middle of a word: a key pressed while the field is exchanged would be lost */
function pause(area) {
  let last = 0;
  area.addEventListener("keydown", () => (last = Date.now()));
  return async () => {
    while (document.activeElement === area && Date.now() - last < 400) await new Promise((later) => setTimeout(later, 60));
  };
}

export async function mount(area, form, touched) {
  const paused = pause(area);
  prose ??= await import(form.dataset.prose);
  const format = area.nextElementSibling;
  const start = format.nextElementSibling.content.textContent;
  if (area.value !== area.defaultValue && start && !area.dataset.htmlTyped) return; // Markdown being changed: leave it
  const label = form.querySelector(`label[for="${area.id}"]`);

  const holder = document.createElement("div");
  holder.className = "write-editor";
  holder.hidden = true;
  area.before(holder);
  const editor = new prose.Editor({
    element: holder,
    injectCSS: false,
    extensions: extensions(),
    content: area.dataset.htmlTyped ? area.value : start,
    editorProps: {
      attributes: {
        class: "prose write-text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label?.firstChild?.textContent.trim() ?? "",
        ...(area.getAttribute("aria-describedby") ? { "aria-describedby": area.getAttribute("aria-describedby") } : {}),
        ...(area.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
      },
      handlePaste: (view, event) => pictures(event.clipboardData, form, editor),
      handleDrop: (view, event) => pictures(event.dataTransfer, form, editor),
    },
  });
  await new Promise((ready) => editor.on("create", ready)); // until then keys go to the textarea
  await paused();
  if (area.value !== area.defaultValue && !area.dataset.htmlTyped) editor.commands.setContent(paragraphs(area.value));
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
  if (hadFocus) {
    editor.commands.setTextSelection(editor.state.doc.content.size); // now: the next key may already be on its way
    editor.view.focus();
  }
}

/* Pictures pasted or dropped are taken in and stand where they were put */
function pictures(carried, form, editor) {
  const found = [...(carried?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (!found.length || !form.takeFiles) return false;
  form.takeFiles(found).then((taken) => {
    for (const file of taken.filter((one) => one.is_picture)) {
      editor.chain().focus().insertContent({ type: "image", attrs: { src: file.url, alt: "" } }).run();
    }
  });
  return true;
}

function toolbar(form, holder, editor) {
  const drawn = form.parentElement.querySelector("[data-toolbar]").content.cloneNode(true);
  const [tools, link] = [drawn.querySelector(".write-tools"), drawn.querySelector(".write-link")];
  const [address, inTable] = [link.querySelector("input"), tools.querySelector(".write-in-table")];
  const buttons = [...tools.querySelectorAll("button")];
  holder.prepend(drawn);

  const closeLink = () => {
    link.hidden = true;
    editor.commands.focus();
  };
  const setLink = () => {
    const href = address.value.trim();
    if (!href) return closeLink();
    const whole = /^(https?:|mailto:|\/)/i.test(href) ? href : /^\S+@\S+\.\S+$/.test(href) ? `mailto:${href}` : `https://${href}`;
    const chain = editor.chain().focus();
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href: whole } }] }).run();
    } else {
      chain.extendMarkRange("link").setLink({ href: whole }).run();
    }
    closeLink();
  };
  const openLink = () => {
    link.hidden = !link.hidden;
    if (link.hidden) return editor.commands.focus();
    address.value = editor.getAttributes("link").href ?? "";
    link.querySelector("[data-link-end]").hidden = !editor.isActive("link");
    address.focus();
  };
  address.addEventListener("input", (event) => event.stopPropagation());
  address.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.key === "Enter" ? setLink() : closeLink();
  });
  link.querySelector("[data-link-set]").addEventListener("click", setLink);
  link.querySelector("[data-link-end]").addEventListener("click", () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    closeLink();
  });
  holder.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openLink();
    }
  });

  tools.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  tools.addEventListener("click", (event) => {
    const what = event.target.closest("button")?.dataset.do;
    if (what === "link") return openLink();
    if (what) deeds[what](editor.chain().focus()).run();
  });
  /* One stop for the tab key, arrows within */
  const reach = (button) => {
    for (const one of buttons) one.tabIndex = one === button ? 0 : -1;
  };
  reach(buttons[0]);
  tools.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const shown = buttons.filter((one) => one.checkVisibility());
    const next = shown[(shown.indexOf(document.activeElement) + step + shown.length) % shown.length];
    reach(next);
    next.focus();
  });
  const mark = () => {
    for (const button of buttons) {
      const name = names[button.dataset.do];
      if (name) button.setAttribute("aria-pressed", editor.isActive(...name));
    }
    inTable.hidden = !editor.isActive("table");
  };
  editor.on("transaction", mark);
  mark();
}

/* The toolbar: what it does, its keys in the tooltips, and the small field for a link. */

const deeds = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  strike: (chain) => chain.toggleStrike(),
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
  lesstable: (chain) => chain.deleteTable(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};
const names = {
  bold: ["bold"], italic: ["italic"], strike: ["strike"], link: ["link"], heading: ["heading", { level: 2 }], bullets: ["bulletList"],
  numbers: ["orderedList"], quote: ["blockquote"], code: ["code"], block: ["codeBlock"], table: ["table"],
};

export function toolbar(form, holder, editor) {
  const drawn = form.parentElement.querySelector("[data-toolbar]").content.cloneNode(true);
  const [tools, link] = [drawn.querySelector(".write-tools"), drawn.querySelector(".write-link")];
  const [address, inTable] = [link.querySelector("input"), tools.querySelector(".write-in-table")];
  const buttons = [...tools.querySelectorAll("button")];
  holder.prepend(drawn);
  nameKeys(buttons);

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
    const isLink = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const isTools = event.altKey && event.key === "F10";
    if (!isLink && !isTools) return;
    event.preventDefault();
    isLink ? openLink() : buttons.find((button) => button.tabIndex === 0).focus();
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
    if (event.key === "Escape") return editor.commands.focus();
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

/* The keys of each button, as this computer's keyboard has them */
function nameKeys(buttons) {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  for (const button of buttons.filter((one) => one.dataset.keys)) {
    const keys = button.dataset.keys.split("-");
    const said = keys.map((key) => ({ Mod: isMac ? "⌘" : "Ctrl", Alt: isMac ? "⌥" : "Alt", Shift: isMac ? "⇧" : "Shift" })[key] ?? key);
    button.title += ` (${said.join(isMac ? "" : "+")})`;
    button.setAttribute("aria-keyshortcuts", keys.map((key) => ({ Mod: isMac ? "Meta" : "Control" })[key] ?? key).join("+"));
  }
}

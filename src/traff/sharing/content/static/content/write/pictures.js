/* Pictures in the text: pasted or dropped they are taken in and stand where they were put; and what they show is asked for. */

/* Files among what is pasted or dropped. Words with a picture of themselves (from an office program) are words. */
export function picturesIn(carried) {
  const found = [...(carried?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (!found.length) return [];
  const html = carried.getData?.("text/html") ?? "";
  return new DOMParser().parseFromString(html, "text/html").body.textContent.trim() ? [] : found;
}

/* Takes pictures in and puts each where it was pasted or dropped, wherever that has moved to meanwhile */
export function place(files, form, editor, at) {
  if (!files.length || !form.takeFiles) return false;
  let here = at ?? editor.state.selection.from;
  const follow = ({ transaction }) => (here = transaction.mapping.map(here));
  editor.on("transaction", follow);
  const placed = (file) => file.is_picture && editor.commands.insertContentAt(here, { type: "image", attrs: { src: file.url, alt: file.alt } });
  form.takeFiles(files, { placed }).finally(() => editor.off("transaction", follow));
  return true;
}

/* The words told for a picture, in the text too */
export function name(editor, { url, alt }) {
  const change = editor.state.tr;
  editor.state.doc.descendants((node, at) => {
    if (node.type.name === "image" && node.attrs.src === url && node.attrs.alt !== alt) change.setNodeAttribute(at, "alt", alt);
  });
  if (change.docChanged) editor.view.dispatch(change);
}

/* Asks what a picture shows. Gives a function: row of the list of files → "told" or "later". */
export function altDialog(form) {
  const dialog = form.parentElement.querySelector("[data-alt]");
  if (!dialog) return async () => "told";
  const words = dialog.querySelector("textarea");
  const tell = (row, alt, isDecoration) => {
    const [field, tick] = [row.querySelector("[maxlength]"), row.querySelector(".write-alt [type=checkbox]")];
    field.value = alt;
    tick.checked = isDecoration;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  form.addEventListener("input", (event) => {
    const row = event.target.closest?.("li[data-url]");
    if (row && event.target.maxLength > 0) form.dispatchEvent(new CustomEvent("picture:told", { detail: { url: row.dataset.url, alt: event.target.value } }));
  });
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    dialog.querySelector("[value=told]").click();
  });
  return (row) =>
    new Promise((done) => {
      const before = document.activeElement;
      dialog.querySelector("img").src = row.dataset.url;
      words.value = row.querySelector("[maxlength]").value;
      dialog.returnValue = "";
      dialog.addEventListener(
        "close",
        () => {
          const alt = words.value.trim();
          if (dialog.returnValue === "decoration") tell(row, "", true);
          if (dialog.returnValue === "told" && alt) tell(row, alt, false);
          before?.focus?.();
          done(dialog.returnValue === "decoration" || (dialog.returnValue === "told" && alt) ? "told" : "later");
        },
        { once: true },
      );
      dialog.showModal();
      words.focus();
    });
}

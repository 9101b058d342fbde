/* Files: taken in as soon as they are chosen, so that nothing that happens to the form loses them; pictures are asked about. */

import { altDialog } from "./pictures.js";

export function takeFiles(form, touched) {
  const box = form.querySelector("[data-files]");
  if (!box) return { askAll: () => "told" };
  const input = box.querySelector("[type=file]");
  const list = box.querySelector("[data-file-list]");
  const said = box.querySelector("[data-file-said]");
  const ask = altDialog(form);

  /* One file, with its progress; resolves to what the server says of it */
  const send = (file, progress) =>
    new Promise((done, fail) => {
      const data = new FormData();
      data.append("files", file);
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const request = new XMLHttpRequest(); // fetch tells nothing of how far it has come
      request.responseType = "json";
      request.upload.onprogress = (event) => event.lengthComputable && (progress.value = event.loaded / event.total);
      request.onload = () => (request.status === 201 ? done(request.response.files[0]) : fail(request.response?.error));
      request.onerror = () => fail();
      request.open("POST", form.dataset.upload);
      request.send(data);
    });

  async function take(chosen, { placed = () => {} } = {}) {
    const taken = [];
    said.textContent = "";
    for (const file of chosen) {
      const row = draw(file.name);
      try {
        const told = await send(file, row.querySelector("progress"));
        fill(row, told);
        taken.push(told);
        placed(told);
      } catch (trouble) {
        row.remove();
        said.textContent = trouble || form.dataset.notTaken;
      }
    }
    if (taken.length) touched();
    for (const file of taken.filter((one) => one.is_picture)) await ask(rowOf(file.id));
    return taken;
  }
  function draw(name) {
    const row = box.querySelector("[data-file-row]").content.firstElementChild.cloneNode(true);
    row.querySelector(".write-file-name").textContent = name;
    row.dataset.coming = "";
    list.append(row);
    return row;
  }
  function fill(row, file) {
    delete row.dataset.coming;
    row.querySelector("progress").remove();
    row.querySelector("[name=files]").value = row.querySelector("[name=drop]").value = file.id;
    row.querySelector("[name=files]").disabled = false;
    const told = row.querySelector(".write-alt");
    row.querySelector("[data-no-picture]").hidden = !file.is_only_called_picture;
    if (!file.is_picture) return told.remove();
    row.dataset.url = file.url;
    row.querySelector("[data-picture]").replaceWith(Object.assign(new Image(56, 56), { src: file.url, alt: "" }));
    const [label, words, tick] = [told.querySelector("label"), told.querySelector("[maxlength]"), told.querySelector("[type=checkbox]")];
    label.htmlFor = words.id = words.name = `alt_${file.id}`;
    tick.name = `decoration_${file.id}`;
    told.hidden = false;
  }
  const rowOf = (id) => list.querySelector(`[name=files][value="${id}"]`)?.closest("li");

  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    input.value = "";
    await take(chosen);
  });
  list.addEventListener("change", (event) => {
    if (event.target.name !== "drop") return;
    event.target.closest("li").remove();
    touched();
    list.querySelector("[name=drop]")?.focus() ?? input.focus();
  });
  /* Dropped beside the text: taken in too */
  form.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
  form.takeFiles = take;

  /* Before sending: every picture says what it shows, or that it says nothing */
  async function askAll() {
    for (const row of list.querySelectorAll("li[data-url]")) {
      const isTold = row.querySelector("[maxlength]")?.value.trim() || row.querySelector(".write-alt [type=checkbox]")?.checked;
      if (!isTold && (await ask(row)) === "later") return "later";
    }
    return "told";
  }
  return { askAll };
}

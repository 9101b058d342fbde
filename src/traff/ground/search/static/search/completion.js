/* Completion beneath a search box: fetched when somebody first turns to one. Without it the box is a plain form. */

const PAUSE = 150; // ms of rest before the house is asked

const begin = (box) => {
  if (box.getAttribute("role") === "combobox") return;
  const list = document.createElement("div");
  list.className = "completion";
  list.id = `${box.id}-choices`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0]?.textContent ?? "");
  list.hidden = true;
  box.closest("form").append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }))
    box.setAttribute(name, value);

  let timer, asking, shown;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const here = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");
  const close = () => {
    asking?.abort();
    clearTimeout(timer);
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    for (const option of options()) option.removeAttribute("aria-selected");
  };
  const open = () => {
    if (!options().length) return close();
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  };
  const choose = (number) => {
    const all = options();
    for (const option of all) option.removeAttribute("aria-selected");
    const option = all[number];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };
  const ask = async () => {
    const words = box.value.replace(/^\s+/, "");
    if (words.length < 2) return close();
    if (words === shown) return open();
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.complete}?q=${encodeURIComponent(words)}`, { signal: asking.signal, headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) return close();
      list.innerHTML = await answer.text();
      shown = words;
      options().forEach((option, number) => (option.id = `${list.id}-${number}`));
      if (document.activeElement === box) open();
    } catch (trouble) {
      if (trouble.name !== "AbortError") close();
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("focus", () => box.value && shown && ask());
  box.addEventListener("blur", () => setTimeout(() => list.contains(document.activeElement) || close(), 150));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (list.hidden) open();
      const at = here();
      choose(event.key === "ArrowDown" ? (at + 1) % count : (at < 0 ? count : at) - 1);
    } else if (event.key === "Enter" && !list.hidden && here() >= 0) {
      event.preventDefault();
      options()[here()].click();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps its focus
  if (box.value && document.activeElement === box) ask();
};

for (const box of document.querySelectorAll("[data-complete]")) begin(box);

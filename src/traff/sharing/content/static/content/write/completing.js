/* Fields of names and topics: the last word between commas is completed. */

import { audienceOf } from "./readers.js";

const PAUSE = 150; // milliseconds

export function completeNames(box, form) {
  const input = box.querySelector("input");
  const options = Object.assign(document.createElement("datalist"), { id: `${input.id}_options` });
  input.setAttribute("list", options.id);
  input.autocomplete = "off";
  box.append(options);
  let timer = 0;
  let newest = 0; // an answer to what was typed before is let go
  input.addEventListener("input", () => {
    const number = ++newest;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const before = input.value.replace(/[^,]*$/, "");
      const begun = input.value.slice(before.length).trim();
      if (!begun.length) return options.replaceChildren();
      try {
        const told = await (await fetch(`${box.dataset.complete}?${new URLSearchParams({ q: begun, ...audienceOf(form) })}`)).json();
        const words = told.options.map(({ word, handle }) => (handle ? `${word} (${handle})` : word));
        if (number !== newest) return;
        options.replaceChildren(...words.map((word) => new Option("", `${before}${before ? " " : ""}${word}`)));
      } catch {
        options.replaceChildren();
      }
    }, PAUSE);
  });
}

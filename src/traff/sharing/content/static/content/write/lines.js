/* Fields of one line: Enter goes on to the next field, for only the button and Ctrl+Enter send. A title grows with its words. */

const LINE = "input:not([type=checkbox], [type=radio], [type=file], [type=submit]), [data-one-line]";
const PLACES = `${LINE}, textarea, select, .write-text, [data-send]`;
const BREAKS = /\s*[\r\n\u2028\u2029]+\s*/g;

export function keepToLines(form) {
  form.addEventListener("keydown", (event) => {
    const line = event.target;
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || !line.matches(LINE)) return;
    event.preventDefault();
    const places = [...form.querySelectorAll(PLACES)].filter((place) => place === line || place.checkVisibility());
    places[places.indexOf(line) + 1]?.focus();
  });
  for (const line of form.querySelectorAll("[data-one-line]")) {
    const grow = () => {
      if (CSS.supports("field-sizing", "content")) return;
      line.style.height = "auto";
      line.style.height = `${line.scrollHeight + 2}px`;
    };
    line.addEventListener("input", () => {
      const end = line.selectionEnd;
      const one = line.value.replace(BREAKS, " "); // pasted, or dropped
      if (one !== line.value) {
        const at = line.value.slice(0, end).replace(BREAKS, " ").length;
        line.value = one;
        line.setSelectionRange(at, at);
      }
      grow();
    });
    grow();
  }
}

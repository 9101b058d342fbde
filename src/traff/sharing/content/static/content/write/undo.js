/* The button that takes back what was just sent counts the seconds it has left, waits while somebody turns to it, and leaves with
   the last of them. The keyboard comes to it first, and Ctrl+Z presses it. */

const hovers = matchMedia("(hover: hover)"); // a finger leaves no hover behind that says something
const WRITES = "input, textarea, select, [contenteditable], dialog[open]"; // has an undo of its own

for (const toast of document.querySelectorAll("[data-undo]")) {
  const [words, form, button] = ["p", "form", "button"].map((name) => toast.querySelector(name));
  const shown = button.appendChild(Object.assign(document.createElement("span"), { ariaHidden: "true" })); // seen, not read out each second
  let left = Number(toast.dataset.undo) * 1000;
  let patience = Number(toast.dataset.patience) * 1000; // the server waits no longer
  let then = performance.now();
  let isPressed = false;
  form.addEventListener("submit", () => (isPressed = true));
  document.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    if (!isUndo || isPressed || !toast.isConnected || event.target.closest(WRITES)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  const isTurnedTo = () => button.matches(":focus") || (hovers.matches && toast.matches(":hover"));
  const count = () => {
    if (isPressed) return;
    const passed = performance.now() - then;
    const waited = isTurnedTo() ? Math.min(passed, patience) : 0;
    then += passed;
    patience -= waited;
    left -= passed - waited;
    if (left > 0) {
      shown.textContent = `(${Math.ceil(left / 1000)})`;
      return setTimeout(count, 250);
    }
    if (toast.contains(document.activeElement)) stand(document.querySelector(":target") ?? document.getElementById("main"));
    toast.remove();
  };
  count();
  if (document.activeElement === document.body) stand(words);
}

/* From here the next Tab goes on, and a screen reader reads */
function stand(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

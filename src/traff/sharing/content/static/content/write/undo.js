/* The button that takes back what was just sent counts the seconds it has left, and leaves with the last of them. */

for (const toast of document.querySelectorAll("[data-undo]")) {
  const button = toast.querySelector("button");
  const left = button.appendChild(Object.assign(document.createElement("span"), { ariaHidden: "true" })); // seen, not read out each second
  const end = performance.now() + Number(toast.dataset.undo) * 1000;
  let isPressed = false;
  toast.querySelector("form").addEventListener("submit", () => (isPressed = true));
  const count = () => {
    const seconds = Math.ceil((end - performance.now()) / 1000);
    if (isPressed) return;
    if (seconds > 0) {
      left.textContent = `(${seconds})`;
      return setTimeout(count, 250);
    }
    if (toast.contains(document.activeElement)) document.getElementById("main").focus({ preventScroll: true });
    toast.remove();
  };
  count();
}

/* The button that takes back what was just sent leaves when its time is over, unless somebody is about to press it. */

for (const toast of document.querySelectorAll("[data-undo]")) {
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 1000) : toast.remove());
  setTimeout(leave, Number(toast.dataset.undo) * 1000);
}

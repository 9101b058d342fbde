/* The key of a question stands behind # in its link, so that no server's log ever holds it: taken from there into the form, and sent. */
const key = location.hash.match(/^#key=([\w-]{8,64})$/)?.[1];
const field = document.querySelector("[data-asked-key]");
if (key && field) {
  history.replaceState(null, "", location.pathname);
  field.value = key;
  field.form.requestSubmit();
}
const copy = document.querySelector("[data-asked-copy]");
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.askedCopy);
    copy.querySelector("[data-asked-word]").textContent = copy.dataset.askedDone;
  });
}

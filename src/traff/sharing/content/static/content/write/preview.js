/* As its readers will see it: kept first, then drawn by the server and shown over the form. */

export function lookAhead(form, keeper) {
  const button = form.querySelector("[value=preview]:not(.sr)");
  const dialog = form.parentElement.querySelector("dialog:has([data-preview-words])");
  if (!button || !dialog) return;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if ((await keeper.save()) !== "kept") return;
    const answer = await fetch(form.dataset.preview, { headers: { "X-Keeping": "1" } }).catch(() => null);
    if (!answer?.ok) return keeper.say(form.dataset.away, true);
    dialog.querySelector("[data-preview-words]").innerHTML = await answer.text();
    dialog.showModal();
  });
}

/* What is offered beside the words opens beside them: whoever reads there comes back to where they wrote. */

const PHONE = matchMedia("(max-width: 47rem)");

export function standBeside(form) {
  const tend = () => {
    for (const link of form.querySelectorAll(".composer-panel a[href], .write-source a[href]")) link.target = "_blank";
    for (const told of form.querySelectorAll("[data-beside-told]")) told.hidden = false;
    if (PHONE.matches) for (const offer of form.querySelectorAll(".panel-one[open]")) offer.open = false;
  };
  tend();
  form.addEventListener("htmx:afterSettle", tend);
}

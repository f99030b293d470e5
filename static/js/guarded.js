// A form with a guard (see monitoring/_guard.html) asks before it is left with something typed in it.
const guard = document.querySelector("[data-guard]");

const watchOver = (form) => {
  let isTyped = guard.hasAttribute("data-typed");
  let isSent = false;

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => { isTyped = true; });
  }
  form.addEventListener("submit", () => { isSent = true; });
  form.addEventListener("draft-kept", () => { isTyped = false; });
  window.addEventListener("pageshow", () => { isSent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isTyped && !isSent && !document.body.dataset.idleOver) {
      event.preventDefault();
    }
  });
};

if (guard) { // not every page of a form has it just now
  watchOver(guard.form);
}

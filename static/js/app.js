// Close an open menu when the keyboard or the pointer goes elsewhere.
const menus = () => document.querySelectorAll("details.site-menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

// A form that signs or prints is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-send-once]")) {
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});

// Coming back with the back button must not leave such a form dead.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
  }
});

// What a choice asks for in a fold is opened with it.
document.addEventListener("change", ({ target }) => {
  document.querySelector(`details[data-opened-by="${CSS.escape(`${target.name}=${target.value}`)}"]`)?.setAttribute("open", "");
});

// A page for typing begins in its first field, where that is in view and nothing else wants to be read first.
const typing = document.querySelector("form[data-typing]");
if (typing && !location.hash && !document.querySelector("[autofocus]") && matchMedia("(pointer: fine)").matches) {
  const first = [...typing.elements].find((field) => field.matches("input:not([type=hidden]), textarea, select, button"));
  const isText = first.matches("textarea, input:not([type=radio], [type=checkbox])");
  if (isText && first.getBoundingClientRect().bottom <= innerHeight) {
    first.focus();
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const field = document.getElementById(copy.dataset.copy);
    field.select();
    if (navigator.clipboard) {
      navigator.clipboard.writeText(field.value).then(
        () => { copy.textContent = "Copied"; },
        () => {}, // It stays selected, to be copied by hand.
      );
    }
  }
});

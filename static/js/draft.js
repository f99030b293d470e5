// The draft page: the cells that the server says are wrong, and the way into them. Nothing in here reads or makes a
// number: what the typed text comes to is for the server to say.

import "./draft_saving.js";
import "./pasting.js";
import "./step_keys.js";
import { openCard } from "./step_cards.js";
import { form, tellTyped } from "./step_table.js";

const clearTicks = () => {
  for (const tick of form.querySelectorAll('input[name$="-confirmed"]')) {
    tick.checked = false;
  }
};

form.addEventListener("input", (event) => {
  if (event.target.id === "first_day") {
    // What was confirmed was confirmed for another day; the server says so too.
    clearTicks();
  }
  tellTyped();
});

// After each save the server's list says which cells are wrong; mark these and no others.
document.body.addEventListener("htmx:afterSettle", () => {
  if (document.querySelector("#draft-check [data-cleared]")) {
    clearTicks();
  }
  const problems = [...document.querySelectorAll("#draft-check [data-cell]")];
  const wrong = new Set(problems.flatMap((item) => item.dataset.cell.split(" ")));
  for (const input of form.querySelectorAll(".cell, input.sheet-date, select.starts-on, #first_day")) {
    const isWrong = wrong.has(input.name);
    input.classList.toggle(input.id === "first_day" ? "is-invalid" : "is-wrong", isWrong);
    if (isWrong) {
      input.setAttribute("aria-invalid", "true");
    } else {
      input.removeAttribute("aria-invalid");
    }
  }
  for (const label of form.querySelectorAll("label.confirm")) {
    label.classList.toggle("is-wrong", wrong.has(label.querySelector("input").name));
  }
});

// A link to a cell, and coming back after a row's button: go into the cell itself.
const goTo = (hash) => {
  const cell = hash.length > 1 && document.getElementById(hash.slice(1));
  if (cell && form.contains(cell) && cell.matches("input, select")) {
    cell.closest("details")?.setAttribute("open", "");
    openCard(cell);
    cell.focus();
    cell.select?.();
  }
};
window.addEventListener("hashchange", () => goTo(location.hash));
form.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link) {
    event.preventDefault();
    goTo(link.hash);
  }
});
goTo(location.hash);

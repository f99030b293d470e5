// The draft page: moving about in the step table, and the cells that the server says are wrong. Nothing in here
// reads or makes a number: what the typed text comes to is for the server to say.

import "./draft_saving.js";
import "./pasting.js";
import { addRow, allLines, allRows, cellsOf, form, keyOf, rows, tellTyped, tooMany } from "./step_table.js";

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

const goInto = (cell) => {
  cell?.focus();
  cell?.select();
  return Boolean(cell);
};

// One more, unless there are as many as a schedule may have; then it is said where a paste is told.
const addOne = () => {
  const why = tooMany(allRows().length + 1);
  document.getElementById("paste-status").textContent = why ? `No step was added: ${why}` : "";
  return why ? null : addRow();
};

// Up and down to the next line that has such a cell: the days of a pattern have no days and no note.
const moveDown = (input, down) => {
  const lines = allLines();
  const at = lines.indexOf(input.closest("tr"));
  const rest = down > 0 ? lines.slice(at + 1) : lines.slice(0, at).toReversed();
  const same = rest.map((line) => cellsOf(line).find((cell) => keyOf(cell) === keyOf(input)));
  return goInto(same.find((cell) => cell));
};

const moveAcross = (input, across) => {
  const cells = cellsOf(input.closest("tr"));
  return goInto(cells[cells.indexOf(input) + across]);
};

rows?.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches("input.cell") || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const atStart = input.selectionStart === 0 && input.selectionEnd === 0;
  const atEnd = input.selectionStart === input.value.length && input.selectionEnd === input.value.length;
  const isWhole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  let moved = false;
  if (event.key === "ArrowDown") {
    moved = moveDown(input, 1);
  } else if (event.key === "ArrowUp") {
    moved = moveDown(input, -1);
  } else if (event.key === "ArrowLeft" && (atStart || isWhole)) {
    moved = moveAcross(input, -1);
  } else if (event.key === "ArrowRight" && (atEnd || isWhole)) {
    moved = moveAcross(input, 1);
  } else if (event.key === "Enter") {
    moved = moveDown(input, 1);
    if (!moved && addOne()) {
      tellTyped();
      moved = moveDown(input, 1);
    }
  }
  if (moved || event.key === "Enter") {
    event.preventDefault();
  }
});

document.getElementById("add-row")?.addEventListener("click", (event) => {
  event.preventDefault();
  const added = addOne();
  if (added) {
    cellsOf(added)[0].focus();
    tellTyped();
  }
});

// A link to a cell, and coming back after a row's button: go into the cell itself.
const goTo = (hash) => {
  const cell = hash.length > 1 && document.getElementById(hash.slice(1));
  if (cell && form.contains(cell) && cell.matches("input, select")) {
    cell.closest("details")?.setAttribute("open", "");
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

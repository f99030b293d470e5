"use strict";

// Moving about and pasting in the step table. Nothing in here reads or makes a number: it moves
// text into cells, and the server says what the text comes to.

const form = document.getElementById("draft");
const rows = document.getElementById("step-rows");

const typed = () => form.dispatchEvent(new CustomEvent("draft-typed", { bubbles: true }));
const cellsOf = (row) => [...row.querySelectorAll("input.cell")];
const allRows = () => [...rows.querySelectorAll("tr")];

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
  typed();
});

// After each save the server's list says which cells are wrong; mark these and no others.
document.body.addEventListener("htmx:afterSettle", () => {
  if (document.querySelector("#draft-check [data-cleared]")) {
    clearTicks();
  }
  const problems = [...document.querySelectorAll("#draft-check [data-cell]")];
  const wrong = new Set(problems.flatMap((item) => item.dataset.cell.split(" ")));
  for (const input of form.querySelectorAll("input.cell, #first_day")) {
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

const move = (input, down, across) => {
  const row = input.closest("tr");
  const column = cellsOf(row).indexOf(input) + across;
  const target = allRows()[allRows().indexOf(row) + down];
  const cell = target && cellsOf(target)[column];
  if (cell) {
    cell.focus();
    cell.select();
  }
  return Boolean(cell);
};

const addRow = () => {
  const index = Math.max(-1, ...allRows().map((row) => Number(row.dataset.row))) + 1;
  const template = document.getElementById("blank-row");
  const holder = document.createElement("tbody");
  holder.innerHTML = template.innerHTML
    .replaceAll("__index__", String(index))
    .replaceAll("__position__", String(allRows().length + 1));
  const row = holder.querySelector("tr");
  rows.append(row);
  return row;
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
    moved = move(input, 1, 0);
  } else if (event.key === "ArrowUp") {
    moved = move(input, -1, 0);
  } else if (event.key === "ArrowLeft" && (atStart || isWhole)) {
    moved = move(input, 0, -1);
  } else if (event.key === "ArrowRight" && (atEnd || isWhole)) {
    moved = move(input, 0, 1);
  } else if (event.key === "Enter") {
    const row = input.closest("tr");
    if (row === rows.lastElementChild) {
      addRow();
      typed();
    }
    moved = move(input, 1, 0);
  }
  if (moved || event.key === "Enter") {
    event.preventDefault();
  }
});

// A block of cells from a spreadsheet: see pasted.js. What stood in the cells comes back with one press.
let undoPaste = null;

const say = (sentence) => {
  document.getElementById("paste-status").textContent = sentence;
  document.getElementById("paste-undo").hidden = undoPaste === null;
};

rows?.addEventListener("paste", (event) => {
  const input = event.target;
  const text = event.clipboardData.getData("text/plain");
  if (!input.matches("input.cell")) {
    return;
  }
  const { rows: pasted, heading, isOneCell } = readPasted(text, input.classList.contains("cell-note"));
  if (isOneCell) {
    return; // One cell goes in where the cursor stands, as anywhere.
  }
  event.preventDefault();
  const column = cellsOf(input.closest("tr")).indexOf(input);
  const start = allRows().indexOf(input.closest("tr"));
  const added = [];
  const changes = [];
  let over = 0;
  pasted.forEach((line, down) => {
    let row = allRows()[start + down];
    if (!row) {
      row = addRow();
      added.push(row);
    }
    const cells = cellsOf(row);
    line.forEach((value, across) => {
      const cell = cells[column + across];
      if (cell) {
        changes.push({ cell, before: cell.value, after: value });
        cell.value = value;
      } else if (value) {
        over += 1;
      }
    });
  });
  undoPaste = () => undo(changes, added);
  const left = over ? ` ${over} did not fit beside the last column and were left out.` : "";
  const headings = heading ? ` The first row was taken for headings and left out: “${heading.join(", ")}”.` : "";
  const cells = changes.length === 1 ? "1 cell was" : `${changes.length} cells were`;
  say(`${cells} pasted.${left}${headings} Check each against your spreadsheet.`);
  typed();
});

// What was typed over a pasted cell since then is nobody's paste: it stays.
const undo = (changes, added) => {
  const untouched = changes.filter(({ cell, after }) => cell.value === after);
  for (const { cell, before } of untouched.reverse()) {
    cell.value = before;
  }
  for (const row of added.reverse()) {
    if (row === rows.lastElementChild && cellsOf(row).every((cell) => !cell.value)) {
      row.remove();
    }
  }
  const kept = changes.length - untouched.length;
  const since = kept ? " What you typed over it since then stays." : "";
  undoPaste = null;
  say(`The paste is undone: the cells say again what they said before.${since}`);
  typed();
};

document.getElementById("paste-undo")?.addEventListener("click", () => {
  undoPaste?.();
  document.getElementById("add-row").focus();
});

document.getElementById("add-row")?.addEventListener("click", (event) => {
  event.preventDefault();
  cellsOf(addRow())[0].focus();
  typed();
});

// A link to a cell, and coming back after a row's button: go into the cell itself.
const goTo = (hash) => {
  const cell = hash.length > 1 && document.getElementById(hash.slice(1));
  if (cell && form.contains(cell) && cell.matches("input")) {
    cell.focus();
    cell.select();
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

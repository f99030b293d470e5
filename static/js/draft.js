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

// A block of cells from a spreadsheet: tabs between cells, a line for each row.
rows?.addEventListener("paste", (event) => {
  const input = event.target;
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!input.matches("input.cell") || !/[\t\n]/.test(text)) {
    return;
  }
  event.preventDefault();
  const column = cellsOf(input.closest("tr")).indexOf(input);
  let at = allRows().indexOf(input.closest("tr"));
  let count = 0;
  let over = 0;
  for (const line of text.split("\n")) {
    const row = allRows()[at] ?? addRow();
    const cells = cellsOf(row);
    line.split("\t").forEach((value, index) => {
      const cell = cells[column + index];
      if (cell) {
        cell.value = value.trim();
        count += 1;
      } else if (value.trim()) {
        over += 1;
      }
    });
    at += 1;
  }
  const left = over ? ` ${over} did not fit beside the last column and were left out.` : "";
  const status = document.getElementById("paste-status");
  status.textContent = `${count} cells were pasted.${left} Check each against your spreadsheet.`;
  status.classList.remove("visually-hidden");
  typed();
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

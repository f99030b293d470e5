// A block of cells from a spreadsheet goes into the step table as text. What stood in the cells comes back
// with one press.

import { readPasted } from "./pasted.js";
import { addRow, allRows, cellsOf, rows, tellTyped } from "./step_table.js";

let undoPaste = null;

const say = (sentence) => {
  document.getElementById("paste-status").textContent = sentence;
  document.getElementById("paste-undo").hidden = undoPaste === null;
};

// What was typed over a pasted cell since then is nobody's paste: it stays.
const undo = (changes, added) => {
  const untouched = changes.filter(({ cell, after }) => cell.value === after);
  for (const { cell, before } of untouched.toReversed()) {
    cell.value = before;
  }
  for (const row of added.toReversed()) {
    if (row === rows.lastElementChild && cellsOf(row).every((cell) => !cell.value)) {
      row.remove();
    }
  }
  const since = untouched.length < changes.length ? " What you typed over it since then stays." : "";
  undoPaste = null;
  say(`The paste is undone: the cells say again what they said before.${since}`);
  tellTyped();
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
  for (const [down, line] of pasted.entries()) {
    let row = allRows()[start + down];
    if (!row) {
      row = addRow();
      added.push(row);
    }
    const cells = cellsOf(row);
    for (const [across, value] of line.entries()) {
      const cell = cells[column + across];
      if (cell) {
        changes.push({ cell, before: cell.value, after: value });
        cell.value = value;
      } else if (value) {
        over += 1;
      }
    }
  }
  undoPaste = () => undo(changes, added);
  const left = over ? ` ${over} did not fit beside the last column and were left out.` : "";
  const headings = heading ? ` The first row was taken for headings and left out: “${heading.join(", ")}”.` : "";
  const cells = changes.length === 1 ? "1 cell was" : `${changes.length} cells were`;
  say(`${cells} pasted.${left}${headings} Check each against your spreadsheet.`);
  tellTyped();
});

document.getElementById("paste-undo")?.addEventListener("click", () => {
  undoPaste?.();
  document.getElementById("add-row").focus();
});

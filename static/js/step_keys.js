// Moving about in the step table without the mouse. The keys are listed for people in _step_keys.html.

import { addRow, allLines, allRows, cellsOf, form, keyOf, rows, tellTyped, tooMany } from "./step_table.js";

const TICK = 'input[name$="-confirmed"]';

const goInto = (cell) => {
  cell?.focus();
  cell?.select?.();
  return Boolean(cell);
};

// One more, unless there are as many as a schedule may have; then it is said where a paste is told.
const addOne = () => {
  const why = tooMany(allRows().length + 1);
  document.getElementById("paste-status").textContent = why ? `No step was added: ${why}` : "";
  return why ? null : addRow();
};

// Where somebody began in a row and went on across: Enter comes back to that column, as in a spreadsheet.
let began = "";
let isAcross = false;
rows?.addEventListener("focusin", ({ target }) => {
  began = isAcross ? began : keyOf(target);
  isAcross = false;
});

// Up and down to the next line that has such a cell: the days of a pattern have no days and no note.
const moveDown = (input, down, key = keyOf(input)) => {
  const lines = allLines();
  const at = lines.indexOf(input.closest("tr"));
  const rest = down > 0 ? lines.slice(at + 1) : lines.slice(0, at).toReversed();
  const same = rest.map((line) =>
    input.matches(TICK) ? line.querySelector(TICK) : cellsOf(line).find((cell) => keyOf(cell) === key),
  );
  return goInto(same.find((cell) => cell));
};

// Over the cells of a line, and from its last one over the buttons of the row, which Tab goes past.
const buttonsOf = (line) => [...line.querySelectorAll(".row-buttons button")];
const moveAcross = (from, across) => {
  const line = from.closest("tr");
  const stops = [...cellsOf(line), ...buttonsOf(line)];
  isAcross = true;
  return goInto(stops[stops.indexOf(from) + across]);
};

const isLeaving = (input, across) => {
  if (!input.matches("input.cell")) {
    return input.matches("button");
  }
  const { selectionStart: from, selectionEnd: to } = input;
  const end = input.value.length;
  return (from === 0 && to === end) || (across < 0 ? to === 0 : from === end);
};

const enter = (input) => {
  if (moveDown(input, 1, began) || input.matches(TICK)) {
    return;
  }
  if (addOne()) {
    tellTyped();
    moveDown(input, 1, began);
  }
};

const MOVES = {
  ArrowDown: (input) => moveDown(input, 1),
  ArrowUp: (input) => moveDown(input, -1),
  ArrowLeft: (input) => isLeaving(input, -1) && moveAcross(input, -1),
  ArrowRight: (input) => isLeaving(input, 1) && moveAcross(input, 1),
};

rows?.addEventListener("keydown", (event) => {
  const from = event.target;
  if (event.altKey || event.ctrlKey || event.metaKey || !from.matches(`input.cell, ${TICK}, .row-buttons button`)) {
    return;
  }
  isAcross = event.key === "Tab";
  if (event.key === "Enter" && from.matches("input")) {
    enter(from);
    event.preventDefault();
  } else if (MOVES[event.key]?.(from)) {
    event.preventDefault();
  }
});

// Tab reads over the cells alone; a pattern's own choices stay in its way.
const passButtons = (within) => {
  for (const button of within.querySelectorAll(".row-buttons button")) {
    button.tabIndex = -1;
  }
};
if (rows) {
  passButtons(rows);
  passButtons(document.getElementById("blank-row").content);
}

document.getElementById("add-row")?.addEventListener("click", (event) => {
  event.preventDefault();
  const added = addOne();
  if (added) {
    cellsOf(added)[0].focus();
    tellTyped();
  }
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector('button[name="do"][value="sign"]'));
  }
});

document.addEventListener("keydown", (event) => {
  const list = document.getElementById("step-keys");
  if (event.key === "?" && list && !event.target.matches("input, textarea, select")) {
    list.open = !list.open;
    list.querySelector("summary").focus();
  }
});

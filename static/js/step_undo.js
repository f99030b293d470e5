// What was typed or pasted in the step table is undone act by act with Ctrl+Z, and done again with Ctrl+Y. An act is
// `{ changes: [{ cell, before, after }], added: [row] }`, and a paste is told when it is. Nothing in here reads or makes a
// number.

import { showColumns } from "./step_columns.js";
import { inputsOf, rows, showSheetDates, tellTyped } from "./step_table.js";

const done = [];
const undone = [];
const known = new WeakMap(); // What a cell said before somebody typed in it.
let typing = null; // The act that goes on while somebody types in one cell.

export const remember = (act) => {
  typing = null;
  done.push(act);
  undone.length = 0;
};

const write = (cell, text) => {
  cell.value = text;
  known.set(cell, text);
};

const tell = () => {
  typing = null;
  showSheetDates();
  showColumns();
  tellTyped();
};

// What was typed over a cell since then is nobody's act: it stays.
export const takeBack = (act) => {
  const untouched = act.changes.filter(({ cell, after }) => cell.value === after);
  for (const { cell, before } of untouched.toReversed()) {
    write(cell, before);
  }
  for (const row of act.added.toReversed()) {
    if (row === rows.lastElementChild && inputsOf(row).every((cell) => !cell.value)) {
      row.remove();
    }
  }
  if (done.includes(act)) {
    done.splice(done.indexOf(act), 1);
    undone.push(act);
  }
  tell();
  act.whenBack?.(untouched.length === act.changes.length);
};

const doAgain = (act) => {
  rows.append(...act.added.filter((row) => !row.isConnected));
  for (const { cell, before, after } of act.changes) {
    if (cell.value === before) {
      write(cell, after);
    }
  }
  done.push(act);
  tell();
  act.whenAgain?.();
};

rows?.addEventListener("focusin", ({ target }) => {
  typing = null;
  known.set(target, target.value);
});

rows?.addEventListener("input", ({ target }) => {
  if (!target.matches("input.cell, input.sheet-date")) {
    return;
  }
  if (!typing) {
    const act = { changes: [{ cell: target, before: known.get(target) ?? "", after: "" }], added: [] };
    remember(act);
    typing = act;
  }
  typing.changes[0].after = target.value;
});

rows?.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) {
    return;
  }
  const key = event.key.toLowerCase();
  const isAgain = key === "y" || (key === "z" && event.shiftKey);
  const act = isAgain ? undone.pop() : key === "z" ? done.at(-1) : null;
  if (!act) {
    return;
  }
  event.preventDefault();
  (isAgain ? doAgain : takeBack)(act);
  const { cell } = act.changes.at(0);
  if (cell.isConnected) {
    cell.focus();
    cell.select();
  }
});

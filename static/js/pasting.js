// A block of cells from a spreadsheet goes into the step table as text, each column where it stands or where somebody
// chose. What stood in the cells comes back with one press.

import { LEAVE_OUT, saidBy, standsAsHere } from "./paste_columns.js";
import { preview } from "./paste_preview.js";
import { readPasted } from "./pasted.js";
import { showColumns } from "./step_columns.js";
import {
  addRow,
  allRows,
  cellsOf,
  hasPattern,
  inputsOf,
  keyOf,
  rowOf,
  rows,
  showSheetDates,
  tellTyped,
  tooMany,
} from "./step_table.js";
import { remember, takeBack } from "./step_undo.js";

let lastPaste = null; // Where it is in the table.
let choose = null; // Opens the preview of what was pasted last.

const say = (sentence) => {
  document.getElementById("paste-status").textContent = sentence;
  document.getElementById("paste-undo").hidden = lastPaste === null;
  document.getElementById("paste-choose").hidden = lastPaste === null || choose === null;
};

const undo = () => {
  if (lastPaste) {
    takeBack(lastPaste);
  }
};
const SINCE = " What you typed over it since then stays.";
const whenBack = (isAll) => {
  lastPaste = null;
  say(`The paste is undone: the cells say again what they said before.${isAll ? "" : SINCE}`);
};

const actOf = (changes, added) => {
  const whenAgain = () => {
    lastPaste = act;
    say("The paste is in the table again. Check each cell against your spreadsheet.");
  };
  const act = { changes, added, whenBack, whenAgain };
  return act;
};

// A row of a spreadsheet is what is taken every day: it goes over no day of a pattern. Says so; or false.
const isPattern = (start, count) => {
  const row = allRows().slice(start, start + count).find((one) => hasPattern(one));
  if (row) {
    const step = allRows().indexOf(row) + 1;
    say(
      `Nothing was pasted: step ${step} repeats a pattern of days, and a row of a spreadsheet is the same every day. ` +
        "Press “Every day alike again” first, or paste above or below it.",
    );
  }
  return Boolean(row);
};

// Nothing is cut: a block that is too long stays where it was copied. Says so; or false.
const isTooLong = (count) => {
  const why = count > allRows().length ? tooMany(count) : "";
  if (why) {
    say(`Nothing was pasted: ${why} Copy fewer rows.`);
  }
  return Boolean(why);
};

// `keys`: the column of the table for each of the block's own; undefined where there is none.
const put = ({ rows: pasted, heading }, keys, start) => {
  if (isTooLong(start + pasted.length)) {
    return;
  }
  if (keys.some((key) => key !== "note") && isPattern(start, pasted.length)) {
    return;
  }
  const added = [];
  const changes = [];
  let over = 0;
  for (const [down, line] of pasted.entries()) {
    let row = allRows()[start + down];
    if (!row) {
      row = addRow();
      added.push(row);
    }
    const cells = new Map(inputsOf(row).map((cell) => [keyOf(cell), cell]));
    for (const [across, value] of line.entries()) {
      const cell = cells.get(keys[across]);
      if (cell) {
        changes.push({ cell, before: cell.value, after: value });
        cell.value = value;
      } else if (value && keys[across] !== LEAVE_OUT) {
        over += 1;
      }
    }
  }
  lastPaste = actOf(changes, added);
  remember(lastPaste);
  showSheetDates();
  showColumns();
  const left = over ? ` ${over} did not fit beside the last column and were left out.` : "";
  const out = keys.includes(LEAVE_OUT) ? " Columns were left out as you chose." : "";
  const headings = heading ? ` The first row was taken for headings and left out: “${heading.join(", ")}”.` : "";
  const dates = keys.some((key) => key?.startsWith("sheet_")) ? " Dates fill in no days: type them." : "";
  const cells = changes.length === 1 ? "1 cell was" : `${changes.length} cells were`;
  say(`${cells} pasted.${left}${out}${headings}${dates} Check each against your spreadsheet.`);
  tellTyped();
};

rows?.addEventListener("paste", (event) => {
  const input = event.target;
  const text = event.clipboardData.getData("text/plain");
  if (!input.matches("input.cell")) {
    return;
  }
  const isNote = input.classList.contains("cell-note");
  const pasted = readPasted(text, isNote);
  if (pasted.isOneCell) {
    return; // One cell goes in where the cursor stands, as anywhere.
  }
  event.preventDefault();
  const row = rowOf(input);
  const start = allRows().indexOf(row);
  // Its first row may still be called headings.
  if (isTooLong(start + pasted.rows.length - 1)) {
    return;
  }
  if (!isNote && isPattern(start, 1)) {
    return;
  }
  const inPlace = cellsOf(row).slice(cellsOf(row).indexOf(input)).map((cell) => keyOf(cell));
  const isAsHere = isNote || standsAsHere(pasted, inPlace);
  const presets = pasted.heading ? saidBy(pasted.heading) : isAsHere ? inPlace : [];
  let isIn = isAsHere;
  const open = () =>
    preview(pasted, presets, (chosen, keys) => {
      if (isIn) {
        undo(); // Only one of the two is in the table.
      }
      isIn = true;
      choose = open;
      put(chosen, keys, start);
    });
  if (isAsHere) {
    choose = isNote ? null : open;
    put(pasted, inPlace, start);
  } else {
    open();
  }
});

document.getElementById("paste-undo")?.addEventListener("click", () => {
  choose = null;
  undo();
  document.getElementById("add-row").focus();
});

document.getElementById("paste-choose")?.addEventListener("click", () => choose?.());

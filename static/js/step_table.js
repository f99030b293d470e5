// The step table of a draft: its rows, their cells, and a new row. Nothing in here reads or makes a number
// of a dose: a row's number says which row it is.

export const form = document.getElementById("draft");
export const rows = document.getElementById("step-rows");

export const tellTyped = () => form.dispatchEvent(new CustomEvent("draft-typed", { bubbles: true }));
export const table = document.getElementById("step-table");
// Those of the columns that are shown.
export const cellsOf = (row) => [...row.querySelectorAll(":not([hidden]) > input.cell")];
// One for each step; a pattern has lines of its own below the row of its step.
export const allRows = () => [...rows.querySelectorAll("tr[data-row]")];
export const allLines = () => [...rows.querySelectorAll("tr")];
// What a cell holds, in whichever line: "days", "morning-1", "sheet_first".
export const keyOf = (input) => input.name.replace(/^steps-[^-]+-(?:day\d-)?/, "");
// The row of the step that a cell belongs to, also where it is one of a day of its pattern.
export const rowOf = (input) => {
  const at = allLines().indexOf(input.closest("tr"));
  return allLines().slice(0, at + 1).findLast((line) => line.dataset.row !== undefined);
};
export const hasPattern = (row) => row.classList.contains("has-pattern");
// With the dates of a sheet, which are no cells of the table: arrow keys and a plain paste go past them.
export const inputsOf = (row) => [...row.querySelectorAll("input.cell, input.sheet-date")];
export const blankRow = () => document.getElementById("blank-row").content;
export const blankInputs = () => inputsOf(blankRow());
export const showSheetDates = () => {
  const isUsed = [...rows.querySelectorAll("input.sheet-date")].some((input) => input.value);
  rows.closest("table").classList.toggle("has-sheet", isUsed);
};

// The server's blank row with its number put in: as text into attributes and words, never as markup.
const numbered = (row, { index, position }) => {
  const fill = (text) => text.replaceAll("__index__", String(index)).replaceAll("__position__", String(position));
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of element.attributes) {
      attribute.value = fill(attribute.value);
    }
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        node.data = fill(node.data);
      }
    }
  }
  return row;
};

// A sentence where the table would have more steps than a schedule may have, as the server says it; or "".
export const tooMany = (count) => {
  const most = Number(rows.dataset.most);
  return count > most ? `a schedule has at most ${most} steps, and this would make it ${count.toLocaleString("en-US")}.` : "";
};

export const addRow = () => {
  const index = Math.max(-1, ...allRows().map((row) => Number(row.dataset.row))) + 1;
  const blank = blankRow().querySelector("tr");
  const row = numbered(document.importNode(blank, true), { index, position: allRows().length + 1 });
  rows.append(row);
  return row;
};

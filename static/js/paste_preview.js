// Before a block of cells goes into the step table: its first rows, and over each column where it goes. Nothing is
// chosen here but what its headings say, or where it would have gone as it stands.

import { columns, LEAVE_OUT } from "./paste_columns.js";

const SHOWN = 5;
const dialog = document.getElementById("paste-preview");
const table = dialog?.querySelector("table");
const hasHeading = document.getElementById("paste-heading");
const refused = document.getElementById("paste-refused");
let lines = [];
let done = null;

const element = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  return made;
};

const selects = () => [...table.querySelectorAll("select")];

const chooser = (number, chosen) => {
  const select = element("select", "", { class: "form-select form-select-sm", "aria-label": `Column ${number}` });
  const choices = [["", "Choose"], ...columns().map(({ key, label }) => [key, label]), [LEAVE_OUT, "Leave out"]];
  for (const [value, label] of choices) {
    select.append(element("option", label, { value }));
  }
  select.value = chosen;
  return select;
};

const showRows = () => {
  const width = selects().length;
  const shown = lines.slice(0, SHOWN);
  table.tBodies[0].replaceChildren(
    ...shown.map((line, index) => {
      const row = element("tr", "", index === 0 && hasHeading.checked ? { class: "is-heading" } : {});
      row.append(...Array.from({ length: width }, (_, across) => element("td", line[across] ?? "")));
      return row;
    }),
  );
  document.getElementById("paste-shown").textContent =
    lines.length > SHOWN ? `The first ${SHOWN} of ${lines.length} rows are shown.` : "";
};

// What keeps it from going in, or "".
const wrongWith = (chosen) => {
  const open = chosen.indexOf("");
  if (open >= 0) {
    return [open, `Choose what column ${open + 1} is, or leave it out.`];
  }
  const twice = chosen.findIndex((key, across) => key !== LEAVE_OUT && chosen.indexOf(key) < across);
  if (twice >= 0) {
    const { label } = columns().find(({ key }) => key === chosen[twice]);
    return [twice, `Two columns are “${label}”. Choose another for one of them, or leave it out.`];
  }
  return chosen.every((key) => key === LEAVE_OUT) ? [0, "Every column is left out. Choose what one of them is."] : null;
};

// `presets`: the column of each of the block's own, or "". `whenDone` is told which were chosen.
export const preview = ({ rows, heading }, presets, whenDone) => {
  lines = heading ? [heading, ...rows] : rows;
  done = whenDone;
  hasHeading.checked = Boolean(heading);
  refused.textContent = "";
  const head = element("tr", "");
  const width = Math.max(...lines.map((line) => line.length));
  for (let across = 0; across < width; across += 1) {
    const cell = element("td", "");
    cell.append(chooser(across + 1, presets[across] ?? ""));
    head.append(cell);
  }
  table.tHead.replaceChildren(head);
  showRows();
  dialog.showModal();
  selects()[0].focus();
};

hasHeading?.addEventListener("change", showRows);

document.getElementById("paste-put")?.addEventListener("click", () => {
  const chosen = selects().map((select) => select.value);
  const wrong = wrongWith(chosen);
  if (wrong) {
    refused.textContent = wrong[1];
    selects()[wrong[0]].focus();
    return;
  }
  dialog.close();
  const [first, ...rest] = lines;
  done(hasHeading.checked ? { rows: rest, heading: first } : { rows: lines, heading: null }, chosen);
});

document.getElementById("paste-cancel")?.addEventListener("click", () => dialog.close());

// Which column of the step table a column of a spreadsheet is: by a heading that says exactly that, and by nothing
// else. Nothing in here reads or makes a number.

import { blankInputs, keyOf } from "./step_table.js";

export const LEAVE_OUT = "leave-out";

// Other words for the same column, besides the label that it has here.
const NAMES = {
  [LEAVE_OUT]: ["step", "step number"],
  days: ["days", "number of days", "duration in days"],
  dose: ["dose", "daily dose", "dose mg", "daily dose mg", "dose in mg", "daily dose in mg", "total daily dose"],
  note: ["note", "notes"],
  sheet_first: ["first day", "start", "start date", "starts", "from"],
  sheet_last: ["last day", "end", "end date", "ends", "to", "until", "through"],
};
const STEP = /^(?:step|week|phase|stage|visit|no\.?|#)\s*\d/i;
const DATE_IN_DIGITS = /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}$/;
const DATE_IN_WORDS = /^(?:[a-z]{3,9}\.?,? )?(?:\d{1,2}[- ][a-z]{3,9}|[a-z]{3,9}\.? \d{1,2})\b/i;
const MONTH = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, " ").trim();
const isElsewhere = (text) =>
  STEP.test(text) || DATE_IN_DIGITS.test(text) || (DATE_IN_WORDS.test(text) && MONTH.test(text));

// Each column that something can be put into, with its label: the server's own, without the row's number.
export const columns = () =>
  blankInputs().map((input) => {
    const label = input.getAttribute("aria-label").replace(/^Step [^,]*, /, "");
    return { key: keyOf(input), label: label[0].toUpperCase() + label.slice(1) };
  });

// "" where it says nothing exactly.
const columnOf = (heading) => {
  const said = plain(heading);
  const names = Object.keys(NAMES).find((key) => NAMES[key].includes(said));
  return names ?? columns().find(({ label }) => plain(label) === said)?.key ?? "";
};

// For each column what its heading says; "" for two that say the same, since only a person knows which is meant.
export const saidBy = (heading) => {
  const said = heading.map((text) => columnOf(text));
  return said.map((key) => (key === LEAVE_OUT || said.indexOf(key) === said.lastIndexOf(key) ? key : ""));
};

// Whether the block can go in as it stands. `keys`: the columns that its own would fall into.
export const standsAsHere = ({ rows, heading }, keys) => {
  const isSame = !heading || heading.every((text, across) => columnOf(text) === (keys[across] ?? ""));
  return isSame && !rows.some((line) => line.some((text, across) => keys[across] !== "note" && isElsewhere(text)));
};

// On a narrow page a step is a card that opens. Closed, it says what is typed in it, in the words of its columns, and
// keeps its tick and its dates and sums. Nothing in here reads or makes a number.

import { allLines, allRows, cellsOf, form, rowOf, rows } from "./step_table.js";

const narrow = matchMedia("(max-width: 60rem)");
const linesOf = (row) => allLines().filter((line) => line === row || (!line.dataset.row && rowOf(line) === row));
const isClosed = (row) => row.classList.contains("is-closed");

const sayWhatIsTyped = (row) => {
  const typed = linesOf(row).flatMap((line) => cellsOf(line)).filter((cell) => cell.value);
  const says = (isClosed(row) ? typed : []).map((cell) => {
    const said = document.createElement("span");
    said.textContent = `${cell.closest("td").dataset.label}: ${cell.value}`;
    return said;
  });
  row.querySelector(".row-says").replaceChildren(...says);
};

const show = (row, isOpen) => {
  for (const line of linesOf(row)) {
    line.classList.toggle("is-closed", !isOpen);
  }
  row.querySelector(".row-open").setAttribute("aria-expanded", String(isOpen));
  sayWhatIsTyped(row);
};

export const openCard = (cell) => {
  if (rows?.contains(cell)) {
    show(rowOf(cell), true);
  }
};

// A step that is typed and not wrong is closed, once; afterwards only somebody opens and closes it.
const makeCards = () => {
  if (!narrow.matches) {
    return;
  }
  for (const row of allRows().filter((one) => one.querySelector(".row-open").hidden)) {
    const lines = linesOf(row);
    const isTyped = lines.some((line) => cellsOf(line).some((cell) => cell.value));
    const isWrong = lines.some((line) => line.querySelector(".is-wrong"));
    row.querySelector(".row-open").hidden = false;
    show(row, !isTyped || isWrong);
  }
};

if (rows) {
  narrow.addEventListener("change", makeCards);
  makeCards();
  rows.addEventListener("click", ({ target }) => {
    const button = target.closest(".row-open");
    if (button) {
      show(rowOf(button), isClosed(rowOf(button)));
    }
  });
  form.addEventListener("draft-typed", () => {
    for (const row of rows.querySelectorAll("tr[data-row].is-closed")) {
      sayWhatIsTyped(row);
    }
  });
}

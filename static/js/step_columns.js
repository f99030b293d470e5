// Which columns the step table shows: those that are ticked, and none less than something is typed in. While none is
// ticked, all are shown. Nothing in here reads or makes a number.

import { blankRow, keyOf, rows, table } from "./step_table.js";

const box = document.getElementById("step-columns");
const ticks = [...(box?.querySelectorAll("input") ?? [])];
const keyOfTick = (tick) => tick.name.replace("column-", "");

const typedIn = () => {
  const cells = [...rows.querySelectorAll("input.cell")].filter((cell) => cell.value.trim());
  return new Set(cells.map((cell) => keyOf(cell)));
};

export const showColumns = () => {
  const typed = typedIn();
  const isSaid = ticks.some((tick) => tick.checked);
  for (const tick of ticks) {
    const key = keyOfTick(tick);
    tick.checked ||= isSaid && typed.has(key);
    const selector = `[data-column="${key}"]`;
    for (const cell of [...table.querySelectorAll(selector), ...blankRow().querySelectorAll(selector)]) {
      cell.hidden = isSaid && !tick.checked;
    }
  }
};

box?.addEventListener("change", (event) => {
  const isTyped = !event.target.checked && typedIn().has(keyOfTick(event.target));
  document.getElementById("paste-status").textContent = isTyped
    ? "That column stays: something is typed in it."
    : "";
  event.target.checked ||= isTyped;
  showColumns();
});

// The check-in's form: today at one press, what takes back a block's answer, how many symptoms are marked in a block, and which
// follow-up is closed. The words and the date are the
// server's. What a danger sign shows needs no script: see .act-now in monitoring.css.
const happenedOn = document.getElementById("id_happened_on");
const today = document.querySelector("[data-today]");
today?.addEventListener("click", (event) => {
  event.preventDefault();
  happenedOn.value = today.dataset.today;
  happenedOn.dispatchEvent(new Event("input", { bubbles: true }));
  happenedOn.focus();
});

// "Not asked" chosen by hand takes "Asked: none of these" back: what the page says of a symptom is what is recorded.
for (const box of document.querySelectorAll(".none-of input")) {
  box.closest(".ratings").addEventListener("click", (event) => {
    if (event.target.matches('input[type="radio"][value=""]')) {
      box.checked = false;
    }
  });
}

// How a folded block stands is said by a style sheet; how many are marked in it, here.
for (const said of document.querySelectorAll("[data-marked]")) {
  const block = said.closest(".ratings");
  const count = () => {
    const marked = block.querySelectorAll('input[type="radio"]:checked:not([value=""], [value="0"])');
    said.textContent = `${marked.length} marked`;
  };
  block.addEventListener("input", count);
  count();
}

const followUp = document.getElementById("id_follow_up");
const closing = document.querySelector("[data-closing]");
followUp?.addEventListener("change", () => {
  const { closes, closesNone } = closing.dataset;
  const chosen = followUp.selectedOptions[0];
  closing.textContent = chosen.value ? `${closes}${chosen.textContent}.` : closesNone;
});

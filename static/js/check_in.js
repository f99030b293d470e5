// The check-in's form: today at one press, the rest of a group of symptoms, and which follow-up is closed. The words and the date are the
// server's. What a danger sign shows needs no script: see .act-now in monitoring.css.
const happenedOn = document.getElementById("id_happened_on");
const today = document.querySelector("[data-today]");
today?.addEventListener("click", (event) => {
  event.preventDefault();
  happenedOn.value = today.dataset.today;
  happenedOn.dispatchEvent(new Event("input", { bubbles: true }));
  happenedOn.focus();
});

// What was left open in a group of symptoms is set to none, but for the signs of danger.
for (const rest of document.querySelectorAll("[data-rest]")) {
  rest.addEventListener("click", (event) => {
    event.preventDefault();
    const open = rest.closest(".ratings").querySelectorAll('input[type="radio"][value=""]:checked');
    const set = [...open].filter((answer) => !answer.closest(".asks-danger"));
    for (const answer of set) {
      document.querySelector(`input[name="${answer.name}"][value="0"]`).click();
    }
    rest.parentElement.querySelector('[role="status"]').textContent = `${rest.dataset.rest}${set.length}`;
  });
}

const followUp = document.getElementById("id_follow_up");
const closing = document.querySelector("[data-closing]");
followUp?.addEventListener("change", () => {
  const { closes, closesNone } = closing.dataset;
  const chosen = followUp.selectedOptions[0];
  closing.textContent = chosen.value ? `${closes}${chosen.textContent}.` : closesNone;
});

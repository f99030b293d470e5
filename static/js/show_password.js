// A button below each password field shows what was typed until it is pressed again. Sent, it is hidden again, so
// that the browser does not keep it among what was typed into fields of text.
const add = (field) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-outline-secondary mt-1";
  button.setAttribute("aria-controls", field.id);
  const turn = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide password" : "Show password";
  };
  turn(false);
  button.addEventListener("click", () => turn(field.type === "password"));
  field.form.addEventListener("submit", () => turn(false));
  field.after(button);
};

for (const field of document.querySelectorAll("main input[type=password]")) {
  add(field);
}

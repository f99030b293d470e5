// A press is seen in the same moment: its button says so until the next page is there. What takes longer than a second
// says that too, so that nobody presses again or goes away.
const SHOWN_AFTER = 1_000;
const LONGEST = 30_000; // A file that is saved brings no other page.

const word = document.createElement("span");
word.className = "working";
word.setAttribute("role", "status");
let pressed = null;
let timers = [];

const release = () => {
  for (const timer of timers) {
    clearTimeout(timer);
  }
  timers = [];
  pressed?.removeAttribute("aria-busy");
  pressed = null;
  word.remove();
};

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || (button.formTarget || event.target.target) === "_blank") {
    return;
  }
  release();
  pressed = button;
  button.setAttribute("aria-busy", "true");
  word.textContent = "";
  button.after(word);
  timers = [setTimeout(() => { word.textContent = "Working…"; }, SHOWN_AFTER), setTimeout(release, LONGEST)];
});

window.addEventListener("pageshow", release);

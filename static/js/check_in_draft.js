// Whether what is typed in a check-in is kept as a draft: said in a line above its buttons. Recording the check-in never
// waits for it: see _draft_state.html, whose line htmx sends from while somebody types.
const place = document.getElementById("draft-state");
const form = place?.closest("form");
const TRY_AGAIN = 10_000;
let typed = 0;
let sent = 0;
let retry = null;
let isLeaving = false; // What is sent now is the check-in itself.

const keep = () => place.dispatchEvent(new CustomEvent("keep-draft"));
const say = (state, isBad) => {
  if (place.textContent !== state) { // read out once
    place.textContent = state;
  }
  place.classList.toggle("is-not-saved", isBad);
};

// The server says why in a sentence; a page is something else's, such as a proxy's.
const isSentence = (xhr) => (xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");

const why = (xhr) => {
  if (isSentence(xhr) && xhr.responseText) {
    return xhr.responseText;
  }
  if (xhr.status === 0) {
    return "Not kept as a draft: the server cannot be reached. Keep this page open; it tries again by itself.";
  }
  if (xhr.status === 401) {
    return "Not kept as a draft: you were signed out. Keep this page open, and sign in in another tab.";
  }
  return "Not kept as a draft. Keep this page open, and save the check-in as always.";
};

const answered = ({ detail: { xhr } }) => {
  if (xhr.status === 200) {
    place.classList.remove("is-not-saved");
    if (sent === typed) {
      form.dispatchEvent(new CustomEvent("draft-kept"));
    }
    return;
  }
  say(why(xhr), true);
  if (xhr.status === 0 || xhr.status === 401 || xhr.status >= 500) {
    retry = setTimeout(keep, TRY_AGAIN);
  }
};

if (place?.hasAttribute("hx-post")) { // after a conflict only the button keeps it
  form.addEventListener("input", () => {
    typed += 1;
    say("Not kept as a draft yet.", false);
  });
  form.addEventListener("submit", () => { isLeaving = true; });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  place.addEventListener("htmx:beforeRequest", (event) => {
    if (isLeaving) {
      event.preventDefault();
      return;
    }
    clearTimeout(retry);
    sent = typed;
  });
  place.addEventListener("htmx:beforeSwap", (event) => {
    event.detail.shouldSwap = event.detail.xhr.status === 200; // a conflict is said as text
  });
  place.addEventListener("htmx:afterRequest", answered);
  window.addEventListener("online", () => {
    if (sent !== typed || place.classList.contains("is-not-saved")) {
      keep();
    }
  });
}

// Whether what stands on the draft page is saved: said in a line that is always in view, and asked
// before leaving. What was typed counts as unsaved until the server has said that it keeps it.
const form = document.getElementById("draft");
const place = document.getElementById("save-state");
const SAVES_WHILE_TYPING = form.hasAttribute("hx-post");
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;
let typed = SAVES_WHILE_TYPING ? 0 : 1; // After a conflict the page holds what was never saved.
let sent = 0;
let saved = 0;
let isSaving = false;
let isConflict = false;
let isLeaving = false;
let isSignedOut = false;
let hasNewToken = false;
let isTakingToken = false; // Nothing is sent with the old one meanwhile.
let pressed = null; // A button that waits for the save before it.
let wait = FIRST_WAIT;
let retry = null;

const isDirty = () => typed !== saved;
const mark = (isBad) => place.classList.toggle("is-not-saved", isBad);
const say = (state, isBad = false) => {
  place.textContent = state;
  mark(isBad);
};
const save = () => {
  if (SAVES_WHILE_TYPING && isDirty() && !isSaving && !isConflict) {
    form.dispatchEvent(new CustomEvent("draft-save"));
  }
};
const tryAgain = () => {
  retry = setTimeout(save, wait);
  wait = Math.min(2 * wait, LONGEST_WAIT);
};

// The record was restricted meanwhile: the answer is a sentence. A page is that of an old token.
const isSentence = (xhr) => (xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
const isClosed = (xhr) => xhr.status === 403 && isSentence(xhr);

// The database does not answer: a sentence. A page is that of something else, such as a proxy.
const isAway = (xhr) => xhr.status === 503 && isSentence(xhr);

form.addEventListener("draft-typed", () => {
  typed += 1;
  if (!SAVES_WHILE_TYPING) {
    say("Not saved yet. Save puts yours in the place of theirs.", true);
  } else if (!isConflict) {
    say("Not saved yet");
  }
});

form.addEventListener("htmx:beforeRequest", (event) => {
  if (isConflict || isTakingToken) {
    event.preventDefault(); // Of a conflict, only "See both" goes on.
    return;
  }
  clearTimeout(retry);
  sent = typed;
  isSaving = true;
  say("Saving…");
});

form.addEventListener("htmx:afterRequest", (event) => {
  isSaving = false;
  const { xhr } = event.detail;
  if (xhr.status === 200) {
    kept();
    return;
  }
  pressed = null;
  if (xhr.status === 409) {
    isConflict = true;
    mark(true);
  } else if (xhr.status === 401) {
    isSignedOut = true;
    say("Not saved: you were signed out. ", true);
    place.append(signInElsewhere(), ", then go on here.");
    tryAgain();
  } else if (isClosed(xhr)) {
    say(xhr.responseText, true);
  } else if (xhr.status === 403 && !hasNewToken) {
    hasNewToken = true;
    takeNewToken();
  } else if (xhr.status === 410) {
    say(xhr.responseText, true);
  } else if (xhr.status === 422) {
    say(xhr.responseText, true); // The same again would be refused again; typing sends it.
  } else if (xhr.status === 507 || isAway(xhr)) {
    say(xhr.responseText, true);
    tryAgain();
  } else if (xhr.status === 0) {
    say("Not saved: the server cannot be reached. Keep this page open; it tries again by itself.", true);
    tryAgain();
  } else {
    say("Not saved: something went wrong. Keep this page open.", true);
    if (xhr.status >= 500) {
      tryAgain();
    }
  }
});

const kept = () => {
  saved = sent;
  wait = FIRST_WAIT;
  isSignedOut = false;
  hasNewToken = false;
  mark(false);
  if (isDirty()) {
    say("Not saved yet");
    if (pressed) {
      save();
    }
  } else if (pressed) {
    // The list of problems is new, and a button in it with it.
    const button = form.querySelector(`button[name="do"][value="${CSS.escape(pressed)}"]`);
    pressed = null;
    if (button) {
      isLeaving = true;
      form.requestSubmit(button);
    }
  }
};

const signInElsewhere = () => {
  const link = document.createElement("a");
  link.href = document.body.dataset.idleLeave;
  link.target = "_blank";
  link.textContent = "Sign in in another tab";
  return link;
};

const freshForm = async () => {
  try {
    const answer = await fetch(form.action);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("draft");
  } catch {
    return null;
  }
};

// Signing in renews the token that a form must send. Whoever signed in must be who typed this.
const takeNewToken = async () => {
  isTakingToken = true;
  const fresh = await freshForm();
  isTakingToken = false;
  if (fresh && fresh.dataset.user === form.dataset.user) {
    form.elements.csrfmiddlewaretoken.value = fresh.elements.csrfmiddlewaretoken.value;
    save();
    return;
  }
  say("Not saved: you may not change this draft as you are signed in now. Copy what you need.", true);
  hasNewToken = false; // Who comes back signed in as themselves gets theirs.
};

// A button sends the form only when what was typed before it is saved, so that nothing waits in a
// page that is gone, and nobody's own save is taken for another's.
form.addEventListener("submit", (event) => {
  if (SAVES_WHILE_TYPING && !isConflict && !isLeaving && (isDirty() || isSaving)) {
    event.preventDefault();
    pressed = event.submitter?.value ?? "save";
    save();
    return;
  }
  isLeaving = true;
});
window.addEventListener("pageshow", () => {
  isLeaving = false;
});

window.addEventListener("online", save);
window.addEventListener("focus", () => {
  if (isSignedOut) {
    save();
  }
});

// At the idle limit the page goes without asking: no patient stays on the screen.
window.addEventListener("beforeunload", (event) => {
  if (isDirty() && !isLeaving && !document.body.dataset.idleOver) {
    event.preventDefault();
  }
});

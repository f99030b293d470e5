// A passkey is made or asked for in a form with data-passkey ("create" or "get"), by its button with
// data-passkey-button; what it answers is put into the hidden field that data-passkey-field names, and the form is sent.
// What to ask for stands in the page (data-passkey-options names it), or the form's own address is asked for it.
const FAILED = "The passkey was not used. Press the button to try again, or use another way if you have one.";
const NO_SERVER = "The server cannot be reached, so the passkey was not asked. Try again.";

const bytesOf = (text) => {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
};

const textOf = (buffer) => {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const described = (list) => (list || []).map(({ id, ...rest }) => Object.assign(rest, { id: bytesOf(id) }));

const made = async ({ publicKey }) => {
  const wanted = {
    ...publicKey,
    challenge: bytesOf(publicKey.challenge),
    user: { ...publicKey.user, id: bytesOf(publicKey.user.id) },
    excludeCredentials: described(publicKey.excludeCredentials),
  };
  const credential = await navigator.credentials.create({ publicKey: wanted });
  return answered(credential, {
    attestationObject: textOf(credential.response.attestationObject),
  });
};

const asked = async ({ publicKey }) => {
  const wanted = {
    ...publicKey,
    challenge: bytesOf(publicKey.challenge),
    allowCredentials: described(publicKey.allowCredentials),
  };
  const credential = await navigator.credentials.get({ publicKey: wanted });
  const { authenticatorData, signature, userHandle } = credential.response;
  return answered(credential, {
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    userHandle: userHandle ? textOf(userHandle) : null,
  });
};

const answered = (credential, response) => ({
  id: credential.id,
  rawId: textOf(credential.rawId),
  type: credential.type,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: { clientDataJSON: textOf(credential.response.clientDataJSON), ...response },
});

// Null where something else in the form is wrong, which its page then says.
const optionsFor = async (form) => {
  if (form.dataset.passkeyOptions) {
    return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  }
  const body = new URLSearchParams(new FormData(form)); // as a form is sent: the server takes no parts
  body.set("passkey-options", "yes");
  const answer = await fetch(form.action, { method: "POST", body });
  const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  return isOurs ? (await answer.json()).options || null : null;
};

const watch = (form) => {
  const button = form.querySelector("[data-passkey-button]");
  const place = form.querySelector("[data-passkey-said]");
  const field = form.elements[form.dataset.passkeyField];
  const say = (text) => { place.textContent = text; };

  if (!window.PublicKeyCredential) {
    form.querySelector("[data-passkey-none]").hidden = false;
    return;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    say("");
    let options;
    try {
      options = await optionsFor(form);
    } catch {
      say(NO_SERVER);
      button.disabled = false;
      return;
    }
    try {
      const answer = options && await (form.dataset.passkey === "create" ? made(options) : asked(options));
      field.value = answer ? JSON.stringify(answer) : "asked";
    } catch {
      say(FAILED);
      button.disabled = false;
      return;
    }
    form.requestSubmit();
  });
};

// Coming back with the back button must not leave the button dead.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-passkey-button]")) {
    button.disabled = false;
  }
});

for (const form of document.querySelectorAll("[data-passkey]")) {
  watch(form);
}

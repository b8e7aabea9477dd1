// Passkeys, in two places: the button of the sign-in page, and the form that adds one. The browser does the work; forms carry the answers.
const canGet = typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential && "toJSON" in PublicKeyCredential.prototype;

const ask = async (form, address) => {
  const token = form.elements.__RequestVerificationToken;
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ [token.name]: token.value, purpose: "passkey" }) });
  if (!answer.ok) throw new Error(answer.status === 429 ? "Too many tries from this address. Wait a minute, then try again." : "The portal did not answer. Load the page again.");
  return await answer.json();
};

const tell = (form, problem) => {
  const place = form.querySelector("[data-passkey-problem]");
  place.textContent =
    problem.name === "NotAllowedError" ? "Nothing was chosen, or it took too long. Try again."
    : problem.name === "InvalidStateError" ? "This device has a passkey for your account already."
    : problem.message;
  place.hidden = false;
};

const run = (form, work) => form.addEventListener("submit", async event => {
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    await work();
    form.submit();
  } catch (problem) {
    tell(form, problem);
    button.disabled = false;
  }
});

const place = document.querySelector("[data-passkey-sign-in]");
if (place && canGet) {
  const form = place.querySelector("form");
  place.hidden = false;
  run(form, async () => {
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(await ask(form, place.dataset.passkeySignIn));
    form.elements.credential.value = JSON.stringify(await navigator.credentials.get({ publicKey: options }));
  });
}

const adding = document.querySelector("form[data-passkey-add]");
if (adding && !canGet) {
  tell(adding, new Error("This browser knows no passkeys, or the portal is not reached by https."));
  adding.querySelector("button[type=submit]").disabled = true;
} else if (adding) {
  run(adding, async () => {
    const options = PublicKeyCredential.parseCreationOptionsFromJSON(await ask(adding, adding.dataset.passkeyAdd));
    adding.elements["Input.Credential"].value = JSON.stringify(await navigator.credentials.create({ publicKey: options }));
  });
}

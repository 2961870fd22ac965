// The token that changes ask for: kept for this tab only, asked for in a dialog.

import { icon, say } from "./dom.js";

const KEY = "avocet.token";
const WRONG = "This is not the token. It is printed where avocet camera was started.";
const dialog = document.getElementById("token-dialog");
const field = document.getElementById("token");
const said = document.getElementById("token-said");
const button = document.getElementById("access");
let asking = null;

/** The token, or null. */
export const token = () => sessionStorage.getItem(KEY);

/** Takes the token from `#token=…`, which leaves the address bar and the history. */
export function begin() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  button.addEventListener("click", () => (token() ? forget() : ask("")));
  show();
}

/** Forgets a token that is not accepted any more. */
export function forget() {
  sessionStorage.removeItem(KEY);
  show();
}

/**
 * Asks for the token until the server accepts one: true, or false where the person gives up.
 * Whoever asks meanwhile waits for the same dialog.
 */
export function ask(reason) {
  asking ??= open(reason).finally(() => {
    asking = null;
  });
  return asking;
}

function open(reason) {
  field.value = "";
  said.textContent = reason;
  dialog.showModal();
  return new Promise((resolve) => {
    const end = (entered) => {
      dialog.onclose = null;
      dialog.close();
      show();
      resolve(entered);
    };
    dialog.onclose = () => end(false);
    dialog.querySelector("[value=cancel]").onclick = () => end(false);
    dialog.querySelector("form").onsubmit = async (event) => {
      event.preventDefault();
      const wrong = await check(field.value.trim());
      if (wrong) {
        say(said, wrong);
        field.select();
      } else {
        sessionStorage.setItem(KEY, field.value.trim());
        end(true);
      }
    };
  });
}

async function check(candidate) {
  // Other characters cannot be sent in a header.
  if (!/^[!-~]+$/.test(candidate)) {
    return WRONG;
  }
  try {
    const answer = await fetch("api/token-check", {
      headers: { Authorization: `Bearer ${candidate}` },
    });
    if (answer.status === 401) {
      return WRONG;
    }
    return answer.ok ? "" : (await answer.json()).error.message;
  } catch {
    return "The server does not answer.";
  }
}

function show() {
  const there = token() !== null;
  button.replaceChildren(icon(there ? "unlocked" : "locked"));
  button.setAttribute("aria-label", there ? "Forget the token" : "Enter the token");
  button.title = button.getAttribute("aria-label");
}

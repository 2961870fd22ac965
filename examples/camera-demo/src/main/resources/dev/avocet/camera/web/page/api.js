// Requests. A failure is an Error whose message is the server's sentence.

import { ask, forget, token } from "./access.js";

/** What the server answers to a GET, as an object. */
export const get = (path) => send("GET", path);

/** Changes something; asks for the token where the server does. */
export async function change(method, path, body) {
  for (;;) {
    try {
      return await send(method, path, body);
    } catch (failure) {
      if (failure.status !== 401) {
        throw failure;
      }
      const reason = token() ? "The token that was entered is not accepted any more." : "";
      forget();
      if (!(await ask(reason))) {
        throw new Error("Nothing was changed: that needs the token.");
      }
    }
  }
}

async function send(method, path, body) {
  const headers = {};
  if (method !== "GET" && token()) {
    headers.Authorization = `Bearer ${token()}`;
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  } catch {
    throw new Error("The server does not answer.");
  }
  const text = await answer.text();
  if (!answer.ok) {
    throw Object.assign(new Error(sentence(text, answer.status)), { status: answer.status });
  }
  return text ? JSON.parse(text) : null;
}

function sentence(text, status) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return `The server answered ${status}.`;
  }
}

// Switching the model and the device, and the score slider.

import { change } from "./api.js";
import { el, note, say } from "./dom.js";

const form = document.getElementById("model-form");
const names = document.getElementById("model-name");
const devices = document.getElementById("model-device");
const progress = document.getElementById("model-progress");
const said = document.getElementById("model-said");
const score = document.getElementById("score");
const scoreValue = document.getElementById("score-value");

/** The panel of the model. */
export class ModelPanel {
  constructor() {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send("PUT", "api/model", { model: names.value, device: devices.value });
    });
    score.addEventListener("input", () => say(scoreValue, (+score.value).toFixed(2)));
    score.addEventListener("change", async () => {
      if (!(await this.send("PUT", "api/score", { score: +score.value }))) {
        this.showScore();
      }
    });
  }

  /** Takes the state. */
  state(state) {
    const { model } = state;
    const before = this.now;
    this.now = state;
    if (before?.model.name !== model.name || before?.model.device !== model.device) {
      names.replaceChildren();
      devices.replaceChildren();
    }
    options(names, state.models.map((m) => [m.name, m.name]), model.name);
    options(devices, state.devices.map(deviceOption), model.device);
    const opening = model.state === "opening";
    form.querySelector("button").disabled = opening;
    progress.hidden = !opening;
    if (model.progress === null) {
      progress.removeAttribute("value");
    } else {
      progress.value = model.progress;
    }
    said.classList.toggle("wrong", model.state === "failed");
    say(said, sentence(model));
    if (before?.model.state === "opening" && !opening) {
      note(sentence(model), model.state === "failed" ? "wrong" : "info");
    }
    if (document.activeElement !== score || before?.score !== state.score) {
      this.showScore();
    }
  }

  showScore() {
    score.value = this.now.score;
    say(scoreValue, this.now.score.toFixed(2));
  }

  async send(method, path, body) {
    try {
      await change(method, path, body);
      return true;
    } catch (failure) {
      note(failure.message, "wrong");
      return false;
    }
  }
}

function sentence(model) {
  if (model.state === "opening") {
    return model.message || "Opening; the present model goes on meanwhile.";
  }
  if (model.state === "failed") {
    return model.message;
  }
  return `${model.name} runs on ${model.device}.`;
}

function deviceOption({ name, full_name: full }) {
  return [name, full === name ? name : `${name} (${full})`];
}

/** Offers other values where they differ from those there; what a person has chosen stays chosen. */
function options(select, values, present) {
  if (values.map(([value]) => value).join() === [...select.options].map((o) => o.value).join()) {
    return;
  }
  const chosen = select.options.length ? select.value : present;
  select.replaceChildren(...values.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
}

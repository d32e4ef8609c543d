"use strict";
// The page's whole behaviour: one conversation over the REST channel. Everything that comes from the server is set
// as text, never as markup.

const TIMEOUT_MS = 15000;
const webhook = document.body.dataset.webhook;
const [log, state, form, question, send, anew] =
  ["log", "state", "form", "question", "send", "anew"].map((id) => document.getElementById(id));
let sender = remembered("rahdari-sender") || fresh();
let turn = 0;

function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const id = "page-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  try { sessionStorage.setItem("rahdari-sender", id); } catch { /* no storage: the id lives with the page */ }
  return id;
}

function remembered(name) {
  try { return sessionStorage.getItem(name); } catch { return null; }
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function show(...nodes) {
  log.append(...nodes);
  log.scrollTop = log.scrollHeight;
  const [first] = nodes; // a long answer is read from its beginning
  if (first.getBoundingClientRect().top < log.getBoundingClientRect().top) first.scrollIntoView({ block: "start" });
}

function paragraph(text) {
  return element("p", { textContent: text, dir: "auto" });
}

function busy(on) {
  state.classList.toggle("busy", on);
  state.textContent = on ? "Looking it up …" : "";
  send.disabled = on;
}

async function ask(text, echo = true) {
  if (send.disabled) return;
  const mine = ++turn;
  if (echo) show(element("div", { className: "bubble mine" }, element("span", { className: "unseen", textContent: "You: " }), paragraph(text)));
  document.querySelectorAll(".chips").forEach((chips) => chips.remove());
  busy(true);
  try {
    const replies = await post({ sender, message: text });
    if (mine === turn) showReplies(replies);
  } catch (error) {
    if (mine === turn) showFailure(error, text);
  } finally {
    if (mine === turn) busy(false);
  }
}

async function post(message) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(webhook, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message), signal: stop.signal,
    });
    const body = await response.json();
    if (!response.ok) throw Object.assign(new Error(body.error), { told: Boolean(body.error) });
    return body;
  } finally {
    clearTimeout(timer);
  }
}

function showReplies(replies) {
  const answers = replies.filter((reply) => reply.custom && reply.custom.answer).map((reply) => reply.custom.answer);
  if (!answers.length) replies.filter((reply) => reply.text).forEach((reply) => show(bubble({ text: reply.text })));
  answers.forEach((answer) => {
    const offered = (answer.suggestions || []).length ? [chips(answer.suggestions)] : [];
    show(bubble(answer), ...offered);
  });
}

function bubble(answer) {
  const citations = answer.citations || [];
  const sources = citations.map(source);
  const text = paragraph(answer.text);
  citations.forEach((citation, place) => {
    const mark = element("button", { type: "button", className: "mark", textContent: "[" + citation.id + "]" });
    mark.setAttribute("aria-label", "Show source " + citation.id);
    mark.addEventListener("click", () => {
      const details = sources[place].querySelector("details");
      details.open = true;
      details.querySelector("summary").focus();
    });
    text.append(place ? "" : " ", mark);
  });
  const made = element("div", { className: "bubble bot" }, element("span", { className: "unseen", textContent: "Rahdari: " }), text);
  if (sources.length) made.append(element("ol", { className: "sources" }, ...sources));
  return made;
}

function source(citation) {
  const title = element("b", { textContent: "[" + citation.id + "] " + (citation.title || citation.document), dir: "auto" });
  const rest = [citation.publisher, citation.published].filter(Boolean).join(", ");
  const summary = element("summary", {}, title, rest ? " — " + rest : "");
  if (citation.role === "nearest") summary.append(element("span", { className: "nearest", textContent: " · the nearest they say" }));
  return element("li", {}, element("details", {}, summary, element("blockquote", { textContent: citation.quote, dir: "auto" })));
}

function chips(suggestions) {
  const made = element("div", { className: "chips" });
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", "Suggestions");
  suggestions.forEach((suggestion) => {
    const chip = element("button", { type: "button", textContent: suggestion, dir: "auto" });
    chip.addEventListener("click", () => { ask(suggestion); question.focus(); });
    made.append(chip);
  });
  return made;
}

function showFailure(error, text) {
  const told = error.told ? error.message : navigator.onLine === false
    ? "You seem to be offline. Your question was not sent."
    : "The bot cannot be reached at the moment. Your question was not answered.";
  const box = element("div", { className: "bubble alarm" }, paragraph(told));
  if (!error.told) {
    const again = element("button", { type: "button", textContent: "Try again" });
    again.addEventListener("click", () => { box.remove(); ask(text, false); });
    box.append(again);
  }
  show(box);
}

function begin() {
  log.replaceChildren();
  ask("hello", false);
}

function grow() {
  question.style.height = "auto";
  question.style.height = question.scrollHeight + 2 + "px";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (!text || send.disabled) return;
  question.value = "";
  grow();
  ask(text);
});
question.addEventListener("input", grow);
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
anew.addEventListener("click", () => {
  turn += 1;
  sender = fresh();
  busy(false);
  begin();
  question.focus();
});
begin();

"use strict";
// The playground's page: shows chats as they come, and lets the cast act. Texts are only ever set as text.

const panes = new Map(); // chat id and who looks at it -> {log, keyboard, seen, ...}
let state = null;
let answersSeen = null;

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

const act = async (what, body) => {
  const answer = await fetch(`/playground/${what}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (!answer.ok) toast("That did not work: the message may be gone.");
};

const toast = (text) => {
  const element = document.getElementById("toast");
  element.textContent = text;
  element.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => element.classList.remove("shown"), 5000);
};

// Telegram counts in UTF-16 units, as JavaScript strings do.
const TAGS = { bold: "strong", italic: "em", code: "code", underline: "u" };
const withEntities = (text, entities = []) => {
  const marks = [0, text.length, ...entities.flatMap((e) => [e.offset, e.offset + e.length])];
  const cuts = [...new Set(marks)].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const part = text.slice(from, cuts[index + 1]);
    return entities
      .filter((e) => e.offset <= from && e.offset + e.length >= cuts[index + 1])
      .reduce((inner, e) => {
        if (e.type === "text_link") return make("a", { href: e.url, rel: "noreferrer noopener", target: "_blank" }, inner);
        return TAGS[e.type] ? make(TAGS[e.type], {}, inner) : inner;
      }, document.createTextNode(part));
  });
};

const withFile = (message) => {
  const caption = message.caption ?? "";
  const photo = message.from.is_bot && message.photo?.at(-1);
  if (photo) return [make("img", { src: `/playground/file/${photo.file_id}`, alt: caption, class: "picture" }), caption];
  const { file_id: id, file_name: name } = message.document;
  return [make("a", { href: `/playground/file/${id}`, download: name }, `📎 ${name}`), make("br"), caption];
};

const contentOf = (message) => {
  if (message.document || (message.from.is_bot && message.photo)) return withFile(message);
  if (message.text !== undefined) return withEntities(message.text, message.entities);
  const file = message.document ?? (Array.isArray(message.photo) ? message.photo[0] : undefined);
  if (file && message.from.is_bot) {
    const name = file.file_name ?? "picture.png";
    const link = make("a", { href: `/playground/file/${file.file_id}`, download: name }, `📎 ${name}`);
    return message.caption ? [link, document.createElement("br"), message.caption] : [link];
  }
  if (message.contact) return [`📱 ${message.contact.phone_number}`];
  for (const [kind, sign] of [["photo", "🖼 Photo"], ["voice", "🎤 Voice message"], ["sticker", "😀 Sticker"]]) {
    if (message[kind]) return [sign];
  }
  return ["…"];
};

const openLink = (pane, url) => {
  const link = new URL(url);
  const payload = link.searchParams.get("start");
  if (link.hostname === "t.me" && link.pathname.slice(1) === state.bot) {
    show(pane.person);
    act("say", { person: pane.person, text: payload ? `/start ${payload}` : "/start" });
  } else {
    window.open(url, "_blank", "noreferrer");
  }
};

const buttonOf = (pane, message, button) => {
  const press = async () => {
    if (button.url) openLink(pane, button.url);
    else if (button.copy_text) {
      await navigator.clipboard.writeText(button.copy_text.text);
      toast("Copied.");
    } else {
      await act("press", {
        person: pane.presser(), chat: pane.chat, message: message.message_id, data: button.callback_data,
      });
    }
  };
  return make("button", { type: "button", onclick: press }, button.text);
};

const messageOf = (pane, message) => {
  const own = !message.from.is_bot && message.from.id === pane.person;
  const element = make("article", { class: own ? "message own" : "message" });
  if (!own && pane.chat < 0) element.append(make("p", { class: "who" }, message.from.first_name));
  element.append(make("div", { class: "text" }, ...contentOf(message)));
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length) {
    element.append(make("div", { class: "rows" }, ...rows.map((row) =>
      make("div", { class: "row" }, ...row.map((button) => buttonOf(pane, message, button))))));
  }
  return element;
};

const render = (pane) => {
  const messages = state.chats[pane.chat] ?? [];
  const signature = JSON.stringify(messages);
  if (signature === pane.signature) return;
  const isNews = pane.signature !== undefined;
  pane.signature = signature;
  if (isNews && pane.root.hidden) pane.tab?.classList.add("news");
  const empty = make("p", { class: "empty" }, pane.hint);
  pane.log.replaceChildren(...(messages.length ? messages.map((message) => messageOf(pane, message)) : [empty]));
  const last = messages.at(-1);
  const asked = last?.reply_markup?.keyboard?.flat().find((button) => button.request_contact);
  pane.keyboard.hidden = !asked;
  pane.keyboard.replaceChildren(...(asked ? [make("button", {
    type: "button", onclick: () => act("contact", { person: pane.person, phone: "+37061234567" }),
  }, asked.text)] : []));
  pane.log.scrollTop = pane.log.scrollHeight;
};

const renderCommands = (pane) => {
  if (pane.chat < 0) return;
  const code = state.people[pane.person]?.language_code;
  const commands = state.commands[code]?.length ? state.commands[code] : state.commands[""];
  const signature = JSON.stringify(commands);
  if (signature === pane.commandsSignature) return;
  pane.commandsSignature = signature;
  pane.commands.replaceChildren(...commands.map((command) => make("button", {
    type: "button", title: command.description, onclick: () => act("say", { person: pane.person, text: `/${command.command}` }),
  }, `/${command.command}`)));
};

const addPane = (parent, { person, chat, name, hint, tab, presser }) => {
  const root = make("div", { class: "pane" });
  root.append(document.getElementById("chat").content.cloneNode(true));
  const pane = {
    person, chat, hint, tab, root, presser: presser ?? (() => person),
    log: root.querySelector(".log"), keyboard: root.querySelector(".keyboard"), commands: root.querySelector(".commands"),
  };
  pane.log.setAttribute("aria-label", name);
  const form = root.querySelector("form");
  const text = root.querySelector("textarea");
  const send = () => {
    if (!text.value.trim()) return;
    act("say", { person: pane.presser(), chat, text: text.value });
    text.value = "";
    text.focus();
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
  });
  for (const button of root.querySelectorAll("[data-kind]")) {
    button.addEventListener("click", () => act("say", { person: pane.presser(), chat, kind: button.dataset.kind }));
  }
  parent.append(root);
  panes.set(chat, pane);
  return pane;
};

const show = (chat) => {
  for (const pane of panes.values()) {
    if (!pane.tab) continue;
    const chosen = pane.chat === chat;
    pane.root.hidden = !chosen;
    pane.tab.setAttribute("aria-selected", String(chosen));
    pane.tab.tabIndex = chosen ? 0 : -1;
    if (chosen) {
      pane.tab.classList.remove("news");
      pane.log.scrollTop = pane.log.scrollHeight;
    }
  }
};

const build = () => {
  const resident = document.getElementById("resident");
  const name = state.people[state.resident].first_name;
  document.getElementById("resident-name").textContent = `${name}, a resident`;
  addPane(resident, {
    person: state.resident, chat: state.resident, name: `Chat of ${name}`, hint: "Press /start or just write a question.",
  });
  const language = document.getElementById("resident-language");
  language.value = state.people[state.resident].language_code;
  language.addEventListener("change", () => act("language", { person: state.resident, code: language.value }));
  const staff = document.getElementById("staff");
  const tabs = document.getElementById("tabs");
  const asWho = make("select", { "aria-label": "Act in the group as" },
    ...state.workers.map((id) => make("option", { value: id }, `as ${state.people[id].first_name}`)));
  const chats = [{ chat: state.desk, label: "Group" }, ...state.workers.map((id) => ({ chat: id, label: state.people[id].first_name }))];
  for (const { chat, label } of chats) {
    const isGroup = chat < 0;
    const tab = make("button", { type: "button", role: "tab", "aria-selected": "false", onclick: () => show(chat) }, label);
    tabs.append(tab);
    addPane(staff, {
      person: isGroup ? state.workers[0] : chat, chat, tab, name: isGroup ? "The desk’s group" : `Private chat of ${label}`,
      presser: isGroup ? () => Number(asWho.value) : undefined,
      hint: isGroup ? "Requests appear here as cards without anything personal." : "Open a case from its card; here it is shown in private.",
    });
  }
  const group = panes.get(state.desk);
  Object.defineProperty(group, "person", { get: () => Number(asWho.value) });
  group.root.querySelector(".write").prepend(asWho);
  group.root.querySelector(".more").remove();
  tabs.addEventListener("keydown", (event) => {
    const all = [...tabs.children];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    next.focus();
    next.click();
  });
  show(state.desk);
};

const answered = () => {
  const fresh = state.answers.filter((answer) => answersSeen && !answersSeen.has(answer.id));
  answersSeen = new Set(state.answers.map((answer) => answer.id));
  for (const answer of fresh) {
    const pane = [...panes.values()].find((each) => each.chat === answer.person);
    if (answer.url && pane) openLink(pane, answer.url);
    else if (answer.text) toast(answer.text);
  }
};

const events = new EventSource("/playground/events");
events.addEventListener("message", (event) => {
  state = JSON.parse(event.data);
  if (!panes.size) build();
  for (const pane of panes.values()) { render(pane); renderCommands(pane); }
  answered();
});

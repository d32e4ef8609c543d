// The whole look, as one constructed style sheet: a host page's Content-Security-Policy has no say in those.
import { css } from "lit";
import { answerStyles } from "./styles-answer";
import { dark, light } from "./palette";
import { viewerStyles } from "./styles-viewer";

const shell = css`
  :host {
    ${light}
    --_radius: var(--rahdari-radius, 14px);
    --_font: var(--rahdari-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif);
  }
  /* Not on the host: what a page says of "*" would come before it there. */
  .shell, .launcher {
    color: var(--_text); font: 400 var(--rahdari-font-size, max(1rem, 15px)) / 1.55 var(--_font);
    letter-spacing: normal; word-spacing: normal; text-align: start; text-indent: 0; text-transform: none; white-space: normal;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme="light"])) { ${dark} }
  }
  :host([theme="dark"]) { ${dark} }
  :host([hidden]) { display: none; }
  *, *::before, *::after { box-sizing: border-box; }
  h1, h2, h3, p, ol, ul { margin: 0; padding: 0; }
  ol, ul { list-style: none; }
  button, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; text-align: start; }
  :focus { outline: none; }
  :focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
  .icon {
    display: block; width: 1.25em; height: 1.25em; flex: none;
    fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round;
  }
  .unseen {
    position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0; overflow: hidden;
    clip-path: inset(50%); white-space: nowrap;
  }
  rahdari-answer, rahdari-composer { display: block; }

  /* Where it stands */
  :host([layout="page"]) { display: block; height: 100vh; height: 100dvh; }
  :host([layout="inline"]) { display: block; min-height: 20em; height: var(--rahdari-height, 36em); }
  .shell { position: relative; display: flex; background: var(--_canvas); color: var(--_text); overflow: hidden; }
  .page, .inline { width: 100%; height: 100%; }
  .inline { border: 1px solid var(--_line); border-radius: var(--_radius); }
  .launcher {
    position: fixed; z-index: var(--rahdari-z, 2147483000);
    inset-block-end: var(--rahdari-offset, 1.25rem); inset-inline-end: var(--rahdari-offset, 1.25rem);
    display: flex; align-items: center; gap: .55em; max-width: calc(100vw - 2.5rem); padding: .7em 1.15em .7em 1em;
    border: 0; border-radius: 2em; background: var(--_accent); color: var(--_on-accent); font-weight: 600; cursor: pointer;
    box-shadow: var(--_shadow); transition: translate .15s ease;
  }
  .launcher:hover { translate: 0 -2px; }
  :host([position="start"]) .launcher { inset-inline: var(--rahdari-offset, 1.25rem) auto; }
  :host([open]) .launcher { visibility: hidden; }
  dialog.shell {
    position: fixed; z-index: var(--rahdari-z, 2147483000); margin: 0; padding: 0; max-width: none; max-height: none;
    inset: auto; inset-block-end: var(--rahdari-offset, 1.25rem); inset-inline-end: var(--rahdari-offset, 1.25rem);
    width: min(var(--rahdari-width, 26em), calc(100vw - 2.5rem));
    height: min(var(--rahdari-height, 40em), calc(100vh - 2.5rem));
    border: 1px solid var(--_line); border-radius: calc(var(--_radius) + 4px); box-shadow: var(--_shadow);
  }
  :host([position="start"]) dialog.shell { inset-inline: var(--rahdari-offset, 1.25rem) auto; }
  dialog.shell:not([open]) { display: none; }
  dialog.shell[open] { animation: rise .18s ease-out; }
  dialog.shell:modal { inset: 0; width: 100%; height: 100%; height: 100dvh; border: 0; border-radius: 0; }
  @keyframes rise { from { opacity: 0; translate: 0 12px; } }

  /* Head */
  .talk { flex: 1 1 0; min-width: 0; min-height: 0; display: flex; flex-direction: column; }
  .head {
    flex: none; display: flex; align-items: center; gap: .7em; padding: .7em .75em .7em 1em;
    border-bottom: 1px solid var(--_line); background: var(--_surface);
  }
  .logo {
    display: grid; place-items: center; width: 2.3em; height: 2.3em; flex: none; border-radius: .7em;
    background: var(--_accent); color: var(--_on-accent);
  }
  .name { flex: 1; min-width: 0; }
  .name h1, .name h2 { font-size: 1.05em; font-weight: 650; line-height: 1.3; letter-spacing: -.005em; }
  .name p { color: var(--_muted); font-size: .82em; line-height: 1.35; }
  .round {
    display: grid; place-items: center; flex: none; width: 2.6em; height: 2.6em; padding: 0;
    border: 0; border-radius: 50%; background: none; color: var(--_muted);
  }
  .round:hover { background: var(--_canvas); color: var(--_text); }

  /* What goes on */
  .news { flex: none; }
  .lost { background: var(--_alarm-surface); color: var(--_alarm); }
  .banner { display: flex; align-items: center; gap: 1em; padding: .6em 1rem; font-size: .9em; line-height: 1.45; }
  .banner > div { flex: 1; }
  .barred { margin: 1rem; padding: .8em 1rem; border-radius: calc(var(--_radius) - 4px); background: var(--_alarm-surface); color: var(--_alarm); }
  .waits { margin-top: .2em; color: var(--_muted); font-size: .82em; text-align: end; }
  .banner .small { flex: none; color: inherit; }
  rahdari-confirmation { display: block; flex: none; border-bottom: 1px solid var(--_line); background: var(--_person); }
  .confirmation { flex-wrap: wrap; gap: .4em .6em; }
  .confirmation .small.quiet { border-color: var(--_muted); color: var(--_text); }
  .confirmation p { flex: 1 1 20em; }
  .log {
    flex: 1 1 0; min-height: 0; overflow: hidden auto; overscroll-behavior: contain;
    scrollbar-width: thin; scrollbar-color: var(--_line) transparent;
  }
  .log:focus-visible { outline-offset: -3px; }
  .entries { position: relative; display: flex; flex-direction: column; gap: 1.1em; min-height: 100%; padding: 1.25em 1rem; }
  .entry { max-width: 100%; min-width: 0; }
  .entry.person { align-self: flex-end; max-width: 85%; }
  .entry.bot { align-self: stretch; }
  .typing { flex: none; min-height: .8em; padding: 0 1.25rem; color: var(--_muted); font-size: .88em; line-height: 2.2; }
  .dots { display: inline-flex; gap: .28em; margin-inline-end: .6em; vertical-align: .14em; }
  .dots i { width: .42em; height: .42em; border-radius: 50%; background: var(--_accent); animation: pulse 1.1s ease-in-out infinite; }
  .dots i:nth-child(2) { animation-delay: .15s; }
  .dots i:nth-child(3) { animation-delay: .3s; }
  @keyframes pulse { 0%, 70%, 100% { opacity: .25; } 35% { opacity: 1; } }

  /* Where a question is typed */
  .composer {
    flex: none; display: flex; align-items: flex-end; gap: .4em; margin: 0 1rem 1rem; padding: .3em;
    border: 1px solid var(--_muted); border-radius: calc(var(--_radius) + 8px); background: var(--_surface);
  }
  .composer:focus-within { border-color: var(--_focus); box-shadow: 0 0 0 1px var(--_focus); }
  .composer textarea {
    flex: 1; min-width: 0; min-height: 2.6em; max-height: 9.5em; padding: .5em .7em; resize: none; overflow-y: auto;
    border: 0; outline: none; background: none; line-height: 1.5; scrollbar-width: thin;
  }
  .composer textarea::placeholder { color: var(--_muted); opacity: 1; }
  .send {
    display: grid; place-items: center; flex: none; width: 2.6em; height: 2.6em; padding: 0;
    border: 0; border-radius: 50%; background: var(--_accent); color: var(--_on-accent);
  }
  .send:hover { filter: brightness(1.12); }
  .small {
    padding: .3em .9em; border: 1px solid currentColor; border-radius: 1.5em; background: none; color: var(--_accent);
    font-size: .88em; font-weight: 550; min-height: 2.2em;
  }
  .small.quiet { border-color: var(--_line); color: var(--_muted); }
  .small:hover { background: var(--_canvas); }

  /* A page of its own: a column to read in, beside it the source */
  .page .head { padding-inline: max(1rem, (100% - 46em) / 2); }
  .page .entries, .page .typing, .page .composer, .page .banner { width: 100%; max-width: 48em; margin-inline: auto; }
  .page .banner { max-width: calc(48em / .9); }
  .page .composer { max-width: 46em; width: calc(100% - 2rem); }
  .page .talk { transition: flex-basis .2s ease; }

  @media (max-width: 30em) {
    .name p { display: none; }
    .head { padding-block: .45em; }
    .entries { padding-inline: .8rem; }
    .entry.person { max-width: 92%; }
    .composer { margin: 0 .6rem .6rem; }
    .page .composer { width: calc(100% - 1.2rem); margin-inline: auto; }
  }
  @media (max-height: 22em) { /* zoomed far in: what is read comes first */
    .logo, .name p, .kicker { display: none; }
    .head, .viewer-head { padding-block: .1em; }
    .typing { min-height: .3em; }
    .composer { margin-bottom: .3rem; padding: .1em; }
    .banner { padding-block: .2em; }
  }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
    .launcher:hover { translate: none; }
  }
  @media (forced-colors: active) {
    .send, .launcher, .logo, .number, .tool[aria-pressed="true"] { border: 1px solid; }
    mark { forced-color-adjust: none; }
  }
`;

export const styles = [shell, answerStyles, viewerStyles];

import { css } from "lit";

export const viewerStyles = css`
  rahdari-source { display: block; min-width: 0; min-height: 0; background: var(--_surface); }
  rahdari-source.aside { flex: 1 1 0; border-inline-start: 1px solid var(--_line); animation: slide .2s ease-out; }
  rahdari-source.over { position: absolute; inset: 0; z-index: 1; animation: rise .16s ease-out; }
  @keyframes slide { from { opacity: 0; translate: 16px 0; } }
  .viewer { display: flex; flex-direction: column; height: 100%; }
  .viewer-head {
    flex: none; display: flex; gap: .75em; align-items: flex-start; justify-content: space-between;
    padding: .9em .75em .9em 1.35em; border-bottom: 1px solid var(--_line);
  }
  .viewer-head > div { min-width: 0; overflow-wrap: anywhere; }
  .kicker { color: var(--_accent); font-size: .8em; font-weight: 650; }
  .viewer h2 { font-size: 1.08em; font-weight: 650; line-height: 1.35; }
  .known { color: var(--_muted); font-size: .86em; }
  .original {
    display: inline-flex; align-items: center; gap: .35em; margin-top: .3em; padding-block: .15em; color: var(--_accent);
    font-size: .88em; font-weight: 550; text-underline-offset: .2em;
  }
  .original .icon { width: 1em; height: 1em; }
  .document {
    position: relative; flex: 1 1 0; min-height: 0; overflow: hidden auto; padding: 1.1em 1.35em 2em; overscroll-behavior: contain;
    scrollbar-width: thin; scrollbar-color: var(--_line) transparent;
  }
  .document:focus-visible { outline-offset: -3px; }
  .text {
    max-width: 40em; margin-inline: auto; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext;
    text-align: start; line-height: 1.7;
  }
  .text mark { padding: .12em 0; border-radius: .2em; background: var(--_mark); color: var(--_on-mark); box-decoration-break: clone; }
  .table { margin-block: .3em .9em; overflow-x: auto; scrollbar-width: thin; }
  .text table { border-collapse: collapse; white-space: normal; font-size: .92em; line-height: 1.45; }
  .text th, .text td { padding: .35em .7em; border: 1px solid var(--_line); text-align: start; vertical-align: top; overflow-wrap: break-word; }
  .text th { color: var(--_muted); font-weight: 600; background: none; }
  .more { display: block; margin: .3em auto 1em; }
  .text + .more { margin-top: 1em; }
  .state { color: var(--_muted); }
`;

import { css } from "lit";

export const answerStyles = css`
  .bubble { overflow-wrap: anywhere; }
  .person .bubble { padding: .55em .95em; border-radius: var(--_radius); border-end-end-radius: 4px; background: var(--_person); }
  .bot .bubble {
    padding: .95em 1.05em; border: 1px solid var(--_line); border-radius: var(--_radius); border-start-start-radius: 4px;
    background: var(--_surface);
  }
  .said { white-space: pre-line; unicode-bidi: plaintext; text-align: start; }
  .mark {
    display: inline-grid; place-items: center; min-width: 1.75em; height: 1.75em; margin-inline-start: .3em; padding: 0 .3em;
    border: 0; border-radius: .55em; background: var(--_person); color: var(--_accent);
    font-size: .76em; font-weight: 700; line-height: 1; vertical-align: .1em; unicode-bidi: isolate;
  }
  .mark:hover { background: var(--_accent); color: var(--_on-accent); }
  .labels { display: flex; flex-wrap: wrap; gap: .35em; margin-top: .65em; }
  .about .labels { margin-top: .15em; font-size: .92em; }
  .label {
    padding: .12em .65em; border: 1px solid var(--_line); border-radius: 1em; color: var(--_muted);
    font-size: .78em; font-weight: 550;
  }

  .sources { margin-top: .9em; padding-top: .7em; border-top: 1px solid var(--_line); }
  .sources > .title { margin-bottom: .35em; color: var(--_muted); font-size: .78em; font-weight: 650; }
  .sources > .differ { color: var(--_alarm); }
  .sources > .whence { display: block; margin-bottom: .35em; font-size: .85em; }
  .sources ol { display: grid; gap: .15em; margin-inline: -.6em; }
  .sources .sides { grid-template-columns: repeat(auto-fit, minmax(min(100%, 15em), 1fr)); gap: .6em; margin-inline: 0; }
  .sides li { display: grid; gap: .3em; }
  .sides + .title { margin-top: .8em; }
  .source {
    display: flex; gap: .65em; width: 100%; height: 100%; padding: .55em .6em; border: 1px solid transparent;
    border-radius: calc(var(--_radius) - 4px); background: none; font-size: .9em; line-height: 1.45;
  }
  .sides .source { border-color: var(--_line); background: var(--_canvas); }
  .source:hover, .source[aria-expanded="true"] { border-color: var(--_accent); background: var(--_canvas); }
  .number {
    position: relative; display: grid; place-items: center; flex: none; width: 1.65em; height: 1.65em; border-radius: .5em;
    background: var(--_person); color: var(--_accent); font-size: .85em; font-weight: 700; line-height: 1;
  }
  .about { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: .2em; overflow-wrap: anywhere; }
  .quote {
    display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; line-clamp: 3; overflow: hidden;
    unicode-bidi: plaintext; text-align: start; quotes: "“" "”";
  }
  .quote.bare { quotes: none; }
  .whence { color: var(--_muted); font-size: .9em; }
  .title { font-weight: 600; }
  .nearest { align-self: flex-start; color: var(--_muted); font-size: .88em; font-style: italic; }

  .tools { display: flex; align-items: center; gap: .1em; margin-top: .3em; color: var(--_muted); }
  .tool {
    display: grid; place-items: center; width: 2.2em; height: 2.2em; padding: 0; border: 0; border-radius: .6em;
    background: none; color: inherit;
  }
  .tool .icon { width: 1.05em; height: 1.05em; }
  .tool:hover { background: var(--_surface); color: var(--_text); }
  .tool[aria-pressed="true"] { background: var(--_person); color: var(--_accent); }
  .told { margin-inline-start: .5em; font-size: .82em; }
  .words { display: flex; flex-wrap: wrap; align-items: center; gap: .4em; margin-top: .3em; font-size: .9em; }
  .words label { flex-basis: 100%; color: var(--_muted); }
  .words input {
    flex: 1 1 12em; min-width: 0; min-height: 2.4em; padding: .3em .7em; border: 1px solid var(--_muted);
    border-radius: calc(var(--_radius) - 4px); background: var(--_surface); scroll-margin-block: 2.5em 1.2em;
  }

  .chips { display: flex; flex-wrap: wrap; gap: .45em; margin-top: .6em; }
  .chip {
    max-width: 100%; min-height: 2.2em; padding: .3em .9em; border: 1px solid var(--_line); border-radius: 1.3em;
    background: var(--_surface); color: var(--_accent); font-size: .9em; line-height: 1.4; overflow-wrap: anywhere;
  }
  .chip:hover { border-color: var(--_accent); }
`;

import{x as v,b as i,a as p,y as f}from"./styles-CTDJIH-5.js";const y=/^(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|\t)/,_=["fill","fill-opacity","stroke","stroke-width","stroke-opacity","stroke-dasharray","font-family","font-size","font-weight","text-anchor","dominant-baseline","paint-order","stroke-linejoin","opacity"],k=["class","role","tabindex","aria-label","aria-hidden","data-order"];function x(e){const t=v(e.replaceAll(`\r
`,`
`).replaceAll("\r","�"));return y.test(t)?`'${t}`:t}function $(e,t){const a=r=>{const o=typeof r=="string"?x(r):String(r??"");return/[",\n]/.test(o)?`"${o.replaceAll('"','""')}"`:o};return[e,...t].map(r=>`${r.map(a).join(",")}\r
`).join("")}function z(e,t,a){g(`${e}.csv`,"text/csv;charset=utf-8",`\uFEFF${$(t,a)}`)}function j(e,t){const a=t.cloneNode(!0),[r,o]=[t,a].map(s=>[s,...s.querySelectorAll("*")]);r?.forEach((s,h)=>{const m=o?.[h];if(!m)return;const b=getComputedStyle(s);for(const l of _){const c=b.getPropertyValue(l);c&&c!=="normal"&&c!=="auto"&&m.setAttribute(l,c)}for(const l of k)m.removeAttribute(l)}),a.querySelector("[r='0']")?.remove();const n=document.createTreeWalker(a,NodeFilter.SHOW_COMMENT),d=[];for(;n.nextNode();)d.push(n.currentNode);for(const s of d)s.parentNode?.removeChild(s);const u=document.createElementNS("http://www.w3.org/2000/svg","rect"),w=getComputedStyle(t.parentElement??t).getPropertyValue("--_surface").trim();for(const[s,h]of Object.entries({width:"100%",height:"100%",fill:w||"#ffffff"}))u.setAttribute(s,h);a.insertBefore(u,[...a.children].find(s=>!/^(title|desc)$/.test(s.nodeName))??null),a.setAttribute("role","img"),a.setAttribute("xmlns","http://www.w3.org/2000/svg"),g(`${e}.svg`,"image/svg+xml;charset=utf-8",new XMLSerializer().serializeToString(a))}function g(e,t,a){const r=document.createElement("a");r.href=URL.createObjectURL(new Blob([a],{type:t})),r.download=e,r.click(),setTimeout(()=>URL.revokeObjectURL(r.href),3e4)}const N={heading:"Explore",tagline:"What the documents tell, to look through; each fact with its passage",views:{facts:"Facts",timeline:"Timeline",charts:"Charts",ties:"Who with whom"},viewsLabel:"Ways to look",filters:"Filters",search:"Search",searchHint:"Words of the passage",names:{words:"Words",sector:"Sector",project:"Project",party:"Party",status:"Status",speaker:"Speaker",document:"Document",since:"From",until:"To"},all:"All",groups:{organisation:"Organisations",place:"Countries",person:"People",project:"Projects",agreement:"Agreements",programme:"Programmes"},types:{organisation:"Organisation",place:"Country",person:"Person"},remove:(e,t)=>`Take away the filter ${e}: ${t}`,clear:"Clear all filters",chosen:e=>e===1?"1 chosen":`${e} chosen`,count:e=>e===1?"1 fact":`${e.toLocaleString("en-GB")} facts`,countEvents:e=>e===1?"1 event":`${e.toLocaleString("en-GB")} events`,none:"No fact fits these filters. Take one away, or use other words.",noneAtAll:"There are no facts yet: the documents that were read tell none.",loading:"Looking it up",unreachable:"The bot cannot be reached just now.",again:"Try again",table:{fact:"Fact",date:"Date",status:"Status",speaker:"According to",sectors:"Sectors",document:"Document"},tableLabel:"Facts",openPassage:"Open the passage",order:{text:"As in the documents",newest:"Newest first",oldest:"Oldest first"},orderLabel:"Order",earlier:"Previous page",later:"Next page",pages:"Pages of facts",place:(e,t,a)=>`${e} to ${t} of ${a.toLocaleString("en-GB")}`,saveCsv:"CSV",saveSvg:"SVG",saveCsvOf:e=>`CSV: download “${e}” as a table`,saveSvgOf:e=>`SVG: download “${e}” as a picture`,asTable:"The same as a table",sector:"Sector",total:"Total",noSector:"no sector named",date:"Date",events:"Events",agreements:"Agreements by sector and status",agreementsAbout:"Passages that tell of an agreement, by the sectors that they name and how real it is. A passage counts once for each.",projects:"Projects by sector and status",projectsAbout:"Projects with a name of their own, by the sectors named together with them and by what is told of them. A project counts once for each.",noAgreements:"No passage that fits tells of an agreement.",noProjects:"No project is named in what fits.",without:e=>`${e} more are told of without a sector; they stand in the table only.`,onlyWithout:"What fits names no sector.",more:e=>`${e} smaller sectors stand in the table only.`,timeline:"What happens when, by status",timelineAbout:"Each circle stands for the events of a month, a dashed one for those of which only the year is told; the larger, the more. Choosing one shows its events below, with those that may fall into it; a single event opens at its passage. Arrow keys lead from circle to circle. Descriptions and opinions are left out.",noDates:"Nothing that fits has a date.",beyond:e=>e===1?"1 event far from the others stands in the list only.":`${e} events far from the others stand in the list only.`,eventsOf:(e,t,a)=>`${t}, ${a}: ${e}`,ties:"Who agreed with whom",tiesAbout:"Two are joined where a passage tells that they agreed on something, or signed it. Choosing one shows only theirs; arrow keys lead from one to the next. What they agreed stands in the table below.",noTies:"No passage that fits tells who agreed with whom.",tiesLeft:e=>`${e} more are left off; choose a filter to see them.`,who:"Who",withWhom:"With whom",onlyTheirs:"Show only what they agreed",what:"What the document says",operatorLink:"For whoever runs this bot",operator:"Operator",operatorTagline:"What the bot has read, what it left out, and what people asked and thought",token:"Operator's token",tokenHint:"The setting RAHDARI_OPERATOR_TOKEN of the server. It is kept until this tab is closed.",open:"Open",forget:"Forget the token",wrong:"That token does not open the page.",refresh:"Refresh",built:e=>`Store built ${e}`,documents:"Documents",leftOut:"Left out",leftOutAbout:"Files and rows that the last reading could not take in.",nothingLeftOut:"Nothing was left out.",unanswered:"Unanswered questions",unansweredAbout:"Asked, but not told by the documents; the most frequent first.",nothingUnanswered:"No question was left without an answer.",keptOff:"Questions are not kept: RAHDARI_KEEP_UNANSWERED is off.",feedback:"Feedback",feedbackAbout:"What people think of answers, the latest first. Each person has one verdict on an answer.",understood:"Understood as:",notKept:e=>`Not kept: rated before questions and answers were (answer ${e})`,nothingFeedback:"Nobody has given feedback yet.",noDocuments:"No document was read yet: run `rahdari ingest`.",head:{title:"Title",publisher:"Publisher",published:"Published",sentences:"Sentences",facts:"Facts",id:"Id",path:"File",reason:"Why",text:"Question",status:"Answered",count:"Times",first:"First",last:"Last",time:"When",verdict:"Verdict",words:"In their words",channel:"Channel",asked:"Question",answered:"Answer",documents:"Documents"},statuses:{answered:"answered",unknown:"unknown",clarify:"asked which is meant",out_of_scope:"out of scope"},verdicts:{up:"Good",down:"Bad"}};function W(e,t,a,r){return i`<table class=${`cards ${t}`} role="table" aria-label=${e}>
    <thead role="rowgroup">
      <tr role="row">
        ${a.map(({name:o,kind:n})=>i`<th role="columnheader" scope="col" class=${n}>${o}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${r.map(o=>i`<tr role="row">${o.map((n,d)=>A(a[d],n))}</tr>`)}
    </tbody>
  </table>`}function A({name:e,kind:t,plain:a},r){const o=r==null||r===""||r===p,n=a?p:i`<span class="name" aria-hidden="true">${e}</span>`;return i`<td role="cell" class=${`${t}${o?" void":""}`}>${n}${o?p:r}</td>`}const S=f`
  --_proposed: #a87400; --_planned: #b4561b; --_agreed: #2f78b3; --_under_way: #6457b8; --_done: #0f6b58; --_cancelled: #a3283a;
  --_stated: #7b838a;
`,T=f`
  --_proposed: #e5c267; --_planned: #ec9a63; --_agreed: #7fc1ee; --_under_way: #b0a6f5; --_done: #6fcbb0; --_cancelled: #f28c96;
  --_stated: #98a0a7;
`,P=f`
  :host { display: block; ${S} }
  @media (prefers-color-scheme: dark) { :host { ${T} } }
  .explore, dialog {
    color: var(--_text); font: 400 var(--rahdari-font-size, max(1rem, 15px)) / 1.55 var(--_font); text-align: start;
  }
  .explore { min-height: 100%; background: var(--_canvas); }
  main, footer { max-width: 78rem; margin-inline: auto; padding: 0 1.25rem; }
  main { padding-block: 1.4rem 2rem; }
  footer { padding-block: 0 2rem; font-size: .85em; }
  footer a { color: var(--_muted); text-underline-offset: .2em; }
  h1 { font-size: 1.5em; font-weight: 680; line-height: 1.25; letter-spacing: -.012em; }
  h2 { font-size: 1.08em; font-weight: 650; line-height: 1.35; }
  .top { display: flex; flex-wrap: wrap; align-items: end; gap: .2em 1em; margin-bottom: 1.1em; }
  .top > div { flex: 1 1 18em; }
  .top p { flex-basis: 100%; color: var(--_muted); font-size: .95em; }
  select, input { font: inherit; color: inherit; }
  rahdari-filters, rahdari-facts, rahdari-timeline, rahdari-charts, rahdari-ties { display: block; }

  /* Filters */
  .filters {
    display: block; padding: 1em 1.1em; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_surface);
  }
  .filters label, .order span { color: var(--_muted); font-size: .82em; font-weight: 600; }
  .filters select, .filters input, .order select, .token input {
    min-width: 0; width: 100%; min-height: 2.5em; padding: .3em .6em; border: 1px solid var(--_muted);
    border-radius: calc(var(--_radius) - 5px); background: var(--_surface); text-overflow: ellipsis;
  }
  .filters input::placeholder { color: var(--_muted); opacity: 1; }
  .search { display: grid; gap: .15em; }
  summary { padding: .2em 0; color: var(--_accent); font-size: .92em; font-weight: 600; cursor: pointer; }
  .filters summary { margin-top: .6em; }
  .chosen { color: var(--_muted); font-weight: 400; }
  .choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15em), 1fr)); gap: .6em .8em; padding-top: .5em; }
  .choice { display: grid; gap: .15em; min-width: 0; }
  .taken { display: flex; flex-wrap: wrap; align-items: center; gap: .45em; margin-top: .8em; }
  .taken .chip { display: flex; align-items: center; gap: .5em; }
  .taken .chip .icon { width: .95em; height: .95em; }

  /* Ways to look */
  .bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .3em 1em; margin: 1.2em 0 .8em; scroll-margin-top: 1em; }
  .views { display: flex; flex-wrap: wrap; gap: .3em; padding: .25em; border-radius: 1.6em; background: var(--_person); }
  .views a { padding: .32em 1em; border-radius: 1.4em; color: var(--_text); font-size: .94em; font-weight: 550; text-decoration: none; }
  .views a:hover { background: var(--_canvas); }
  .views a[aria-current] { background: var(--_accent); color: var(--_on-accent); }
  .found { color: var(--_muted); font-size: .92em; min-height: 1.55em; }
  .found:empty { min-height: 0; }
  .empty { padding: 2.5em 1em; text-align: center; color: var(--_muted); }
  .stale { opacity: .6; transition: opacity .15s .15s; }

  /* Tables */
  table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: .92em; line-height: 1.45; }
  th, td { padding: .6em .7em; border-bottom: 1px solid var(--_line); text-align: start; vertical-align: top; overflow-wrap: break-word; }
  thead th { background: var(--_canvas); color: var(--_muted); font-size: .88em; font-weight: 650; vertical-align: bottom; }
  tbody tr { background: var(--_surface); }
  .facts thead th { position: sticky; top: 0; z-index: 1; box-shadow: inset 0 -1px var(--_line); }
  .cards td .name { display: none; }
  .facts { table-layout: fixed; }
  .facts th, .facts td { overflow-wrap: anywhere; }
  .facts th:nth-child(1) { width: 37.5%; } .facts th:nth-child(2) { width: 13.5%; } .facts th:nth-child(3) { width: 10.5%; }
  .facts th:nth-child(4), .facts th:nth-child(5) { width: 11.5%; }
  .facts .date, .facts .who, .facts .sectors, .facts .document-name { color: var(--_muted); }
  .fact {
    display: block; width: 100%; margin: -.25em -.4em; padding: .25em .4em; border: 0; border-radius: .4em; background: none;
    line-height: inherit; overflow-wrap: anywhere;
  }
  .fact span, .fact bdi { display: block; unicode-bidi: plaintext; text-align: start; text-decoration: underline; text-decoration-color: var(--_line); text-underline-offset: .22em; }
  .fact:hover { background: var(--_canvas); }
  .fact:hover span, .fact:hover bdi { text-decoration-color: var(--_accent); }
  .fact b { font-weight: 650; }
  .status { display: inline-flex; align-items: baseline; gap: .45em; white-space: nowrap; }
  .swatch { flex: none; width: .68em; height: .68em; border-radius: .2em; background: var(--_stated); }
  .table-head { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: .5em; margin-bottom: .6em; }
  .order { display: flex; align-items: center; gap: .6em; }
  .order select { width: auto; }
  .pager { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: .6em 1.2em; padding: 1.2em 0; color: var(--_muted); font-size: .94em; }
  .small[aria-disabled="true"] { border-color: var(--_line); color: var(--_muted); cursor: default; }
  .wide { max-width: 100%; overflow-x: auto; scrollbar-width: thin; }
  .ties .what { width: 46%; }
  .ties .date { white-space: nowrap; }
  rahdari-timeline > div > h2 { margin: 1.2em 0 .5em; }

  /* Pictures */
  .pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27em), 1fr)); gap: 1.25em; align-items: start; }
  .pictures > * { min-width: 0; }
  .picture {
    margin: 0 0 1em; padding: 1.1em 1.25em; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_surface);
  }
  .pictures .picture { margin: 0; }
  figcaption p { max-width: 60em; margin: .25em 0 .9em; color: var(--_muted); font-size: .9em; }
  .drawing { overflow: hidden; }
  svg.drawn { display: block; max-width: 100%; height: auto; font-family: var(--_font); }
  .downloads { display: flex; gap: .5em; margin-top: .9em; }
  .note { margin-top: .5em; color: var(--_muted); font-size: .88em; }
  .numbers { margin-top: .6em; }
  .numbers td, .numbers thead th:not(:first-child) { text-align: end; font-variant-numeric: tabular-nums; }
  .numbers tbody th { font-weight: 500; background: var(--_surface); }
  .word { fill: var(--_text); font-size: 13px; font-weight: 400; }
  .total { fill: var(--_muted); font-weight: 600; }
  .grid, .lane { stroke: var(--_line); stroke-width: 1; }
  .press { cursor: pointer; }
  .press:focus, .press :focus { outline: none; }
  .ring { fill: none; stroke: var(--_focus); stroke-width: 3; pointer-events: none; }
  .proposed { --_status: var(--_proposed); } .planned { --_status: var(--_planned); } .agreed { --_status: var(--_agreed); }
  .under_way { --_status: var(--_under_way); } .done { --_status: var(--_done); } .cancelled { --_status: var(--_cancelled); }
  .stated { --_status: var(--_stated); }
  .piece { fill: var(--_status); }
  .swatch { background: var(--_status); }
  circle.piece { fill-opacity: .78; stroke: var(--_surface); stroke-width: 1.5; }
  circle.piece.vague { fill-opacity: .2; stroke: var(--_status); stroke-width: 1.2; stroke-dasharray: 2 2; }
  circle.piece:hover { fill-opacity: 1; }
  .over { paint-order: stroke; stroke: var(--_surface); stroke-width: 4; }
  .tie { stroke: var(--_muted); stroke-opacity: .5; }
  .party { fill: var(--_agreed); stroke: var(--_surface); stroke-width: 1.5; }
  .party.place { fill: var(--_done); }
  .party.person { fill: var(--_proposed); }
  .word.party-name { font-size: 12px; paint-order: stroke; stroke: var(--_surface); stroke-width: 3.5; stroke-linejoin: round; }
  g.press:hover .party { stroke: var(--_text); }

  /* The passage, beside what is looked at */
  dialog {
    position: fixed; inset: 0 0 0 auto; width: min(44rem, 100%); height: 100%; max-width: none; max-height: none; margin: 0; padding: 0;
    border: 0; border-inline-start: 1px solid var(--_line); background: var(--_surface); box-shadow: var(--_shadow); overflow: hidden;
  }
  :host(:dir(rtl)) dialog { inset: 0 auto 0 0; }
  dialog::backdrop { background: rgb(10 14 16 / 38%); }
  dialog[open] { animation: slide .18s ease-out; }
  dialog rahdari-source { height: 100%; }
  dialog .kicker { display: none; }

  /* The operator's page */
  .token { display: grid; gap: .5em; max-width: 32em; padding: 1.2em; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_surface); }
  .token label { font-weight: 600; }
  .token p { color: var(--_muted); font-size: .88em; }
  .token .wrong { color: var(--_alarm); }
  .token button { justify-self: start; }
  .part { margin-top: 1.8em; }
  .part > .table-head p { flex-basis: 100%; color: var(--_muted); font-size: .9em; }
  .part .wide table { min-width: 36em; }
  .part .of-number { text-align: end; font-variant-numeric: tabular-nums; }
  .part .of-time, .part .of-published { white-space: nowrap; }
  .part .of-title, .part .of-reason, .part .of-text, .part .of-asked, .part .of-words { min-width: 14em; overflow-wrap: anywhere; }
  .part .of-answered { min-width: 20em; }
  .part .lesser { color: var(--_muted); font-size: .92em; }
  .part summary { padding: 0; color: inherit; font-size: inherit; font-weight: inherit; }
  .part .of-path, .part .of-id, .part .of-documents { overflow-wrap: anywhere; min-width: 10em; }
  .part td a { color: var(--_accent); text-underline-offset: .2em; }
  .alarm { margin-top: 1em; padding: .7em 1em; border-radius: calc(var(--_radius) - 4px); background: var(--_alarm-surface); color: var(--_alarm); }

  @media (max-width: 60em) {
    main, footer { padding-inline: .9rem; }
    .cards, .cards tbody, .cards td { display: block; }
    .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .cards tbody tr {
      display: flex; flex-wrap: wrap; gap: .2em 1em; margin-bottom: .7em; padding: .8em .9em; border: 1px solid var(--_line);
      border-radius: var(--_radius); font-size: .96em;
    }
    .cards td { padding: 0; border: 0; }
    .cards td.void { display: none; }
    .cards .what, .facts .document-name { width: 100%; min-width: 0; margin-bottom: .2em; }
    .ties .what { order: -1; }
    .cards td .name { display: inline; margin-inline-end: .4em; color: var(--_muted); font-size: .88em; }
    .ties .who { width: 100%; }
    .ties .who .fact, .ties .who bdi { display: inline; width: auto; }
    .part .wide table, .part td { min-width: 0; text-align: start; }
    .part .of-title, .part .of-path, .part .of-text, .part .of-asked { order: -1; width: 100%; font-weight: 600; }
    .part .of-words, .part .of-answered, .part .of-documents, .part .of-reason, .part .of-publisher { width: 100%; }
    .part .of-asked .lesser { font-weight: 400; }
    .found { width: 100%; }
  }
  @media (max-width: 48em) {
    .views { display: grid; grid-template-columns: 1fr 1fr; width: 100%; border-radius: var(--_radius); }
    .views a { text-align: center; padding-inline: .6em; border-radius: calc(var(--_radius) - 4px); }
    .picture { padding: .9em .9em; }
  }
  @media (forced-colors: active) {
    .piece, .party, .tie, .swatch { forced-color-adjust: none; }
    .views a[aria-current] { outline: 2px solid; }
  }
`;export{j as a,W as c,P as e,z as s,N as w};

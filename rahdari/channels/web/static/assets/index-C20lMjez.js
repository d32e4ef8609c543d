import{E as W,r as S,d as O,P as T,j as G,a as d,b as o,s as r,l as N,o as K,k as F,m as V,q as Y,e as J,n as v,h as k,R as q,U as Q,i as X,f as Z,A as tt,g as et}from"./styles-CTDJIH-5.js";import{e as st,i as it,t as nt,M as at,u as y,v as x,h as M,p as ot,a as rt,b as lt,d as ht,s as dt,S as ct,f as j,g as ut,c as pt}from"./source-viewer-Dr5Z4uze.js";const I=(l,t,e)=>{const i=new Map;for(let s=t;s<=e;s++)i.set(l[s],s);return i},ft=st(class extends it{constructor(l){if(super(l),l.type!==nt.CHILD)throw Error("repeat() can only be used in text expressions")}dt(l,t,e){let i;e===void 0?e=t:t!==void 0&&(i=t);const s=[],a=[];let n=0;for(const h of l)s[n]=i?i(h,n):n,a[n]=e(h,n),n++;return{values:a,keys:s}}render(l,t,e){return this.dt(l,t,e).values}update(l,[t,e,i]){const s=at(l),{values:a,keys:n}=this.dt(t,e,i);if(!Array.isArray(s))return this.ut=n,a;const h=this.ut??=[],p=[];let w,R,c=0,f=s.length-1,u=0,b=a.length-1;for(;c<=f&&u<=b;)if(s[c]===null)c++;else if(s[f]===null)f--;else if(h[c]===n[u])p[u]=y(s[c],a[u]),c++,u++;else if(h[f]===n[b])p[b]=y(s[f],a[b]),f--,b--;else if(h[c]===n[b])p[b]=y(s[c],a[b]),x(l,p[b+1],s[c]),c++,b--;else if(h[f]===n[u])p[u]=y(s[f],a[u]),x(l,s[c],s[f]),f--,u++;else if(w===void 0&&(w=I(n,u,b),R=I(h,c,f)),w.has(h[c]))if(w.has(h[f])){const m=R.get(n[u]),_=m!==void 0?s[m]:null;if(_===null){const D=x(l,s[c]);y(D,a[u]),p[u]=D}else p[u]=y(_,a[u]),x(l,s[c],_),s[m]=null;u++}else M(s[f]),f--;else M(s[c]),c++;for(;u<=b;){const m=x(l,p[b+1]);y(m,a[u]),p[u++]=m}for(;c<=f;){const m=s[c++];m!==null&&M(m)}return this.ut=n,ot(l,p),W}});async function gt(l,t){try{return await navigator.clipboard.writeText(l),!0}catch{}const e=t.getRootNode().activeElement,i=document.createElement("textarea");i.value=l,i.className="unseen",t.appendChild(i),i.select();let s=!1;try{s=document.execCommand("copy")}catch{s=!1}return i.remove(),e instanceof HTMLElement&&e.focus(),s}var $t=Object.defineProperty,C=(l,t,e,i)=>{for(var s=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(s=n(t,e,s)||s);return s&&$t(t,e,s),s};const bt=2500;class E extends T{constructor(){super(...arguments),this.chosen="",this.copied="",this.wording=null,this.thanked=!1,this.copy=async()=>{const t=await gt(G(this.entry.answer,this.entry.links),this);this.copied=t?"yes":"no",setTimeout(()=>this.copied="",bt)}}render(){const{answer:t}=this.entry;return o`
      <div class="bubble">
        <p class="said" dir="auto">${t.text}${t.citations.map(e=>this.mark(e))}</p>
        ${this.labels()} ${t.citations.length?this.sources():d}
      </div>
      ${this.entry.rateable?this.tools():d}
      ${t.suggestions.length?this.chips():d}
    `}mark(t){const e=`${r.source(t.id)}: ${t.title??t.document}`;return o`<button type="button" class="mark" aria-label=${e} @click=${s=>this.open(s,t)}>${t.id}</button>`}labels(){const t=N(this.entry.answer);return t.length?o`<ul class="labels" aria-label=${r.labels}>
      ${t.map(e=>o`<li class="label" dir="auto">${e}</li>`)}
    </ul>`:d}labelsOf(t){const e=N(this.entry.answer,t);return e.length?o`<span class="labels">${e.map(i=>o`<bdi class="label">${i}</bdi><span class="unseen">, </span>`)}</span>`:d}sources(){const{answer:t}=this.entry,e=K(t),{differing:i,others:s}=F(t.citations),[a,n]=[`sources-${t.id}`,`others-${t.id}`],h=p=>p.map(w=>this.source(w,!e));return o`<section class="sources" aria-labelledby=${i.length?a:n}>
      ${i.length?o`<p id=${a} class="title differ">${r.differ}</p>
            <ol class="sides">
              ${i.map(p=>o`<li>${h(p)}</li>`)}
            </ol>`:d}
      ${s.length?o`<p id=${n} class="title">${i.length?r.otherSources:r.sources}</p>
            ${e?this.whence(e):d}
            <ol>
              ${h(s).map(p=>o`<li>${p}</li>`)}
            </ol>`:d}
    </section>`}whence(t){const[e,...i]=V(t);return o`<span class="whence"
      ><bdi class="title">${e}</bdi>${i.map(s=>o`<span class="dot"> · </span><bdi>${s}</bdi>`)}</span
    >`}source(t,e){const i=this.chosen===`${this.entry.id}/${t.id}`;return o`<button
      type="button"
      class="source"
      aria-expanded=${i?"true":"false"}
      @click=${s=>this.open(s,t)}
    >
      <span class="number"><span class="unseen">${r.source(t.id)}: </span><span aria-hidden="true">${t.id}</span></span>
      <span class="about">
        ${t.role==="nearest"?o`<span class="nearest">${r.nearest}</span>`:d}
        <q class="quote ${Y(t.quote)?"bare":""}" dir="auto">${J(t.quote.trim())}</q>
        ${e?this.whence(t):d}
        ${this.labelsOf(t)}
      </span>
    </button>`}tools(){const{verdict:t}=this.entry,e={"":"",yes:r.copied,no:r.notCopied}[this.copied];return o`<div class="tools" aria-live="off">
        <button type="button" class="tool" aria-label=${r.copy} title=${r.copy} @click=${this.copy}>
          ${this.copied==="yes"?rt:lt}
        </button>
        ${this.thumb("up",r.good,t)} ${this.thumb("down",r.bad,t)}
        <span class="told" role="status">${e||(this.thanked?r.thanks:"")}</span>
      </div>
      ${this.wording?this.words(this.wording):d}`}thumb(t,e,i){return o`<button
      type="button"
      class="tool"
      aria-label=${e}
      title=${e}
      aria-pressed=${i===t?"true":"false"}
      @click=${()=>{this.thanked=!1,this.wording=t,this.rate(t,null,!1),this.updateComplete.then(()=>this.querySelector(".words input")?.focus())}}
    >
      ${ht[t]}
    </button>`}words(t){const e=`words-${this.entry.id}`,i=()=>{this.wording=null,this.querySelector('.tool[aria-pressed="true"]')?.focus()};return o`<form class="words" aria-live="off" @submit=${n=>{n.preventDefault();const h=this.querySelector(".words input");h?.value.trim()&&this.rate(t,h.value.trim(),!0),i()}} @keydown=${n=>{n.key==="Escape"&&(n.preventDefault(),i())}}>
      <label for=${e}>${r.words[t]}</label>
      <input id=${e} type="text" maxlength="500" dir="auto" autocomplete="off" />
      <button type="submit" class="small">${r.sendWords}</button>
      <button type="button" class="small quiet" @click=${i}>${r.skipWords}</button>
    </form>`}chips(){const{answer:t}=this.entry,e=t.status==="clarify"?r.choicesLabel:r.suggestionsLabel;return z(t.suggestions,e,i=>this.tell("suggest",i))}open(t,e){const i={citation:e,opener:t.currentTarget};this.tell("open-source",i)}rate(t,e,i){const s=n=>this.thanked=n&&i,a={id:this.entry.id,verdict:t,words:e,kept:s};this.tell("rate",a)}}C([v({attribute:!1})],E.prototype,"entry");C([v()],E.prototype,"chosen");C([S()],E.prototype,"copied");C([S()],E.prototype,"wording");C([S()],E.prototype,"thanked");function z(l,t,e){return o`<div class="chips" role="group" aria-label=${t}>
    ${l.map(i=>o`<button type="button" class="chip" dir="auto" @click=${()=>e(i)}>${i}</button>`)}
  </div>`}O("rahdari-answer",E);var vt=Object.defineProperty,B=(l,t,e,i)=>{for(var s=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(s=n(t,e,s)||s);return s&&vt(t,e,s),s};const mt=4e3;class A extends T{constructor(){super(...arguments),this.draft=""}focus(){this.field?.focus({preventScroll:!0})}restore(t){this.field&&!this.field.value&&(this.field.value=t),this.typed()}firstUpdated(){this.draft&&this.restore(this.draft)}render(){return o`<form class="composer" @submit=${this.submit}>
      <label class="unseen" for="question">${r.question}</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${mt}
        dir="auto"
        placeholder=${r.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        @input=${this.typed}
        @keydown=${this.key}
      ></textarea>
      <button type="submit" class="send" aria-label=${r.send} title=${r.send}>
        ${dt}
      </button>
    </form>`}submit(t){t.preventDefault();const e=this.field?.value.trim();!e||!this.field||(this.field.value="",this.typed(),this.tell("ask",e))}key(t){t.key!=="Enter"||t.shiftKey||t.isComposing||this.submit(t)}typed(){this.field&&(this.tell("draft",this.field.value),this.field.style.height="auto",this.field.style.height=`${this.field.scrollHeight+2}px`)}}B([v({attribute:!1})],A.prototype,"draft");B([k("textarea")],A.prototype,"field");O("rahdari-composer",A);var yt=Object.defineProperty,P=(l,t,e,i)=>{for(var s=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(s=n(t,e,s)||s);return s&&yt(t,e,s),s};class L extends T{constructor(){super(...arguments),this.question="",this.yes="",this.no=""}focus(){this.querySelector(".quiet")?.focus()}render(){return o`<div class="banner confirmation" role="group" aria-labelledby="confirmation-question">
      <p id="confirmation-question">${this.question}</p>
      <button type="button" class="small" @click=${()=>this.tell("confirmed",null)}>${this.yes}</button>
      <button type="button" class="small quiet" @click=${()=>this.tell("dismissed",null)}>${this.no}</button>
    </div>`}}P([v()],L.prototype,"question");P([v()],L.prototype,"yes");P([v()],L.prototype,"no");O("rahdari-confirmation",L);const U=1e3,wt=15e3,kt=2e4,Et=7e3;class xt extends EventTarget{constructor(t){super(),this.api=t,this.state={ready:!1,greeting:null,entries:[],pending:null,waiting:[],online:!0,notice:null,barred:null},this.era=0,this.delivering=null,this.fresh=0,this.wake=()=>{},this.ends=new AbortController,this.session=new ct(t),this.tabs="BroadcastChannel"in window?new BroadcastChannel(`rahdari ${t.base}`):null}async start(){const t=this.ends.signal;this.tabs?.addEventListener("message",i=>this.hear(i.data)),window.addEventListener("storage",i=>this.session.concerns(i)&&void this.refresh(),{signal:t}),window.addEventListener("online",()=>this.tryNow(),{signal:t}),window.addEventListener("offline",()=>this.set({online:!1}),{signal:t}),document.addEventListener("visibilitychange",()=>this.look(),{signal:t});const e=this.refused(this.until(()=>this.api.greeting()));await this.refresh(),this.set({greeting:await e,ready:!0})}stop(){this.ends.abort(),this.tabs?.close(),this.wake()}ask(t){if(!t||this.state.barred)return!1;const e={who:"person",id:crypto.getRandomValues(new Uint32Array(4)).join("-"),text:t};return this.set({waiting:[...this.state.waiting,e],notice:null}),this.next(),!0}async restart(){this.era+=1,this.set({entries:[],pending:null,waiting:[],notice:null}),await this.refused(this.until(()=>this.session.as(t=>this.api.restart(t)))),this.tell({kind:"changed"})}async rate(t,e,i){const s=this.state.entries,a=n=>n.who==="bot"&&n.id===t?{...n,verdict:e}:n;this.set({entries:s.map(a),notice:null});try{return await this.session.as(n=>this.api.feedback(n,t,e,i)),this.tell({kind:"changed"}),!0}catch(n){return this.set({entries:s,notice:n instanceof q?n.message:r.notKept}),!1}}passage(t,e,i){return this.session.as(s=>this.api.passage(s,t,e,i))}piece(t,e,i){return this.session.as(s=>this.api.piece(s,t,e,i))}tryNow(){this.wake(),this.state.online||this.refresh()}async refresh(){const t=this.era,e=await this.refused(this.until(()=>this.session.as(a=>this.api.history(a))));if(!e||t!==this.era)return;e.token&&this.session.keep(e.token),this.fresh=Date.now();const i=this.state.pending;this.set({entries:e.entries,...i&&St(e.entries,i.id)?{pending:null}:{}});const s=e.entries.at(-1);s?.who==="person"&&!this.delivering&&this.deliver(s),this.next()}next(){const[t,...e]=this.state.waiting;!t||this.state.pending||this.ends.signal.aborted||(this.set({waiting:e}),this.tell({kind:"asked",question:t}),this.deliver(t))}async deliver(t){const e=this.era;this.delivering=t.id,this.set({pending:t});try{const i=()=>this.session.as(h=>this.api.message(h,t.id,t.text)),{entries:s}=await this.until(i);if(e!==this.era)return;const a=new Set(s.map(h=>h.id));this.set({entries:[...this.state.entries.filter(h=>!a.has(h.id)),...s],pending:null});const n=s.find(h=>h.who==="bot");n&&this.dispatchEvent(new CustomEvent("answer",{detail:n.answer})),this.tell({kind:"changed"})}catch(i){if(e!==this.era||this.ends.signal.aborted)return;this.set({pending:null,...i instanceof q?H(i):{notice:r.unreachable}}),this.dispatchEvent(new CustomEvent("unsent",{detail:t.text}))}finally{this.delivering===t.id&&(this.delivering=null)}this.next()}async until(t){for(let e=U;;e=Math.min(2*e,wt))try{const i=await t();return this.set({online:!0}),i}catch(i){const s=i instanceof q&&i.status===429;if(this.ends.signal.aborted||!(s||i instanceof Q))throw i;s?this.set({notice:i.message}):this.set({online:!1}),await this.pause(s?Math.max(i.waitMs,U):e),s&&this.set({notice:null})}}pause(t){return new Promise(e=>{const i=this.wake,s=()=>{clearTimeout(a),e()},a=setTimeout(s,t);this.wake=()=>{i(),s()}})}async refused(t){try{return await t}catch(e){return e instanceof q&&this.set(H(e)),null}}hear(t){t.kind==="changed"?this.follow():this.state.pending||(this.set({pending:t.question,notice:null}),setTimeout(()=>this.state.pending?.id===t.question.id&&void this.refresh(),Et))}async follow(){const t=this.state.pending;await this.refresh(),t&&this.delivering!==t.id&&this.state.pending===t&&this.set({pending:null}),this.next()}look(){document.visibilityState==="visible"&&Date.now()-this.fresh>kt&&this.refresh()}tell(t){this.ends.signal.aborted||this.tabs?.postMessage(t)}set(t){Object.assign(this.state,t),this.dispatchEvent(new Event("change"))}}function H(l){return l.status===403?{barred:l.message}:{notice:l.message}}function St(l,t){return l.some(e=>e.who==="bot"&&e.to===t)}var Ct=Object.defineProperty,$=(l,t,e,i)=>{for(var s=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(s=n(t,e,s)||s);return s&&Ct(t,e,s),s};const qt="(max-width: 30em), (max-height: 26em)",Ot="(min-width: 62em)";class g extends X{constructor(){super(...arguments),this.layout="floating",this.server=null,this.api=null,this.heading=r.heading,this.tagline=r.tagline,this.label=r.launcher,this.open=!1,this.opened=null,this.asking=!1,this.conversation=null,this.draft="",this.seen=0,this.within=!1,this.small=window.matchMedia(qt),this.wide=window.matchMedia(Ot),this.online=!0,this.openSource=t=>{this.opened=t.detail;const{document:e,start:i,end:s}=t.detail.citation;this.emit("source",{document:e,start:i,end:s}),this.updateComplete.then(async()=>{await this.viewer?.updateComplete,this.viewer?.focus()})},this.closeSource=()=>{const t=this.opened?.opener;this.opened=null,this.updateComplete.then(()=>t?.isConnected?t.focus():this.composer?.focus())},this.rate=async t=>{const{id:e,verdict:i,words:s,kept:a}=t.detail;this.emit("feedback",{answer:e,verdict:i,words:s}),a(await this.conversation?.rate(e,i,s)??!1)},this.mayStartOver=()=>{if(!this.loses)return this.startOver();if(this.asking)return this.keepOn();this.asking=!0,this.updateComplete.then(async()=>{await this.confirmation?.updateComplete,this.confirmation?.focus()})},this.keepOn=()=>{this.asking=!1,this.updateComplete.then(()=>this.renderRoot.querySelector(".anew")?.focus())},this.startOver=()=>{this.restart(),this.seen=0,this.composer?.focus()},this.key=t=>{t.key!=="Escape"||t.defaultPrevented||!this.opened&&!this.asking&&this.layout!=="floating"||(t.stopPropagation(),this.cancelled(t))},this.cancelled=t=>{t.preventDefault(),this.asking&&this.loses&&!(this.opened&&!this.beside)?this.keepOn():this.opened?this.closeSource():this.layout==="floating"&&this.hide()},this.resized=()=>{const{dialog:t}=this;t?.open&&this.open&&(t.close(),this.showDialog(t)),this.requestUpdate()}}static{this.styles=Z}show(){this.open=!0}hide(){this.open=!1}ask(t){this.begin();const e=this.conversation?.ask(t.trim())??!1;return e&&this.emit("question",{text:t.trim()}),e}async restart(){this.opened=null,this.asking=!1,this.emit("restart",{}),await this.conversation?.restart()}connectedCallback(){super.connectedCallback(),this.small.addEventListener("change",this.resized),this.wide.addEventListener("change",this.resized),this.remembered()&&(this.open=!0),this.requestUpdate()}disconnectedCallback(){super.disconnectedCallback(),this.small.removeEventListener("change",this.resized),this.wide.removeEventListener("change",this.resized),this.conversation?.stop(),this.conversation=null}willUpdate(t){(this.open||this.layout!=="floating")&&this.begin(),(t.has("open")||this.conversation?.state.barred)&&(this.within=this.dialog?.contains(this.renderRoot.activeElement)??!1)}updated(t){t.has("open")&&this.layout==="floating"&&this.follow(t.get("open")),this.showNew();const e=this.renderRoot.querySelector(".barred");e&&this.within&&!this.renderRoot.activeElement&&e.focus()}render(){return this.layout==="page"?o`<main class="shell page">${this.body("h1")}</main>`:this.layout==="inline"?o`<section class="shell inline" aria-label=${this.heading}>${this.body("h2")}</section>`:o`<section aria-label=${this.heading}>
        <button
          type="button"
          class="launcher"
          aria-haspopup="dialog"
          aria-expanded=${this.open?"true":"false"}
          @click=${()=>this.open?this.hide():this.show()}
        >
          ${j}<span>${this.label}</span>
        </button>
      </section>
      <dialog class="shell floating" aria-labelledby="heading" @cancel=${this.cancelled} @keydown=${this.key}>
        ${this.open?this.body("h2"):d}
      </dialog>`}body(t){const e=this.conversation?.state.barred;if(e)return o`<div class="talk" @keydown=${this.key}>${this.head(t)}<p class="barred" role="alert" tabindex="-1">${e}</p></div>`;const i=this.opened!==null&&!this.beside;return o`<div class="talk" ?inert=${i} @keydown=${this.key}>
        ${this.head(t)} ${this.confirm()} ${this.news()}
        <div class="log" role="log" aria-label=${r.conversation} aria-relevant="additions" tabindex="0"
          aria-busy=${this.conversation?.state.ready?"false":"true"}
          @open-source=${this.openSource} @rate=${this.rate} @suggest=${s=>this.put(s.detail)}
        >
          <div class="entries">${this.entries()}</div>
        </div>
        ${this.waiting()}
        <rahdari-composer
          .draft=${this.draft}
          @draft=${s=>this.draft=s.detail}
          @ask=${s=>this.ask(s.detail)}
        ></rahdari-composer>
      </div>
      ${this.opened?o`<rahdari-source
            class=${i?"over":"aside"}
            ?over=${i}
            .conversation=${this.conversation}
            .citation=${this.opened.citation}
            @close-source=${this.closeSource}
            @keydown=${this.key}
          ></rahdari-source>`:d}`}head(t){const e=t==="h1"?o`<h1 id="heading">${this.heading}</h1>`:o`<h2 id="heading">${this.heading}</h2>`;return o`<div class="head">
      <span class="logo">${j}</span>
      <div class="name">${e}${this.tagline?o`<p>${this.tagline}</p>`:d}</div>
      ${this.conversation?.state.barred?d:o`<button type="button" class="round anew" aria-label=${r.startOver} title=${r.startOver}
            aria-expanded=${this.asking&&this.loses?"true":"false"} @click=${this.mayStartOver}
          >
            ${ut}
          </button>`}
      ${this.layout==="floating"?o`<button type="button" class="round" aria-label=${r.close} title=${r.close} @click=${this.hide}>
            ${pt}
          </button>`:d}
    </div>`}confirm(){return!this.asking||!this.loses?d:o`<rahdari-confirmation
      question=${r.startOverAsked} yes=${r.startOverYes} no=${r.startOverNo}
      @confirmed=${this.startOver} @dismissed=${this.keepOn}
    ></rahdari-confirmation>`}news(){const t=this.conversation?.state,e=t&&!t.online,i=navigator.onLine?`${r.unreachable} ${r.trying}`:r.offline;return o`<div class="news">
      <div class=${e?"lost":d}>
        <div class=${e?"banner":d}>
          <div role="status">${e?i:d}</div>
          ${e?o`<button type="button" class="small" @click=${()=>this.conversation?.tryNow()}>${r.tryNow}</button>`:d}
        </div>
      </div>
      <div class=${t?.notice?"lost":d} role="alert">${t?.notice?o`<p class="banner">${t.notice}</p>`:d}</div>
    </div>`}entries(){const t=this.conversation?.state;if(!t?.ready)return o``;const e=t.pending&&!t.entries.some(i=>i.id===t.pending?.id)?[...t.entries,t.pending]:t.entries;return o`${this.greeting()}${ft([...e,...t.waiting],i=>i.id,i=>this.entry(i,t.waiting.includes(i)))}`}greeting(){const t=this.conversation?.state.greeting;return t?o`<div class="entry bot">
      <div class="bubble">
        <p class="said" dir="auto">${t.text}</p>
      </div>
      ${t.starters.length?z(t.starters,r.startersLabel,e=>this.put(e)):d}
    </div>`:d}entry(t,e){if(t.who==="person")return this.question(t,e);const i=this.opened?`${this.opened.opener.closest("rahdari-answer").entry.id}/${this.opened.citation.id}`:"";return o`<div class="entry bot" data-id=${t.id}>
      <span class="unseen">${this.heading}: </span>
      <rahdari-answer .entry=${t} .chosen=${i}></rahdari-answer>
    </div>`}question(t,e){return o`<div class="entry person" data-id=${t.id}>
      <span class="unseen">${r.you}: </span>
      <div class="bubble"><p class="said" dir="auto">${t.text}</p></div>
      ${e?o`<p class="waits">${r.waits}</p>`:d}
    </div>`}waiting(){const t=this.conversation?.state,e=t?.ready?t.pending&&t.online?r.looking:"":r.loading;return o`<p class="typing ${e?"on":""}" role="status">
      ${e?o`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${e}`:d}
    </p>`}get beside(){return this.layout==="page"&&this.wide.matches}begin(){this.conversation||!this.isConnected||(this.conversation=new xt(new tt(et(this.server,this.api))),this.conversation.addEventListener("change",()=>{this.requestUpdate();const t=this.conversation?.state.online??!0;t!==this.online&&this.emit("connection",{online:this.online=t})}),this.conversation.addEventListener("answer",t=>this.emit("answer",{answer:t.detail})),this.conversation.addEventListener("unsent",t=>this.composer?.restore(t.detail)),this.conversation.start())}follow(t){const{dialog:e}=this;if(!(!e||e.open===this.open)){if(this.open){const i=t===void 0&&!this.small.matches;i?e.setAttribute("open",""):this.showDialog(e),this.seen=0,i||this.composer?.updateComplete.then(()=>this.composer?.focus())}else e.close(),this.opened=null,this.asking=!1,this.within&&this.renderRoot.querySelector(".launcher")?.focus();this.remember(),this.emit(this.open?"open":"close",{})}}showDialog(t){this.small.matches?t.showModal():t.show()}showNew(){const t=this.conversation?.state,{log:e}=this;if(!e||!t?.ready)return;const i=t.entries.length+(t.pending&&!t.entries.includes(t.pending)?1:0)+t.waiting.length;if(i===this.seen)return;const s=this.seen===0;this.seen=i,Promise.all([...e.querySelectorAll("rahdari-answer")].map(a=>a.updateComplete)).then(()=>{const a=e.querySelector(".entries > :last-child"),n=a?.previousElementSibling,h=n?.classList.contains("person")?n:a;if(!h)return;const p=Math.min(e.scrollHeight-e.clientHeight,h.offsetTop-12);e.scrollTo({top:p,behavior:s?"instant":"auto"})})}put(t){const e=this.conversation?.state;(e&&[e.pending,...e.waiting].some(s=>s?.text===t.trim())||this.ask(t))&&this.composer?.focus()}get loses(){const t=this.conversation?.state;return!!(t&&(t.entries.length||t.pending||t.waiting.length))}remembered(){try{return sessionStorage.getItem("rahdari-open")==="yes"&&this.layout==="floating"&&!this.small.matches}catch{return!1}}remember(){try{sessionStorage.setItem("rahdari-open",this.open?"yes":"no")}catch{}}emit(t,e){this.dispatchEvent(new CustomEvent(`rahdari-${t}`,{detail:e,bubbles:!0,composed:!0}))}}$([v({reflect:!0})],g.prototype,"layout");$([v()],g.prototype,"server");$([v()],g.prototype,"api");$([v()],g.prototype,"heading");$([v()],g.prototype,"tagline");$([v()],g.prototype,"label");$([v({type:Boolean,reflect:!0})],g.prototype,"open");$([S()],g.prototype,"opened");$([k("dialog")],g.prototype,"dialog");$([S()],g.prototype,"asking");$([k("rahdari-confirmation")],g.prototype,"confirmation");$([k("rahdari-composer")],g.prototype,"composer");$([k("rahdari-source")],g.prototype,"viewer");$([k(".log")],g.prototype,"log");O("rahdari-chat",g);

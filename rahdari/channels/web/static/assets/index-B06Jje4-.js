import{E as z,r as S,d as O,P as A,j as W,a as d,b as l,s as o,l as j,k as G,o as K,m as F,q as V,e as Y,n as g,h as w,R as x,U as J,i as Q,f as X,A as Z,g as ee}from"./styles-YmE8Q3BH.js";import{e as te,i as se,t as ie,M as ne,u as m,v as E,h as T,p as ae,a as oe,b as re,d as le,s as he,S as de,f as I,g as ce,c as ue}from"./source-viewer-Cw8mmbzm.js";const U=(r,e,t)=>{const i=new Map;for(let s=e;s<=t;s++)i.set(r[s],s);return i},pe=te(class extends se{constructor(r){if(super(r),r.type!==ie.CHILD)throw Error("repeat() can only be used in text expressions")}dt(r,e,t){let i;t===void 0?t=e:e!==void 0&&(i=e);const s=[],a=[];let n=0;for(const h of r)s[n]=i?i(h,n):n,a[n]=t(h,n),n++;return{values:a,keys:s}}render(r,e,t){return this.dt(r,e,t).values}update(r,[e,t,i]){const s=ne(r),{values:a,keys:n}=this.dt(e,t,i);if(!Array.isArray(s))return this.ut=n,a;const h=this.ut??=[],b=[];let q,R,c=0,p=s.length-1,u=0,$=a.length-1;for(;c<=p&&u<=$;)if(s[c]===null)c++;else if(s[p]===null)p--;else if(h[c]===n[u])b[u]=m(s[c],a[u]),c++,u++;else if(h[p]===n[$])b[$]=m(s[p],a[$]),p--,$--;else if(h[c]===n[$])b[$]=m(s[c],a[$]),E(r,b[$+1],s[c]),c++,$--;else if(h[p]===n[u])b[u]=m(s[p],a[u]),E(r,s[c],s[p]),p--,u++;else if(q===void 0&&(q=U(n,u,$),R=U(h,c,p)),q.has(h[c]))if(q.has(h[p])){const y=R.get(n[u]),M=y!==void 0?s[y]:null;if(M===null){const N=E(r,s[c]);m(N,a[u]),b[u]=N}else b[u]=m(M,a[u]),E(r,s[c],M),s[y]=null;u++}else T(s[p]),p--;else T(s[c]),c++;for(;u<=$;){const y=E(r,b[$+1]);m(y,a[u]),b[u++]=y}for(;c<=p;){const y=s[c++];y!==null&&T(y)}return this.ut=n,ae(r,b),z}});async function fe(r,e){try{return await navigator.clipboard.writeText(r),!0}catch{}const t=e.getRootNode().activeElement,i=document.createElement("textarea");i.value=r,i.className="unseen",e.appendChild(i),i.select();let s=!1;try{s=document.execCommand("copy")}catch{s=!1}return i.remove(),t instanceof HTMLElement&&t.focus(),s}var ge=Object.defineProperty,C=(r,e,t,i)=>{for(var s=void 0,a=r.length-1,n;a>=0;a--)(n=r[a])&&(s=n(e,t,s)||s);return s&&ge(e,t,s),s};const ve=2500;class k extends A{constructor(){super(...arguments),this.chosen="",this.copied="",this.wording=null,this.thanked=!1,this.copy=async()=>{const e=await fe(W(this.entry.answer,this.entry.links),this);this.copied=e?"yes":"no",setTimeout(()=>this.copied="",ve)}}render(){const{answer:e}=this.entry;return l`
      <div class="bubble">
        <p class="said" dir="auto">${e.text}${e.citations.map(t=>this.mark(t))}</p>
        ${this.labels()} ${e.citations.length?this.sources():d}
      </div>
      ${this.entry.rateable?this.tools():d}
      ${e.suggestions.length?this.chips():d}
    `}mark(e){const t=`${o.source(e.id)}: ${e.title??e.document}`;return l`<button type="button" class="mark" aria-label=${t} @click=${s=>this.open(s,e)}>${e.id}</button>`}labels(){const e=j(this.entry.answer);return e.length?l`<ul class="labels" aria-label=${o.labels}>
      ${e.map(t=>l`<li class="label" dir="auto">${t}</li>`)}
    </ul>`:d}labelsOf(e){const t=j(this.entry.answer,e);return t.length?l`<span class="labels">${t.map(i=>l`<bdi class="label">${i}</bdi><span class="unseen">, </span>`)}</span>`:d}sources(){const{answer:e}=this.entry,t=G(e),i=K(e),s=t&&o.differMark.test(e.text),a=`sources-${e.id}`;return l`<section class="sources ${t?"beside":""}" aria-labelledby=${a}>
      <p id=${a} class="title ${s?"differ":""}">${s?o.differ:o.sources}</p>
      ${i?this.whence(i):d}
      <ol>
        ${e.citations.map(n=>l`<li>${this.source(n,!i)}</li>`)}
      </ol>
    </section>`}whence(e){const[t,...i]=F(e);return l`<span class="whence"
      ><bdi class="title">${t}</bdi>${i.map(s=>l`<span class="dot"> · </span><bdi>${s}</bdi>`)}</span
    >`}source(e,t){const i=this.chosen===`${this.entry.id}/${e.id}`;return l`<button
      type="button"
      class="source"
      aria-expanded=${i?"true":"false"}
      @click=${s=>this.open(s,e)}
    >
      <span class="number"><span class="unseen">${o.source(e.id)}: </span><span aria-hidden="true">${e.id}</span></span>
      <span class="about">
        ${e.role==="nearest"?l`<span class="nearest">${o.nearest}</span>`:d}
        <q class="quote ${V(e.quote)?"bare":""}" dir="auto">${Y(e.quote.trim())}</q>
        ${t?this.whence(e):d}
        ${this.labelsOf(e)}
      </span>
    </button>`}tools(){const{verdict:e}=this.entry,t={"":"",yes:o.copied,no:o.notCopied}[this.copied];return l`<div class="tools" aria-live="off">
        <button type="button" class="tool" aria-label=${o.copy} title=${o.copy} @click=${this.copy}>
          ${this.copied==="yes"?oe:re}
        </button>
        ${this.thumb("up",o.good,e)} ${this.thumb("down",o.bad,e)}
        <span class="told" role="status">${t||(this.thanked?o.thanks:"")}</span>
      </div>
      ${this.wording?this.words(this.wording):d}`}thumb(e,t,i){return l`<button
      type="button"
      class="tool"
      aria-label=${t}
      title=${t}
      aria-pressed=${i===e?"true":"false"}
      @click=${()=>{this.thanked=!1,this.wording=e,this.rate(e,null,!1),this.updateComplete.then(()=>this.querySelector(".words input")?.focus())}}
    >
      ${le[e]}
    </button>`}words(e){const t=`words-${this.entry.id}`,i=()=>{this.wording=null,this.querySelector('.tool[aria-pressed="true"]')?.focus()};return l`<form class="words" aria-live="off" @submit=${n=>{n.preventDefault();const h=this.querySelector(".words input");h?.value.trim()&&this.rate(e,h.value.trim(),!0),i()}} @keydown=${n=>{n.key==="Escape"&&(n.preventDefault(),i())}}>
      <label for=${t}>${o.words[e]}</label>
      <input id=${t} type="text" maxlength="500" dir="auto" autocomplete="off" />
      <button type="submit" class="small">${o.sendWords}</button>
      <button type="button" class="small quiet" @click=${i}>${o.skipWords}</button>
    </form>`}chips(){const{answer:e}=this.entry,t=e.status==="clarify"?o.choicesLabel:o.suggestionsLabel;return H(e.suggestions,t,i=>this.tell("suggest",i))}open(e,t){const i={citation:t,opener:e.currentTarget};this.tell("open-source",i)}rate(e,t,i){const s=n=>this.thanked=n&&i,a={id:this.entry.id,verdict:e,words:t,kept:s};this.tell("rate",a)}}C([g({attribute:!1})],k.prototype,"entry");C([g()],k.prototype,"chosen");C([S()],k.prototype,"copied");C([S()],k.prototype,"wording");C([S()],k.prototype,"thanked");function H(r,e,t){return l`<div class="chips" role="group" aria-label=${e}>
    ${r.map(i=>l`<button type="button" class="chip" dir="auto" @click=${()=>t(i)}>${i}</button>`)}
  </div>`}O("rahdari-answer",k);var $e=Object.defineProperty,P=(r,e,t,i)=>{for(var s=void 0,a=r.length-1,n;a>=0;a--)(n=r[a])&&(s=n(e,t,s)||s);return s&&$e(e,t,s),s};const be=4e3;class L extends A{constructor(){super(...arguments),this.waiting=!1,this.draft=""}focus(){this.field?.focus({preventScroll:!0})}restore(e){this.field&&!this.field.value&&(this.field.value=e),this.typed()}firstUpdated(){this.draft&&this.restore(this.draft)}render(){return l`<form class="composer" @submit=${this.submit}>
      <label class="unseen" for="question">${o.question}</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${be}
        dir="auto"
        placeholder=${o.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        @input=${this.typed}
        @keydown=${this.key}
      ></textarea>
      <button type="submit" class="send" aria-label=${o.send} title=${o.send} aria-disabled=${this.waiting}>
        ${he}
      </button>
    </form>`}submit(e){e.preventDefault();const t=this.field?.value.trim();!t||this.waiting||!this.field||(this.field.value="",this.typed(),this.tell("ask",t))}key(e){e.key!=="Enter"||e.shiftKey||e.isComposing||this.submit(e)}typed(){this.field&&(this.tell("draft",this.field.value),this.field.style.height="auto",this.field.style.height=`${this.field.scrollHeight+2}px`)}}P([g({type:Boolean})],L.prototype,"waiting");P([g({attribute:!1})],L.prototype,"draft");P([w("textarea")],L.prototype,"field");O("rahdari-composer",L);var ye=Object.defineProperty,D=(r,e,t,i)=>{for(var s=void 0,a=r.length-1,n;a>=0;a--)(n=r[a])&&(s=n(e,t,s)||s);return s&&ye(e,t,s),s};class _ extends A{constructor(){super(...arguments),this.question="",this.yes="",this.no=""}focus(){this.querySelector(".quiet")?.focus()}render(){return l`<div class="banner confirmation" role="group" aria-labelledby="confirmation-question">
      <p id="confirmation-question">${this.question}</p>
      <button type="button" class="small" @click=${()=>this.tell("confirmed",null)}>${this.yes}</button>
      <button type="button" class="small quiet" @click=${()=>this.tell("dismissed",null)}>${this.no}</button>
    </div>`}}D([g()],_.prototype,"question");D([g()],_.prototype,"yes");D([g()],_.prototype,"no");O("rahdari-confirmation",_);const B=1e3,me=15e3,we=2e4,ke=7e3;class Ee extends EventTarget{constructor(e){super(),this.api=e,this.state={ready:!1,greeting:null,entries:[],pending:null,online:!0,notice:null},this.era=0,this.delivering=null,this.fresh=0,this.wake=()=>{},this.ends=new AbortController,this.session=new de(e),this.tabs="BroadcastChannel"in window?new BroadcastChannel(`rahdari ${e.base}`):null}async start(){const e=this.ends.signal;this.tabs?.addEventListener("message",i=>this.hear(i.data)),window.addEventListener("storage",i=>this.session.concerns(i)&&void this.refresh(),{signal:e}),window.addEventListener("online",()=>this.tryNow(),{signal:e}),window.addEventListener("offline",()=>this.set({online:!1}),{signal:e}),document.addEventListener("visibilitychange",()=>this.look(),{signal:e});const t=this.refused(this.until(()=>this.api.greeting()));await this.refresh(),this.set({greeting:await t,ready:!0})}stop(){this.ends.abort(),this.tabs?.close(),this.wake()}ask(e){const t={who:"person",id:crypto.getRandomValues(new Uint32Array(4)).join("-"),text:e};return!e||this.state.pending?!1:(this.tell({kind:"asked",question:t}),this.deliver(t),!0)}async restart(){this.era+=1,this.set({entries:[],pending:null,notice:null}),await this.refused(this.until(()=>this.session.as(e=>this.api.restart(e)))),this.tell({kind:"changed"})}async rate(e,t,i){const s=this.state.entries,a=n=>n.who==="bot"&&n.id===e?{...n,verdict:t}:n;this.set({entries:s.map(a),notice:null});try{return await this.session.as(n=>this.api.feedback(n,e,t,i)),this.tell({kind:"changed"}),!0}catch(n){return this.set({entries:s,notice:n instanceof x?n.message:o.notKept}),!1}}passage(e,t,i){return this.session.as(s=>this.api.passage(s,e,t,i))}piece(e,t,i){return this.session.as(s=>this.api.piece(s,e,t,i))}tryNow(){this.wake(),this.state.online||this.refresh()}async refresh(){const e=this.era,t=await this.refused(this.until(()=>this.session.as(a=>this.api.history(a))));if(!t||e!==this.era)return;t.token&&this.session.keep(t.token),this.fresh=Date.now();const i=this.state.pending;this.set({entries:t.entries,...i&&Se(t.entries,i.id)?{pending:null}:{}});const s=t.entries.at(-1);s?.who==="person"&&!this.delivering&&this.deliver(s)}async deliver(e){const t=this.era;this.delivering=e.id,this.set({pending:e,notice:null});try{const i=()=>this.session.as(h=>this.api.message(h,e.id,e.text)),{entries:s}=await this.until(i);if(t!==this.era)return;const a=new Set(s.map(h=>h.id));this.set({entries:[...this.state.entries.filter(h=>!a.has(h.id)),...s],pending:null});const n=s.find(h=>h.who==="bot");n&&this.dispatchEvent(new CustomEvent("answer",{detail:n.answer})),this.tell({kind:"changed"})}catch(i){if(t!==this.era||this.ends.signal.aborted)return;this.set({pending:null,notice:i instanceof x?i.message:o.unreachable}),this.dispatchEvent(new CustomEvent("unsent",{detail:e.text}))}finally{this.delivering===e.id&&(this.delivering=null)}}async until(e){for(let t=B;;t=Math.min(2*t,me))try{const i=await e();return this.set({online:!0}),i}catch(i){const s=i instanceof x&&i.status===429;if(this.ends.signal.aborted||!(s||i instanceof J))throw i;s?this.set({notice:i.message}):this.set({online:!1}),await this.pause(s?Math.max(i.waitMs,B):t),s&&this.set({notice:null})}}pause(e){return new Promise(t=>{const i=this.wake,s=()=>{clearTimeout(a),t()},a=setTimeout(s,e);this.wake=()=>{i(),s()}})}async refused(e){try{return await e}catch(t){return t instanceof x&&this.set({notice:t.message}),null}}hear(e){e.kind==="changed"?this.follow():this.state.pending||(this.set({pending:e.question,notice:null}),setTimeout(()=>this.state.pending?.id===e.question.id&&void this.refresh(),ke))}async follow(){const e=this.state.pending;await this.refresh(),e&&this.delivering!==e.id&&this.state.pending===e&&this.set({pending:null})}look(){document.visibilityState==="visible"&&Date.now()-this.fresh>we&&this.refresh()}tell(e){this.ends.signal.aborted||this.tabs?.postMessage(e)}set(e){Object.assign(this.state,e),this.dispatchEvent(new Event("change"))}}function Se(r,e){return r.some(t=>t.who==="bot"&&t.to===e)}var Ce=Object.defineProperty,v=(r,e,t,i)=>{for(var s=void 0,a=r.length-1,n;a>=0;a--)(n=r[a])&&(s=n(e,t,s)||s);return s&&Ce(e,t,s),s};const qe="(max-width: 30em), (max-height: 26em)",xe="(min-width: 62em)";class f extends Q{constructor(){super(...arguments),this.layout="floating",this.server=null,this.api=null,this.heading=o.heading,this.tagline=o.tagline,this.label=o.launcher,this.open=!1,this.opened=null,this.asking=!1,this.conversation=null,this.draft="",this.seen=0,this.within=!1,this.small=window.matchMedia(qe),this.wide=window.matchMedia(xe),this.online=!0,this.openSource=e=>{this.opened=e.detail;const{document:t,start:i,end:s}=e.detail.citation;this.emit("source",{document:t,start:i,end:s}),this.updateComplete.then(async()=>{await this.viewer?.updateComplete,this.viewer?.focus()})},this.closeSource=()=>{const e=this.opened?.opener;this.opened=null,this.updateComplete.then(()=>e?.isConnected?e.focus():this.composer?.focus())},this.rate=async e=>{const{id:t,verdict:i,words:s,kept:a}=e.detail;this.emit("feedback",{answer:t,verdict:i,words:s}),a(await this.conversation?.rate(t,i,s)??!1)},this.mayStartOver=()=>{if(!this.loses)return this.startOver();if(this.asking)return this.keepOn();this.asking=!0,this.updateComplete.then(async()=>{await this.confirmation?.updateComplete,this.confirmation?.focus()})},this.keepOn=()=>{this.asking=!1,this.updateComplete.then(()=>this.renderRoot.querySelector(".anew")?.focus())},this.startOver=()=>{this.restart(),this.seen=0,this.composer?.focus()},this.key=e=>{e.key!=="Escape"||e.defaultPrevented||!this.opened&&!this.asking&&this.layout!=="floating"||(e.stopPropagation(),this.cancelled(e))},this.cancelled=e=>{e.preventDefault(),this.asking&&this.loses&&!(this.opened&&!this.beside)?this.keepOn():this.opened?this.closeSource():this.layout==="floating"&&this.hide()},this.resized=()=>{const{dialog:e}=this;e?.open&&this.open&&(e.close(),this.showDialog(e)),this.requestUpdate()}}static{this.styles=X}show(){this.open=!0}hide(){this.open=!1}ask(e){this.begin();const t=this.conversation?.ask(e.trim())??!1;return t&&this.emit("question",{text:e.trim()}),t}async restart(){this.opened=null,this.asking=!1,this.emit("restart",{}),await this.conversation?.restart()}connectedCallback(){super.connectedCallback(),this.small.addEventListener("change",this.resized),this.wide.addEventListener("change",this.resized),this.remembered()&&(this.open=!0),this.requestUpdate()}disconnectedCallback(){super.disconnectedCallback(),this.small.removeEventListener("change",this.resized),this.wide.removeEventListener("change",this.resized),this.conversation?.stop(),this.conversation=null}willUpdate(e){(this.open||this.layout!=="floating")&&this.begin(),e.has("open")&&(this.within=this.dialog?.contains(this.renderRoot.activeElement)??!1)}updated(e){e.has("open")&&this.layout==="floating"&&this.follow(e.get("open")),this.showNew()}render(){return this.layout==="page"?l`<main class="shell page">${this.body("h1")}</main>`:this.layout==="inline"?l`<section class="shell inline" aria-label=${this.heading}>${this.body("h2")}</section>`:l`<section aria-label=${this.heading}>
        <button
          type="button"
          class="launcher"
          aria-haspopup="dialog"
          aria-expanded=${this.open?"true":"false"}
          @click=${()=>this.open?this.hide():this.show()}
        >
          ${I}<span>${this.label}</span>
        </button>
      </section>
      <dialog class="shell floating" aria-labelledby="heading" @cancel=${this.cancelled} @keydown=${this.key}>
        ${this.open?this.body("h2"):d}
      </dialog>`}body(e){const t=this.opened!==null&&!this.beside;return l`<div class="talk" ?inert=${t} @keydown=${this.key}>
        ${this.head(e)} ${this.confirm()} ${this.news()}
        <div class="log" role="log" aria-label=${o.conversation} aria-relevant="additions" tabindex="0"
          aria-busy=${this.conversation?.state.ready?"false":"true"}
          @open-source=${this.openSource} @rate=${this.rate} @suggest=${i=>this.put(i.detail)}
        >
          <div class="entries">${this.entries()}</div>
        </div>
        ${this.waiting()}
        <rahdari-composer
          ?waiting=${!!this.conversation?.state.pending}
          .draft=${this.draft}
          @draft=${i=>this.draft=i.detail}
          @ask=${i=>this.ask(i.detail)}
        ></rahdari-composer>
      </div>
      ${this.opened?l`<rahdari-source
            class=${t?"over":"aside"}
            ?over=${t}
            .conversation=${this.conversation}
            .citation=${this.opened.citation}
            @close-source=${this.closeSource}
            @keydown=${this.key}
          ></rahdari-source>`:d}`}head(e){const t=e==="h1"?l`<h1 id="heading">${this.heading}</h1>`:l`<h2 id="heading">${this.heading}</h2>`;return l`<div class="head">
      <span class="logo">${I}</span>
      <div class="name">${t}${this.tagline?l`<p>${this.tagline}</p>`:d}</div>
      <button type="button" class="round anew" aria-label=${o.startOver} title=${o.startOver}
        aria-expanded=${this.asking&&this.loses?"true":"false"} @click=${this.mayStartOver}
      >
        ${ce}
      </button>
      ${this.layout==="floating"?l`<button type="button" class="round" aria-label=${o.close} title=${o.close} @click=${this.hide}>
            ${ue}
          </button>`:d}
    </div>`}confirm(){return!this.asking||!this.loses?d:l`<rahdari-confirmation
      question=${o.startOverAsked} yes=${o.startOverYes} no=${o.startOverNo}
      @confirmed=${this.startOver} @dismissed=${this.keepOn}
    ></rahdari-confirmation>`}news(){const e=this.conversation?.state,t=e&&!e.online,i=navigator.onLine?`${o.unreachable} ${o.trying}`:o.offline;return l`<div class="news">
      <div class=${t?"lost":d}>
        <div class=${t?"banner":d}>
          <div role="status">${t?i:d}</div>
          ${t?l`<button type="button" class="small" @click=${()=>this.conversation?.tryNow()}>${o.tryNow}</button>`:d}
        </div>
      </div>
      <div class=${e?.notice?"lost":d} role="alert">${e?.notice?l`<p class="banner">${e.notice}</p>`:d}</div>
    </div>`}entries(){const e=this.conversation?.state;if(!e?.ready)return l``;const t=e.pending&&!e.entries.some(i=>i.id===e.pending?.id)?[...e.entries,e.pending]:e.entries;return l`${this.greeting()}${pe(t,i=>i.id,i=>this.entry(i))}`}greeting(){const e=this.conversation?.state.greeting;return e?l`<div class="entry bot">
      <div class="bubble">
        <p class="said" dir="auto">${e.text}</p>
      </div>
      ${e.starters.length?H(e.starters,o.startersLabel,t=>this.put(t)):d}
    </div>`:d}entry(e){if(e.who==="person")return this.question(e);const t=this.opened?`${this.opened.opener.closest("rahdari-answer").entry.id}/${this.opened.citation.id}`:"";return l`<div class="entry bot" data-id=${e.id}>
      <span class="unseen">${this.heading}: </span>
      <rahdari-answer .entry=${e} .chosen=${t}></rahdari-answer>
    </div>`}question(e){return l`<div class="entry person" data-id=${e.id}>
      <span class="unseen">${o.you}: </span>
      <div class="bubble"><p class="said" dir="auto">${e.text}</p></div>
    </div>`}waiting(){const e=this.conversation?.state,t=e?.ready?e.pending&&e.online?o.looking:"":o.loading;return l`<p class="typing ${t?"on":""}" role="status">
      ${t?l`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${t}`:d}
    </p>`}get beside(){return this.layout==="page"&&this.wide.matches}begin(){this.conversation||!this.isConnected||(this.conversation=new Ee(new Z(ee(this.server,this.api))),this.conversation.addEventListener("change",()=>{this.requestUpdate();const e=this.conversation?.state.online??!0;e!==this.online&&this.emit("connection",{online:this.online=e})}),this.conversation.addEventListener("answer",e=>this.emit("answer",{answer:e.detail})),this.conversation.addEventListener("unsent",e=>this.composer?.restore(e.detail)),this.conversation.start())}follow(e){const{dialog:t}=this;if(!(!t||t.open===this.open)){if(this.open){const i=e===void 0&&!this.small.matches;i?t.setAttribute("open",""):this.showDialog(t),this.seen=0,i||this.composer?.updateComplete.then(()=>this.composer?.focus())}else t.close(),this.opened=null,this.asking=!1,this.within&&this.renderRoot.querySelector(".launcher")?.focus();this.remember(),this.emit(this.open?"open":"close",{})}}showDialog(e){this.small.matches?e.showModal():e.show()}showNew(){const e=this.conversation?.state,{log:t}=this;if(!t||!e?.ready)return;const i=e.entries.length+(e.pending&&!e.entries.includes(e.pending)?1:0);if(i===this.seen)return;const s=this.seen===0;this.seen=i,Promise.all([...t.querySelectorAll("rahdari-answer")].map(a=>a.updateComplete)).then(()=>{const a=t.querySelector(".entries > :last-child"),n=a?.previousElementSibling,h=n?.classList.contains("person")?n:a;if(!h)return;const b=Math.min(t.scrollHeight-t.clientHeight,h.offsetTop-12);t.scrollTo({top:b,behavior:s?"instant":"auto"})})}put(e){this.ask(e)&&this.composer?.focus()}get loses(){const e=this.conversation?.state;return!!(e&&(e.entries.length||e.pending))}remembered(){try{return sessionStorage.getItem("rahdari-open")==="yes"&&this.layout==="floating"&&!this.small.matches}catch{return!1}}remember(){try{sessionStorage.setItem("rahdari-open",this.open?"yes":"no")}catch{}}emit(e,t){this.dispatchEvent(new CustomEvent(`rahdari-${e}`,{detail:t,bubbles:!0,composed:!0}))}}v([g({reflect:!0})],f.prototype,"layout");v([g()],f.prototype,"server");v([g()],f.prototype,"api");v([g()],f.prototype,"heading");v([g()],f.prototype,"tagline");v([g()],f.prototype,"label");v([g({type:Boolean,reflect:!0})],f.prototype,"open");v([S()],f.prototype,"opened");v([w("dialog")],f.prototype,"dialog");v([S()],f.prototype,"asking");v([w("rahdari-confirmation")],f.prototype,"confirmation");v([w("rahdari-composer")],f.prototype,"composer");v([w("rahdari-source")],f.prototype,"viewer");v([w(".log")],f.prototype,"log");O("rahdari-chat",f);

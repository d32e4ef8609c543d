import{E as H,r as L,d as q,P as I,j as U,a as h,b as r,s as o,l as P,k as z,o as W,m as G,e as K,n as $,h as E,R as C,U as F,i as V,f as J,A as Q,g as X}from"./styles-DOHf3zNt.js";import{e as Y,i as Z,t as ee,M as te,u as y,v as k,h as _,p as se,a as ie,b as ne,d as ae,s as oe,S as re,f as D,g as le,c as he}from"./source-viewer-BUG6kZjf.js";const N=(l,e,t)=>{const i=new Map;for(let s=e;s<=t;s++)i.set(l[s],s);return i},de=Y(class extends Z{constructor(l){if(super(l),l.type!==ee.CHILD)throw Error("repeat() can only be used in text expressions")}dt(l,e,t){let i;t===void 0?t=e:e!==void 0&&(i=e);const s=[],a=[];let n=0;for(const d of l)s[n]=i?i(d,n):n,a[n]=t(d,n),n++;return{values:a,keys:s}}render(l,e,t){return this.dt(l,e,t).values}update(l,[e,t,i]){const s=te(l),{values:a,keys:n}=this.dt(e,t,i);if(!Array.isArray(s))return this.ut=n,a;const d=this.ut??=[],b=[];let x,O,c=0,p=s.length-1,u=0,f=a.length-1;for(;c<=p&&u<=f;)if(s[c]===null)c++;else if(s[p]===null)p--;else if(d[c]===n[u])b[u]=y(s[c],a[u]),c++,u++;else if(d[p]===n[f])b[f]=y(s[p],a[f]),p--,f--;else if(d[c]===n[f])b[f]=y(s[c],a[f]),k(l,b[f+1],s[c]),c++,f--;else if(d[p]===n[u])b[u]=y(s[p],a[u]),k(l,s[c],s[p]),p--,u++;else if(x===void 0&&(x=N(n,u,f),O=N(d,c,p)),x.has(d[c]))if(x.has(d[p])){const w=O.get(n[u]),M=w!==void 0?s[w]:null;if(M===null){const A=k(l,s[c]);y(A,a[u]),b[u]=A}else b[u]=y(M,a[u]),k(l,s[c],M),s[w]=null;u++}else _(s[p]),p--;else _(s[c]),c++;for(;u<=f;){const w=k(l,b[f+1]);y(w,a[u]),b[u++]=w}for(;c<=p;){const w=s[c++];w!==null&&_(w)}return this.ut=n,se(l,b),H}});async function ce(l,e){try{return await navigator.clipboard.writeText(l),!0}catch{}const t=e.getRootNode().activeElement,i=document.createElement("textarea");i.value=l,i.className="unseen",e.appendChild(i),i.select();let s=!1;try{s=document.execCommand("copy")}catch{s=!1}return i.remove(),t instanceof HTMLElement&&t.focus(),s}var ue=Object.defineProperty,S=(l,e,t,i)=>{for(var s=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(s=n(e,t,s)||s);return s&&ue(e,t,s),s};const pe=2500;class m extends I{constructor(){super(...arguments),this.chosen="",this.copied="",this.wording=null,this.thanked=!1,this.copy=async()=>{const e=await ce(U(this.entry.answer,this.entry.links),this);this.copied=e?"yes":"no",setTimeout(()=>this.copied="",pe)}}render(){const{answer:e}=this.entry;return r`
      <div class="bubble">
        <p class="said" dir="auto">${e.text}${e.citations.map(t=>this.mark(t))}</p>
        ${this.labels()} ${e.citations.length?this.sources():h}
      </div>
      ${e.status==="smalltalk"?h:this.tools()}
      ${e.suggestions.length?this.chips():h}
    `}mark(e){const t=`${o.source(e.id)}: ${e.title??e.document}`;return r`<button type="button" class="mark" aria-label=${t} @click=${s=>this.open(s,e)}>${e.id}</button>`}labels(){const e=P(this.entry.answer);return e.length?r`<ul class="labels" aria-label=${o.labels}>
      ${e.map(t=>r`<li class="label" dir="auto">${t}</li>`)}
    </ul>`:h}labelsOf(e){const t=P(this.entry.answer,e);return t.length?r`<span class="labels">${t.map(i=>r`<bdi class="label">${i}</bdi><span class="unseen">, </span>`)}</span>`:h}sources(){const{answer:e}=this.entry,t=z(e),i=W(e),s=t&&o.differMark.test(e.text),a=`sources-${e.id}`;return r`<section class="sources ${t?"beside":""}" aria-labelledby=${a}>
      <p id=${a} class="title ${s?"differ":""}">${s?o.differ:o.sources}</p>
      ${i?this.whence(i):h}
      <ol>
        ${e.citations.map(n=>r`<li>${this.source(n,!i)}</li>`)}
      </ol>
    </section>`}whence(e){const[t,...i]=G(e);return r`<span class="whence"
      ><bdi class="title">${t}</bdi>${i.map(s=>r`<span class="dot"> · </span><bdi>${s}</bdi>`)}</span
    >`}source(e,t){const i=this.chosen===`${this.entry.id}/${e.id}`;return r`<button
      type="button"
      class="source"
      aria-expanded=${i?"true":"false"}
      @click=${s=>this.open(s,e)}
    >
      <span class="number"><span class="unseen">${o.source(e.id)}: </span><span aria-hidden="true">${e.id}</span></span>
      <span class="about">
        ${e.role==="nearest"?r`<span class="nearest">${o.nearest}</span>`:h}
        <q class="quote" dir="auto">${K(e.quote.trim())}</q>
        ${t?this.whence(e):h}
        ${this.labelsOf(e)}
      </span>
    </button>`}tools(){const{verdict:e}=this.entry,t={"":"",yes:o.copied,no:o.notCopied}[this.copied];return r`<div class="tools" aria-live="off">
        <button type="button" class="tool" aria-label=${o.copy} title=${o.copy} @click=${this.copy}>
          ${this.copied==="yes"?ie:ne}
        </button>
        ${this.thumb("up",o.good,e)} ${this.thumb("down",o.bad,e)}
        <span class="told" role="status">${t||(this.thanked?o.thanks:"")}</span>
      </div>
      ${this.wording?this.words(this.wording):h}`}thumb(e,t,i){return r`<button
      type="button"
      class="tool"
      aria-label=${t}
      title=${t}
      aria-pressed=${i===e?"true":"false"}
      @click=${()=>{this.thanked=!1,this.wording=e,this.rate(e,null,!1),this.updateComplete.then(()=>this.querySelector(".words input")?.focus())}}
    >
      ${ae[e]}
    </button>`}words(e){const t=`words-${this.entry.id}`,i=()=>{this.wording=null,this.querySelector('.tool[aria-pressed="true"]')?.focus()};return r`<form class="words" aria-live="off" @submit=${a=>{a.preventDefault();const n=this.querySelector(".words input");n?.value.trim()&&this.rate(e,n.value.trim(),!0),i()}}>
      <label for=${t}>${o.words[e]}</label>
      <input id=${t} type="text" maxlength="500" dir="auto" autocomplete="off" />
      <button type="submit" class="small">${o.sendWords}</button>
      <button type="button" class="small quiet" @click=${i}>${o.skipWords}</button>
    </form>`}chips(){const{answer:e}=this.entry,t=e.status==="clarify"?o.choicesLabel:o.suggestionsLabel;return j(e.suggestions,t,i=>this.tell("suggest",i))}open(e,t){const i={citation:t,opener:e.currentTarget};this.tell("open-source",i)}rate(e,t,i){const s=n=>this.thanked=n&&i,a={id:this.entry.id,verdict:e,words:t,kept:s};this.tell("rate",a)}}S([$({attribute:!1})],m.prototype,"entry");S([$()],m.prototype,"chosen");S([L()],m.prototype,"copied");S([L()],m.prototype,"wording");S([L()],m.prototype,"thanked");function j(l,e,t){return r`<div class="chips" role="group" aria-label=${e}>
    ${l.map(i=>r`<button type="button" class="chip" dir="auto" @click=${()=>t(i)}>${i}</button>`)}
  </div>`}q("rahdari-answer",m);var fe=Object.defineProperty,B=(l,e,t,i)=>{for(var s=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(s=n(e,t,s)||s);return s&&fe(e,t,s),s};const ge=4e3;class T extends I{constructor(){super(...arguments),this.waiting=!1}focus(){this.field?.focus({preventScroll:!0})}restore(e){this.field&&!this.field.value&&(this.field.value=e),this.grow()}render(){return r`<form class="composer" @submit=${this.submit}>
      <label class="unseen" for="question">${o.question}</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${ge}
        dir="auto"
        placeholder=${o.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        @input=${this.grow}
        @keydown=${this.key}
      ></textarea>
      <button type="submit" class="send" aria-label=${o.send} title=${o.send} aria-disabled=${this.waiting}>
        ${oe}
      </button>
    </form>`}submit(e){e.preventDefault();const t=this.field?.value.trim();!t||this.waiting||!this.field||(this.field.value="",this.grow(),this.tell("ask",t))}key(e){e.key!=="Enter"||e.shiftKey||e.isComposing||this.submit(e)}grow(){this.field&&(this.field.style.height="auto",this.field.style.height=`${this.field.scrollHeight+2}px`)}}B([$({type:Boolean})],T.prototype,"waiting");B([E("textarea")],T.prototype,"field");q("rahdari-composer",T);const R=1e3,be=15e3,ve=2e4,$e=7e3;class we extends EventTarget{constructor(e){super(),this.api=e,this.state={ready:!1,greeting:null,entries:[],pending:null,online:!0,notice:null},this.era=0,this.delivering=null,this.fresh=0,this.wake=()=>{},this.ends=new AbortController,this.session=new re(e),this.tabs="BroadcastChannel"in window?new BroadcastChannel(`rahdari ${e.base}`):null}async start(){const e=this.ends.signal;this.tabs?.addEventListener("message",i=>this.hear(i.data)),window.addEventListener("storage",i=>this.session.concerns(i)&&void this.refresh(),{signal:e}),window.addEventListener("online",()=>this.tryNow(),{signal:e}),window.addEventListener("offline",()=>this.set({online:!1}),{signal:e}),document.addEventListener("visibilitychange",()=>this.look(),{signal:e});const t=this.until(()=>this.api.greeting());await this.refresh(),this.set({greeting:await t,ready:!0})}stop(){this.ends.abort(),this.tabs?.close(),this.wake()}ask(e){const t={who:"person",id:crypto.getRandomValues(new Uint32Array(4)).join("-"),text:e};return!e||this.state.pending?!1:(this.tell({kind:"asked",question:t}),this.deliver(t),!0)}async restart(){this.era+=1,this.set({entries:[],pending:null,notice:null}),await this.refused(this.until(()=>this.session.as(e=>this.api.restart(e)))),this.tell({kind:"changed"})}async rate(e,t,i){const s=this.state.entries,a=n=>n.who==="bot"&&n.id===e?{...n,verdict:t}:n;this.set({entries:s.map(a),notice:null});try{return await this.session.as(n=>this.api.feedback(n,e,t,i)),this.tell({kind:"changed"}),!0}catch(n){return this.set({entries:s,notice:n instanceof C?n.message:o.notKept}),!1}}passage(e,t,i){return this.session.as(s=>this.api.passage(s,e,t,i))}piece(e,t,i){return this.session.as(s=>this.api.piece(s,e,t,i))}tryNow(){this.wake(),this.state.online||this.refresh()}async refresh(){const e=this.era,t=await this.refused(this.until(()=>this.session.as(a=>this.api.history(a))));if(!t||e!==this.era)return;t.token&&this.session.keep(t.token),this.fresh=Date.now();const i=this.state.pending;this.set({entries:t.entries,...i&&ye(t.entries,i.id)?{pending:null}:{}});const s=t.entries.at(-1);s?.who==="person"&&!this.delivering&&this.deliver(s)}async deliver(e){const t=this.era;this.delivering=e.id,this.set({pending:e,notice:null});try{const i=()=>this.session.as(d=>this.api.message(d,e.id,e.text)),{entries:s}=await this.until(i);if(t!==this.era)return;const a=new Set(s.map(d=>d.id));this.set({entries:[...this.state.entries.filter(d=>!a.has(d.id)),...s],pending:null});const n=s.find(d=>d.who==="bot");n&&this.dispatchEvent(new CustomEvent("answer",{detail:n.answer})),this.tell({kind:"changed"})}catch(i){if(t!==this.era||this.ends.signal.aborted)return;this.set({pending:null,notice:i instanceof C?i.message:o.unreachable}),this.dispatchEvent(new CustomEvent("unsent",{detail:e.text}))}finally{this.delivering===e.id&&(this.delivering=null)}}async until(e){for(let t=R;;t=Math.min(2*t,be))try{const i=await e();return this.set({online:!0}),i}catch(i){const s=i instanceof C&&i.status===429;if(this.ends.signal.aborted||!(s||i instanceof F))throw i;s?this.set({notice:i.message}):this.set({online:!1}),await this.pause(s?Math.max(i.waitMs,R):t),s&&this.set({notice:null})}}pause(e){return new Promise(t=>{const i=this.wake,s=()=>{clearTimeout(a),t()},a=setTimeout(s,e);this.wake=()=>{i(),s()}})}async refused(e){try{return await e}catch(t){return t instanceof C&&this.set({notice:t.message}),null}}hear(e){e.kind==="changed"?this.follow():this.state.pending||(this.set({pending:e.question,notice:null}),setTimeout(()=>this.state.pending?.id===e.question.id&&void this.refresh(),$e))}async follow(){const e=this.state.pending;await this.refresh(),e&&this.delivering!==e.id&&this.state.pending===e&&this.set({pending:null})}look(){document.visibilityState==="visible"&&Date.now()-this.fresh>ve&&this.refresh()}tell(e){this.ends.signal.aborted||this.tabs?.postMessage(e)}set(e){Object.assign(this.state,e),this.dispatchEvent(new Event("change"))}}function ye(l,e){return l.some(t=>t.who==="bot"&&t.to===e)}var me=Object.defineProperty,v=(l,e,t,i)=>{for(var s=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(s=n(e,t,s)||s);return s&&me(e,t,s),s};const ke="(max-width: 30em), (max-height: 26em)",Ee="(min-width: 62em)";class g extends V{constructor(){super(...arguments),this.layout="floating",this.server=null,this.api=null,this.heading=o.heading,this.tagline=o.tagline,this.label=o.launcher,this.open=!1,this.opened=null,this.conversation=null,this.seen=0,this.small=window.matchMedia(ke),this.wide=window.matchMedia(Ee),this.online=!0,this.openSource=e=>{this.opened=e.detail;const{document:t,start:i,end:s}=e.detail.citation;this.emit("source",{document:t,start:i,end:s}),this.updateComplete.then(async()=>{await this.viewer?.updateComplete,this.viewer?.focus()})},this.closeSource=()=>{const e=this.opened?.opener;this.opened=null,this.updateComplete.then(()=>e?.isConnected?e.focus():this.composer?.focus())},this.rate=async e=>{const{id:t,verdict:i,words:s,kept:a}=e.detail;this.emit("feedback",{answer:t,verdict:i,words:s}),a(await this.conversation?.rate(t,i,s)??!1)},this.startOver=()=>{this.restart(),this.seen=0,this.composer?.focus()},this.key=e=>{e.key!=="Escape"||e.defaultPrevented||!this.opened&&this.layout!=="floating"||(e.preventDefault(),e.stopPropagation(),this.opened?this.closeSource():this.hide())},this.cancelled=e=>{e.preventDefault(),this.opened?this.closeSource():this.hide()},this.resized=()=>{const{dialog:e}=this;e?.open&&this.open&&(e.close(),this.small.matches?e.showModal():e.show()),this.requestUpdate()}}static{this.styles=J}show(){this.open=!0}hide(){this.open=!1}ask(e){this.begin();const t=this.conversation?.ask(e.trim())??!1;return t&&this.emit("question",{text:e.trim()}),t}async restart(){this.opened=null,this.emit("restart",{}),await this.conversation?.restart()}connectedCallback(){super.connectedCallback(),this.small.addEventListener("change",this.resized),this.wide.addEventListener("change",this.resized),this.remembered()&&(this.open=!0)}disconnectedCallback(){super.disconnectedCallback(),this.small.removeEventListener("change",this.resized),this.wide.removeEventListener("change",this.resized),this.conversation?.stop(),this.conversation=null}willUpdate(){(this.open||this.layout!=="floating")&&this.begin()}updated(e){e.has("open")&&this.layout==="floating"&&this.follow(e.get("open")),this.showNew()}render(){return this.layout==="page"?r`<main class="shell page">${this.body("h1")}</main>`:this.layout==="inline"?r`<section class="shell inline" aria-label=${this.heading}>${this.body("h2")}</section>`:r`<section aria-label=${this.heading}>
        <button
          type="button"
          class="launcher"
          aria-haspopup="dialog"
          aria-expanded=${this.open?"true":"false"}
          @click=${()=>this.open?this.hide():this.show()}
        >
          ${D}<span>${this.label}</span>
        </button>
      </section>
      <dialog class="shell floating" aria-labelledby="heading" @cancel=${this.cancelled} @keydown=${this.key}>
        ${this.open?this.body("h2"):h}
      </dialog>`}body(e){const t=this.opened!==null&&!this.beside;return r`<div class="talk" ?inert=${t} @keydown=${this.key}>
        ${this.head(e)} ${this.news()}
        <div class="log" role="log" aria-label=${o.conversation} aria-relevant="additions" tabindex="0"
          aria-busy=${this.conversation?.state.ready?"false":"true"}
          @open-source=${this.openSource} @rate=${this.rate} @suggest=${i=>this.put(i.detail)}
        >
          <div class="entries">${this.entries()}</div>
        </div>
        ${this.waiting()}
        <rahdari-composer
          ?waiting=${!!this.conversation?.state.pending}
          @ask=${i=>this.ask(i.detail)}
        ></rahdari-composer>
      </div>
      ${this.opened?r`<rahdari-source
            class=${t?"over":"aside"}
            ?over=${t}
            .conversation=${this.conversation}
            .citation=${this.opened.citation}
            @close-source=${this.closeSource}
            @keydown=${this.key}
          ></rahdari-source>`:h}`}head(e){const t=e==="h1"?r`<h1 id="heading">${this.heading}</h1>`:r`<h2 id="heading">${this.heading}</h2>`;return r`<div class="head">
      <span class="logo">${D}</span>
      <div class="name">${t}${this.tagline?r`<p>${this.tagline}</p>`:h}</div>
      <button type="button" class="round" aria-label=${o.startOver} title=${o.startOver} @click=${this.startOver}>
        ${le}
      </button>
      ${this.layout==="floating"?r`<button type="button" class="round" aria-label=${o.close} title=${o.close} @click=${this.hide}>
            ${he}
          </button>`:h}
    </div>`}news(){const e=this.conversation?.state,t=e&&!e.online,i=navigator.onLine?`${o.unreachable} ${o.trying}`:o.offline;return r`<div class="news">
      <div class=${t?"lost":h}>
        <div class=${t?"banner":h}>
          <div role="status">${t?i:h}</div>
          ${t?r`<button type="button" class="small" @click=${()=>this.conversation?.tryNow()}>${o.tryNow}</button>`:h}
        </div>
      </div>
      <div class=${e?.notice?"lost":h} role="alert">${e?.notice?r`<p class="banner">${e.notice}</p>`:h}</div>
    </div>`}entries(){const e=this.conversation?.state;if(!e?.ready)return r``;const t=e.pending&&!e.entries.some(i=>i.id===e.pending?.id)?[...e.entries,e.pending]:e.entries;return r`${this.greeting()}${de(t,i=>i.id,i=>this.entry(i))}`}greeting(){const e=this.conversation?.state.greeting;return e?r`<div class="entry bot">
      <div class="bubble">
        <p class="said" dir="auto">${e.text}</p>
      </div>
      ${e.starters.length?j(e.starters,o.startersLabel,t=>this.put(t)):h}
    </div>`:h}entry(e){if(e.who==="person")return this.question(e);const t=this.opened?`${this.opened.opener.closest("rahdari-answer").entry.id}/${this.opened.citation.id}`:"";return r`<div class="entry bot" data-id=${e.id}>
      <span class="unseen">${this.heading}: </span>
      <rahdari-answer .entry=${e} .chosen=${t}></rahdari-answer>
    </div>`}question(e){return r`<div class="entry person" data-id=${e.id}>
      <span class="unseen">${o.you}: </span>
      <div class="bubble"><p class="said" dir="auto">${e.text}</p></div>
    </div>`}waiting(){const e=this.conversation?.state,t=e?.ready?e.pending&&e.online?o.looking:"":o.loading;return r`<p class="typing ${t?"on":""}" role="status">
      ${t?r`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${t}`:h}
    </p>`}get beside(){return this.layout==="page"&&this.wide.matches}begin(){this.conversation||!this.isConnected||(this.conversation=new we(new Q(X(this.server,this.api))),this.conversation.addEventListener("change",()=>{this.requestUpdate();const e=this.conversation?.state.online??!0;e!==this.online&&this.emit("connection",{online:this.online=e})}),this.conversation.addEventListener("answer",e=>this.emit("answer",{answer:e.detail})),this.conversation.addEventListener("unsent",e=>this.composer?.restore(e.detail)),this.conversation.start())}follow(e){const{dialog:t}=this;!t||t.open===this.open||(this.open?(this.small.matches?t.showModal():t.show(),this.seen=0,this.composer?.updateComplete.then(()=>this.composer?.focus())):(t.close(),this.opened=null,this.renderRoot.querySelector(".launcher")?.focus()),this.remember(),(e!==void 0||this.open)&&this.emit(this.open?"open":"close",{}))}showNew(){const e=this.conversation?.state,{log:t}=this;if(!t||!e?.ready)return;const i=e.entries.length+(e.pending&&!e.entries.includes(e.pending)?1:0);if(i===this.seen)return;const s=this.seen===0;this.seen=i,Promise.all([...t.querySelectorAll("rahdari-answer")].map(a=>a.updateComplete)).then(()=>{const a=t.querySelector(".entries > :last-child"),n=a?.previousElementSibling,d=n?.classList.contains("person")?n:a;if(!d)return;const b=Math.min(t.scrollHeight-t.clientHeight,d.offsetTop-12);t.scrollTo({top:b,behavior:s?"instant":"auto"})})}put(e){this.ask(e)&&this.composer?.focus()}remembered(){try{return this.layout==="floating"&&sessionStorage.getItem("rahdari-open")==="yes"}catch{return!1}}remember(){try{sessionStorage.setItem("rahdari-open",this.open?"yes":"no")}catch{}}emit(e,t){this.dispatchEvent(new CustomEvent(`rahdari-${e}`,{detail:t,bubbles:!0,composed:!0}))}}v([$({reflect:!0})],g.prototype,"layout");v([$()],g.prototype,"server");v([$()],g.prototype,"api");v([$()],g.prototype,"heading");v([$()],g.prototype,"tagline");v([$()],g.prototype,"label");v([$({type:Boolean,reflect:!0})],g.prototype,"open");v([L()],g.prototype,"opened");v([E("dialog")],g.prototype,"dialog");v([E("rahdari-composer")],g.prototype,"composer");v([E("rahdari-source")],g.prototype,"viewer");v([E(".log")],g.prototype,"log");q("rahdari-chat",g);

import{E as B,r as L,d as M,P as I,j as H,a as h,b as r,s as o,l as D,k as z,o as W,m as G,q as K,e as F,n as $,h as E,R as C,U as V,i as J,f as Q,A as X,g as Y}from"./styles-C1D8_b6L.js";import{e as Z,i as ee,t as te,M as se,u as m,v as k,h as _,p as ie,a as ne,b as ae,d as oe,s as re,S as le,f as P,g as he,c as de}from"./source-viewer-CoU2DZ1Y.js";const R=(l,e,t)=>{const s=new Map;for(let i=e;i<=t;i++)s.set(l[i],i);return s},ce=Z(class extends ee{constructor(l){if(super(l),l.type!==te.CHILD)throw Error("repeat() can only be used in text expressions")}dt(l,e,t){let s;t===void 0?t=e:e!==void 0&&(s=e);const i=[],a=[];let n=0;for(const d of l)i[n]=s?s(d,n):n,a[n]=t(d,n),n++;return{values:a,keys:i}}render(l,e,t){return this.dt(l,e,t).values}update(l,[e,t,s]){const i=se(l),{values:a,keys:n}=this.dt(e,t,s);if(!Array.isArray(i))return this.ut=n,a;const d=this.ut??=[],b=[];let x,A,c=0,p=i.length-1,u=0,f=a.length-1;for(;c<=p&&u<=f;)if(i[c]===null)c++;else if(i[p]===null)p--;else if(d[c]===n[u])b[u]=m(i[c],a[u]),c++,u++;else if(d[p]===n[f])b[f]=m(i[p],a[f]),p--,f--;else if(d[c]===n[f])b[f]=m(i[c],a[f]),k(l,b[f+1],i[c]),c++,f--;else if(d[p]===n[u])b[u]=m(i[p],a[u]),k(l,i[c],i[p]),p--,u++;else if(x===void 0&&(x=R(n,u,f),A=R(d,c,p)),x.has(d[c]))if(x.has(d[p])){const w=A.get(n[u]),q=w!==void 0?i[w]:null;if(q===null){const O=k(l,i[c]);m(O,a[u]),b[u]=O}else b[u]=m(q,a[u]),k(l,i[c],q),i[w]=null;u++}else _(i[p]),p--;else _(i[c]),c++;for(;u<=f;){const w=k(l,b[f+1]);m(w,a[u]),b[u++]=w}for(;c<=p;){const w=i[c++];w!==null&&_(w)}return this.ut=n,ie(l,b),B}});async function ue(l,e){try{return await navigator.clipboard.writeText(l),!0}catch{}const t=e.getRootNode().activeElement,s=document.createElement("textarea");s.value=l,s.className="unseen",e.appendChild(s),s.select();let i=!1;try{i=document.execCommand("copy")}catch{i=!1}return s.remove(),t instanceof HTMLElement&&t.focus(),i}var pe=Object.defineProperty,S=(l,e,t,s)=>{for(var i=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(i=n(e,t,i)||i);return i&&pe(e,t,i),i};const fe=2500;class y extends I{constructor(){super(...arguments),this.chosen="",this.copied="",this.wording=null,this.thanked=!1,this.copy=async()=>{const e=await ue(H(this.entry.answer,this.entry.links),this);this.copied=e?"yes":"no",setTimeout(()=>this.copied="",fe)}}render(){const{answer:e}=this.entry;return r`
      <div class="bubble">
        <p class="said" dir="auto">${e.text}${e.citations.map(t=>this.mark(t))}</p>
        ${this.labels()} ${e.citations.length?this.sources():h}
      </div>
      ${e.status==="smalltalk"?h:this.tools()}
      ${e.suggestions.length?this.chips():h}
    `}mark(e){const t=`${o.source(e.id)}: ${e.title??e.document}`;return r`<button type="button" class="mark" aria-label=${t} @click=${i=>this.open(i,e)}>${e.id}</button>`}labels(){const e=D(this.entry.answer);return e.length?r`<ul class="labels" aria-label=${o.labels}>
      ${e.map(t=>r`<li class="label" dir="auto">${t}</li>`)}
    </ul>`:h}labelsOf(e){const t=D(this.entry.answer,e);return t.length?r`<span class="labels">${t.map(s=>r`<bdi class="label">${s}</bdi><span class="unseen">, </span>`)}</span>`:h}sources(){const{answer:e}=this.entry,t=z(e),s=W(e),i=t&&o.differMark.test(e.text),a=`sources-${e.id}`;return r`<section class="sources ${t?"beside":""}" aria-labelledby=${a}>
      <p id=${a} class="title ${i?"differ":""}">${i?o.differ:o.sources}</p>
      ${s?this.whence(s):h}
      <ol>
        ${e.citations.map(n=>r`<li>${this.source(n,!s)}</li>`)}
      </ol>
    </section>`}whence(e){const[t,...s]=G(e);return r`<span class="whence"
      ><bdi class="title">${t}</bdi>${s.map(i=>r`<span class="dot"> · </span><bdi>${i}</bdi>`)}</span
    >`}source(e,t){const s=this.chosen===`${this.entry.id}/${e.id}`;return r`<button
      type="button"
      class="source"
      aria-expanded=${s?"true":"false"}
      @click=${i=>this.open(i,e)}
    >
      <span class="number"><span class="unseen">${o.source(e.id)}: </span><span aria-hidden="true">${e.id}</span></span>
      <span class="about">
        ${e.role==="nearest"?r`<span class="nearest">${o.nearest}</span>`:h}
        <q class="quote ${K(e.quote)?"bare":""}" dir="auto">${F(e.quote.trim())}</q>
        ${t?this.whence(e):h}
        ${this.labelsOf(e)}
      </span>
    </button>`}tools(){const{verdict:e}=this.entry,t={"":"",yes:o.copied,no:o.notCopied}[this.copied];return r`<div class="tools" aria-live="off">
        <button type="button" class="tool" aria-label=${o.copy} title=${o.copy} @click=${this.copy}>
          ${this.copied==="yes"?ne:ae}
        </button>
        ${this.thumb("up",o.good,e)} ${this.thumb("down",o.bad,e)}
        <span class="told" role="status">${t||(this.thanked?o.thanks:"")}</span>
      </div>
      ${this.wording?this.words(this.wording):h}`}thumb(e,t,s){return r`<button
      type="button"
      class="tool"
      aria-label=${t}
      title=${t}
      aria-pressed=${s===e?"true":"false"}
      @click=${()=>{this.thanked=!1,this.wording=e,this.rate(e,null,!1),this.updateComplete.then(()=>this.querySelector(".words input")?.focus())}}
    >
      ${oe[e]}
    </button>`}words(e){const t=`words-${this.entry.id}`,s=()=>{this.wording=null,this.querySelector('.tool[aria-pressed="true"]')?.focus()};return r`<form class="words" aria-live="off" @submit=${a=>{a.preventDefault();const n=this.querySelector(".words input");n?.value.trim()&&this.rate(e,n.value.trim(),!0),s()}}>
      <label for=${t}>${o.words[e]}</label>
      <input id=${t} type="text" maxlength="500" dir="auto" autocomplete="off" />
      <button type="submit" class="small">${o.sendWords}</button>
      <button type="button" class="small quiet" @click=${s}>${o.skipWords}</button>
    </form>`}chips(){const{answer:e}=this.entry,t=e.status==="clarify"?o.choicesLabel:o.suggestionsLabel;return j(e.suggestions,t,s=>this.tell("suggest",s))}open(e,t){const s={citation:t,opener:e.currentTarget};this.tell("open-source",s)}rate(e,t,s){const i=n=>this.thanked=n&&s,a={id:this.entry.id,verdict:e,words:t,kept:i};this.tell("rate",a)}}S([$({attribute:!1})],y.prototype,"entry");S([$()],y.prototype,"chosen");S([L()],y.prototype,"copied");S([L()],y.prototype,"wording");S([L()],y.prototype,"thanked");function j(l,e,t){return r`<div class="chips" role="group" aria-label=${e}>
    ${l.map(s=>r`<button type="button" class="chip" dir="auto" @click=${()=>t(s)}>${s}</button>`)}
  </div>`}M("rahdari-answer",y);var ge=Object.defineProperty,U=(l,e,t,s)=>{for(var i=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(i=n(e,t,i)||i);return i&&ge(e,t,i),i};const be=4e3;class T extends I{constructor(){super(...arguments),this.waiting=!1}focus(){this.field?.focus({preventScroll:!0})}restore(e){this.field&&!this.field.value&&(this.field.value=e),this.grow()}render(){return r`<form class="composer" @submit=${this.submit}>
      <label class="unseen" for="question">${o.question}</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${be}
        dir="auto"
        placeholder=${o.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        @input=${this.grow}
        @keydown=${this.key}
      ></textarea>
      <button type="submit" class="send" aria-label=${o.send} title=${o.send} aria-disabled=${this.waiting}>
        ${re}
      </button>
    </form>`}submit(e){e.preventDefault();const t=this.field?.value.trim();!t||this.waiting||!this.field||(this.field.value="",this.grow(),this.tell("ask",t))}key(e){e.key!=="Enter"||e.shiftKey||e.isComposing||this.submit(e)}grow(){this.field&&(this.field.style.height="auto",this.field.style.height=`${this.field.scrollHeight+2}px`)}}U([$({type:Boolean})],T.prototype,"waiting");U([E("textarea")],T.prototype,"field");M("rahdari-composer",T);const N=1e3,ve=15e3,$e=2e4,we=7e3;class me extends EventTarget{constructor(e){super(),this.api=e,this.state={ready:!1,greeting:null,entries:[],pending:null,online:!0,notice:null},this.era=0,this.delivering=null,this.fresh=0,this.wake=()=>{},this.ends=new AbortController,this.session=new le(e),this.tabs="BroadcastChannel"in window?new BroadcastChannel(`rahdari ${e.base}`):null}async start(){const e=this.ends.signal;this.tabs?.addEventListener("message",s=>this.hear(s.data)),window.addEventListener("storage",s=>this.session.concerns(s)&&void this.refresh(),{signal:e}),window.addEventListener("online",()=>this.tryNow(),{signal:e}),window.addEventListener("offline",()=>this.set({online:!1}),{signal:e}),document.addEventListener("visibilitychange",()=>this.look(),{signal:e});const t=this.refused(this.until(()=>this.api.greeting()));await this.refresh(),this.set({greeting:await t,ready:!0})}stop(){this.ends.abort(),this.tabs?.close(),this.wake()}ask(e){const t={who:"person",id:crypto.getRandomValues(new Uint32Array(4)).join("-"),text:e};return!e||this.state.pending?!1:(this.tell({kind:"asked",question:t}),this.deliver(t),!0)}async restart(){this.era+=1,this.set({entries:[],pending:null,notice:null}),await this.refused(this.until(()=>this.session.as(e=>this.api.restart(e)))),this.tell({kind:"changed"})}async rate(e,t,s){const i=this.state.entries,a=n=>n.who==="bot"&&n.id===e?{...n,verdict:t}:n;this.set({entries:i.map(a),notice:null});try{return await this.session.as(n=>this.api.feedback(n,e,t,s)),this.tell({kind:"changed"}),!0}catch(n){return this.set({entries:i,notice:n instanceof C?n.message:o.notKept}),!1}}passage(e,t,s){return this.session.as(i=>this.api.passage(i,e,t,s))}piece(e,t,s){return this.session.as(i=>this.api.piece(i,e,t,s))}tryNow(){this.wake(),this.state.online||this.refresh()}async refresh(){const e=this.era,t=await this.refused(this.until(()=>this.session.as(a=>this.api.history(a))));if(!t||e!==this.era)return;t.token&&this.session.keep(t.token),this.fresh=Date.now();const s=this.state.pending;this.set({entries:t.entries,...s&&ye(t.entries,s.id)?{pending:null}:{}});const i=t.entries.at(-1);i?.who==="person"&&!this.delivering&&this.deliver(i)}async deliver(e){const t=this.era;this.delivering=e.id,this.set({pending:e,notice:null});try{const s=()=>this.session.as(d=>this.api.message(d,e.id,e.text)),{entries:i}=await this.until(s);if(t!==this.era)return;const a=new Set(i.map(d=>d.id));this.set({entries:[...this.state.entries.filter(d=>!a.has(d.id)),...i],pending:null});const n=i.find(d=>d.who==="bot");n&&this.dispatchEvent(new CustomEvent("answer",{detail:n.answer})),this.tell({kind:"changed"})}catch(s){if(t!==this.era||this.ends.signal.aborted)return;this.set({pending:null,notice:s instanceof C?s.message:o.unreachable}),this.dispatchEvent(new CustomEvent("unsent",{detail:e.text}))}finally{this.delivering===e.id&&(this.delivering=null)}}async until(e){for(let t=N;;t=Math.min(2*t,ve))try{const s=await e();return this.set({online:!0}),s}catch(s){const i=s instanceof C&&s.status===429;if(this.ends.signal.aborted||!(i||s instanceof V))throw s;i?this.set({notice:s.message}):this.set({online:!1}),await this.pause(i?Math.max(s.waitMs,N):t),i&&this.set({notice:null})}}pause(e){return new Promise(t=>{const s=this.wake,i=()=>{clearTimeout(a),t()},a=setTimeout(i,e);this.wake=()=>{s(),i()}})}async refused(e){try{return await e}catch(t){return t instanceof C&&this.set({notice:t.message}),null}}hear(e){e.kind==="changed"?this.follow():this.state.pending||(this.set({pending:e.question,notice:null}),setTimeout(()=>this.state.pending?.id===e.question.id&&void this.refresh(),we))}async follow(){const e=this.state.pending;await this.refresh(),e&&this.delivering!==e.id&&this.state.pending===e&&this.set({pending:null})}look(){document.visibilityState==="visible"&&Date.now()-this.fresh>$e&&this.refresh()}tell(e){this.ends.signal.aborted||this.tabs?.postMessage(e)}set(e){Object.assign(this.state,e),this.dispatchEvent(new Event("change"))}}function ye(l,e){return l.some(t=>t.who==="bot"&&t.to===e)}var ke=Object.defineProperty,v=(l,e,t,s)=>{for(var i=void 0,a=l.length-1,n;a>=0;a--)(n=l[a])&&(i=n(e,t,i)||i);return i&&ke(e,t,i),i};const Ee="(max-width: 30em), (max-height: 26em)",Se="(min-width: 62em)";class g extends J{constructor(){super(...arguments),this.layout="floating",this.server=null,this.api=null,this.heading=o.heading,this.tagline=o.tagline,this.label=o.launcher,this.open=!1,this.opened=null,this.conversation=null,this.seen=0,this.within=!1,this.small=window.matchMedia(Ee),this.wide=window.matchMedia(Se),this.online=!0,this.openSource=e=>{this.opened=e.detail;const{document:t,start:s,end:i}=e.detail.citation;this.emit("source",{document:t,start:s,end:i}),this.updateComplete.then(async()=>{await this.viewer?.updateComplete,this.viewer?.focus()})},this.closeSource=()=>{const e=this.opened?.opener;this.opened=null,this.updateComplete.then(()=>e?.isConnected?e.focus():this.composer?.focus())},this.rate=async e=>{const{id:t,verdict:s,words:i,kept:a}=e.detail;this.emit("feedback",{answer:t,verdict:s,words:i}),a(await this.conversation?.rate(t,s,i)??!1)},this.startOver=()=>{this.restart(),this.seen=0,this.composer?.focus()},this.key=e=>{e.key!=="Escape"||e.defaultPrevented||!this.opened&&this.layout!=="floating"||(e.preventDefault(),e.stopPropagation(),this.opened?this.closeSource():this.hide())},this.cancelled=e=>{e.preventDefault(),this.opened?this.closeSource():this.hide()},this.resized=()=>{const{dialog:e}=this;e?.open&&this.open&&(e.close(),this.showDialog(e)),this.requestUpdate()}}static{this.styles=Q}show(){this.open=!0}hide(){this.open=!1}ask(e){this.begin();const t=this.conversation?.ask(e.trim())??!1;return t&&this.emit("question",{text:e.trim()}),t}async restart(){this.opened=null,this.emit("restart",{}),await this.conversation?.restart()}connectedCallback(){super.connectedCallback(),this.small.addEventListener("change",this.resized),this.wide.addEventListener("change",this.resized),this.remembered()&&(this.open=!0),this.requestUpdate()}disconnectedCallback(){super.disconnectedCallback(),this.small.removeEventListener("change",this.resized),this.wide.removeEventListener("change",this.resized),this.conversation?.stop(),this.conversation=null}willUpdate(e){(this.open||this.layout!=="floating")&&this.begin(),e.has("open")&&(this.within=this.dialog?.contains(this.renderRoot.activeElement)??!1)}updated(e){e.has("open")&&this.layout==="floating"&&this.follow(e.get("open")),this.showNew()}render(){return this.layout==="page"?r`<main class="shell page">${this.body("h1")}</main>`:this.layout==="inline"?r`<section class="shell inline" aria-label=${this.heading}>${this.body("h2")}</section>`:r`<section aria-label=${this.heading}>
        <button
          type="button"
          class="launcher"
          aria-haspopup="dialog"
          aria-expanded=${this.open?"true":"false"}
          @click=${()=>this.open?this.hide():this.show()}
        >
          ${P}<span>${this.label}</span>
        </button>
      </section>
      <dialog class="shell floating" aria-labelledby="heading" @cancel=${this.cancelled} @keydown=${this.key}>
        ${this.open?this.body("h2"):h}
      </dialog>`}body(e){const t=this.opened!==null&&!this.beside;return r`<div class="talk" ?inert=${t} @keydown=${this.key}>
        ${this.head(e)} ${this.news()}
        <div class="log" role="log" aria-label=${o.conversation} aria-relevant="additions" tabindex="0"
          aria-busy=${this.conversation?.state.ready?"false":"true"}
          @open-source=${this.openSource} @rate=${this.rate} @suggest=${s=>this.put(s.detail)}
        >
          <div class="entries">${this.entries()}</div>
        </div>
        ${this.waiting()}
        <rahdari-composer
          ?waiting=${!!this.conversation?.state.pending}
          @ask=${s=>this.ask(s.detail)}
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
      <span class="logo">${P}</span>
      <div class="name">${t}${this.tagline?r`<p>${this.tagline}</p>`:h}</div>
      <button type="button" class="round" aria-label=${o.startOver} title=${o.startOver} @click=${this.startOver}>
        ${he}
      </button>
      ${this.layout==="floating"?r`<button type="button" class="round" aria-label=${o.close} title=${o.close} @click=${this.hide}>
            ${de}
          </button>`:h}
    </div>`}news(){const e=this.conversation?.state,t=e&&!e.online,s=navigator.onLine?`${o.unreachable} ${o.trying}`:o.offline;return r`<div class="news">
      <div class=${t?"lost":h}>
        <div class=${t?"banner":h}>
          <div role="status">${t?s:h}</div>
          ${t?r`<button type="button" class="small" @click=${()=>this.conversation?.tryNow()}>${o.tryNow}</button>`:h}
        </div>
      </div>
      <div class=${e?.notice?"lost":h} role="alert">${e?.notice?r`<p class="banner">${e.notice}</p>`:h}</div>
    </div>`}entries(){const e=this.conversation?.state;if(!e?.ready)return r``;const t=e.pending&&!e.entries.some(s=>s.id===e.pending?.id)?[...e.entries,e.pending]:e.entries;return r`${this.greeting()}${ce(t,s=>s.id,s=>this.entry(s))}`}greeting(){const e=this.conversation?.state.greeting;return e?r`<div class="entry bot">
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
    </p>`}get beside(){return this.layout==="page"&&this.wide.matches}begin(){this.conversation||!this.isConnected||(this.conversation=new me(new X(Y(this.server,this.api))),this.conversation.addEventListener("change",()=>{this.requestUpdate();const e=this.conversation?.state.online??!0;e!==this.online&&this.emit("connection",{online:this.online=e})}),this.conversation.addEventListener("answer",e=>this.emit("answer",{answer:e.detail})),this.conversation.addEventListener("unsent",e=>this.composer?.restore(e.detail)),this.conversation.start())}follow(e){const{dialog:t}=this;if(!(!t||t.open===this.open)){if(this.open){const s=e===void 0&&!this.small.matches;s?t.setAttribute("open",""):this.showDialog(t),this.seen=0,s||this.composer?.updateComplete.then(()=>this.composer?.focus())}else t.close(),this.opened=null,this.within&&this.renderRoot.querySelector(".launcher")?.focus();this.remember(),this.emit(this.open?"open":"close",{})}}showDialog(e){this.small.matches?e.showModal():e.show()}showNew(){const e=this.conversation?.state,{log:t}=this;if(!t||!e?.ready)return;const s=e.entries.length+(e.pending&&!e.entries.includes(e.pending)?1:0);if(s===this.seen)return;const i=this.seen===0;this.seen=s,Promise.all([...t.querySelectorAll("rahdari-answer")].map(a=>a.updateComplete)).then(()=>{const a=t.querySelector(".entries > :last-child"),n=a?.previousElementSibling,d=n?.classList.contains("person")?n:a;if(!d)return;const b=Math.min(t.scrollHeight-t.clientHeight,d.offsetTop-12);t.scrollTo({top:b,behavior:i?"instant":"auto"})})}put(e){this.ask(e)&&this.composer?.focus()}remembered(){try{return sessionStorage.getItem("rahdari-open")==="yes"&&this.layout==="floating"&&!this.small.matches}catch{return!1}}remember(){try{sessionStorage.setItem("rahdari-open",this.open?"yes":"no")}catch{}}emit(e,t){this.dispatchEvent(new CustomEvent(`rahdari-${e}`,{detail:t,bubbles:!0,composed:!0}))}}v([$({reflect:!0})],g.prototype,"layout");v([$()],g.prototype,"server");v([$()],g.prototype,"api");v([$()],g.prototype,"heading");v([$()],g.prototype,"tagline");v([$()],g.prototype,"label");v([$({type:Boolean,reflect:!0})],g.prototype,"open");v([L()],g.prototype,"opened");v([E("dialog")],g.prototype,"dialog");v([E("rahdari-composer")],g.prototype,"composer");v([E("rahdari-source")],g.prototype,"viewer");v([E(".log")],g.prototype,"log");M("rahdari-chat",g);

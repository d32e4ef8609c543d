import{i as C,f as I,g as _,a as o,b as i,n as R,r as v,h as T,t as x,d as D,R as q,A as E}from"./styles-CTDJIH-5.js";import{e as F,w as n,c as L,s as P}from"./styles-explore-DN4abk1d.js";var j=Object.defineProperty,p=(e,t,s,r)=>{for(var a=void 0,l=e.length-1,f;l>=0;l--)(f=e[l])&&(a=f(t,s,a)||a);return a&&j(t,s,a),a};const m="rahdari-operator-token",g=140,B=new Set(["sentences","facts","count"]),G=new Set(["title","path","text","asked"]),w=new Set(["first","last","time"]);class K extends E{report(t){return this.call("operator/report",t)}}class c extends C{constructor(){super(...arguments),this.api=null,this.report=null,this.closed=!1,this.notice="",this.unlock=t=>{t.preventDefault(),b(this.field?.value.trim()||null),this.load()},this.forget=()=>{b(null),[this.report,this.closed,this.notice]=[null,!0,""],this.updateComplete.then(()=>this.field?.focus())}}static{this.styles=[...I,F]}connectedCallback(){super.connectedCallback(),this.desk=new K(_(null,this.api)),this.load()}render(){return i`<div class="explore">
      <main>
        <header class="top">
          <div>
            <h1>${n.operator}</h1>
            <p>${n.operatorTagline}</p>
          </div>
          ${this.report?i`<button type="button" class="small" @click=${()=>{this.load()}}>${n.refresh}</button>`:o}
          ${y()&&this.report?i`<button type="button" class="small quiet" @click=${this.forget}>${n.forget}</button>`:o}
        </header>
        <div role="alert">${this.notice?i`<p class="alarm">${this.notice}</p>`:o}</div>
        ${this.closed?this.form():this.report?this.parts(this.report):i`<p class="empty" role="status">${this.notice?o:n.loading}</p>`}
      </main>
    </div>`}form(){return i`<form class="token" @submit=${this.unlock}>
      <label for="token">${n.token}</label>
      <input id="token" type="password" autocomplete="off" required aria-describedby="token-hint" />
      <p id="token-hint">${n.tokenHint}</p>
      <button type="submit" class="small">${n.open}</button>
    </form>`}parts(t){const s=[{file:"documents",name:n.documents,none:n.noDocuments,columns:["title","publisher","published","sentences","facts","id"],rows:t.documents},{file:"left-out",name:n.leftOut,about:n.leftOutAbout,none:n.nothingLeftOut,columns:["path","reason"],rows:t.left_out},{file:"unanswered",name:n.unanswered,about:n.unansweredAbout,columns:["text","status","count","first","last"],none:t.keeps_unanswered?n.nothingUnanswered:n.keptOff,rows:t.unanswered},{file:"feedback",name:n.feedback,about:n.feedbackAbout,none:n.nothingFeedback,columns:["time","verdict","words","asked","answered","documents","channel"],more:["understood","status","text","answer"],rows:t.feedback}];return i`${t.problems.map(r=>i`<p class="alarm">${r}</p>`)}
      ${t.built?i`<p class="found">${n.built(O(t.built))}</p>`:o} ${s.map(r=>this.section(r))}`}section({file:t,name:s,about:r,none:a,columns:l,more:f=[],rows:u}){const k=[...l,...f].filter(d=>d!=="answered"),A=()=>P(t,k,u.map(d=>k.map(h=>S(d[h]??null))));return i`<section class="part" aria-labelledby=${t}>
      <div class="table-head">
        <h2 id=${t}>${s}${u.length?` (${u.length})`:""}</h2>
        ${u.length?i`<button type="button" class="small" aria-label=${n.saveCsvOf(s)} @click=${A}>${n.saveCsv}</button>`:o}
        ${r?i`<p>${r}</p>`:o}
      </div>
      ${u.length?i`<div class="wide" tabindex="0" role="region" aria-label=${s}>
            ${L(s,"",l.map(d=>M(d)),u.map(d=>l.map(h=>U(h,d))))}
          </div>`:i`<p class="found">${a}</p>`}
    </section>`}async load(){const t=y();try{this.report=await this.desk.report(t),[this.closed,this.notice]=[!1,""]}catch(s){const r=s instanceof q;r&&s.status===401?([this.report,this.closed]=[null,!0],this.notice=t?n.wrong:s.message,b(null),await this.updateComplete,this.field&&(this.field.value=""),this.field?.focus()):this.notice=r?s.message:n.unreachable}}}p([R()],c.prototype,"api");p([v()],c.prototype,"report");p([v()],c.prototype,"closed");p([v()],c.prototype,"notice");p([T("input")],c.prototype,"field");let $=null;function y(){try{return sessionStorage.getItem(m)??$}catch{return $}}function b(e){$=e;try{e===null?sessionStorage.removeItem(m):sessionStorage.setItem(m,e)}catch{}}function M(e){return{name:n.head[e]??e,kind:N(e),plain:G.has(e)}}function N(e){return B.has(e)?"of-number":w.has(e)?"of-time":`of-${e}`}function U(e,t){const s=S(t[e]??null);if(e==="title"){const r=x(t.source),a=i`<bdi>${s??t.id}</bdi>`;return r?i`<a href=${r} target="_blank" rel="noopener noreferrer">${a}</a>`:a}return e==="asked"?H(t):e==="answered"?z(t):s===null||s===""?o:w.has(e)?O(String(s)):e==="status"?n.statuses[String(s)]??s:e==="verdict"?n.verdicts[String(s)]??s:typeof s=="number"?s:i`<bdi>${s}</bdi>`}function S(e){return Array.isArray(e)?e.join("; "):e}function H({asked:e,understood:t,answer:s}){if(e==null)return i`<span class="lesser">${n.notKept(String(s))}</span>`;const r=t&&t!==e?i`<p class="lesser">${n.understood} <bdi>${t}</bdi></p>`:o;return i`<bdi>${e}</bdi>${r}`}function z({text:e,status:t}){if(typeof e!="string")return o;const s=i`<p class="lesser">${n.statuses[String(t)]??t}</p>`,r=e.length>g?e.lastIndexOf(" ",g):-1;return r<0?i`<bdi>${e}</bdi>${s}`:i`<details><summary><bdi>${e.slice(0,r)} …</bdi></summary><bdi>${e.slice(r)}</bdi></details>${s}`}function O(e){return new Intl.DateTimeFormat("en-GB",{dateStyle:"medium",timeStyle:"short"}).format(new Date(e))}D("rahdari-operator",c);

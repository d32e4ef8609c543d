import{i as S,f as C,g as O,a as d,b as a,n as _,r as $,h as x,t as A,d as I,R as D,A as R}from"./styles-C1D8_b6L.js";import{e as T,w as t,s as E}from"./styles-explore-CrqTmY5i.js";var P=Object.defineProperty,p=(n,e,s,i)=>{for(var r=void 0,l=n.length-1,o;l>=0;l--)(o=n[l])&&(r=o(e,s,r)||r);return r&&P(e,s,r),r};const b="rahdari-operator-token",q=new Set(["sentences","facts","count"]),g=new Set(["first","last","time"]);class B extends R{report(e){return this.call("operator/report",e)}}class c extends S{constructor(){super(...arguments),this.api=null,this.report=null,this.closed=!1,this.notice="",this.unlock=e=>{e.preventDefault(),f(this.field?.value.trim()||null),this.load()},this.forget=()=>{f(null),[this.report,this.closed,this.notice]=[null,!0,""],this.updateComplete.then(()=>this.field?.focus())}}static{this.styles=[...C,T]}connectedCallback(){super.connectedCallback(),this.desk=new B(O(null,this.api)),this.load()}render(){return a`<div class="explore">
      <main>
        <header class="top">
          <div>
            <h1>${t.operator}</h1>
            <p>${t.operatorTagline}</p>
          </div>
          ${this.report?a`<button type="button" class="small" @click=${()=>{this.load()}}>${t.refresh}</button>`:d}
          ${v()&&this.report?a`<button type="button" class="small quiet" @click=${this.forget}>${t.forget}</button>`:d}
        </header>
        <div role="alert">${this.notice?a`<p class="alarm">${this.notice}</p>`:d}</div>
        ${this.closed?this.form():this.report?this.parts(this.report):a`<p class="empty" role="status">${this.notice?d:t.loading}</p>`}
      </main>
    </div>`}form(){return a`<form class="token" @submit=${this.unlock}>
      <label for="token">${t.token}</label>
      <input id="token" type="password" autocomplete="off" required aria-describedby="token-hint" />
      <p id="token-hint">${t.tokenHint}</p>
      <button type="submit" class="small">${t.open}</button>
    </form>`}parts(e){const s=[{file:"documents",name:t.documents,none:t.noDocuments,columns:["title","publisher","published","sentences","facts","id"],rows:e.documents},{file:"left-out",name:t.leftOut,about:t.leftOutAbout,none:t.nothingLeftOut,columns:["path","reason"],rows:e.left_out},{file:"unanswered",name:t.unanswered,about:t.unansweredAbout,columns:["text","status","count","first","last"],none:e.keeps_unanswered?t.nothingUnanswered:t.keptOff,rows:e.unanswered},{file:"feedback",name:t.feedback,none:t.nothingFeedback,columns:["time","verdict","words","channel","answer"],rows:e.feedback}];return a`${e.problems.map(i=>a`<p class="alarm">${i}</p>`)}
      ${e.built?a`<p class="found">${t.built(y(e.built))}</p>`:d} ${s.map(i=>this.section(i))}`}section({file:e,name:s,about:i,none:r,columns:l,rows:o}){const w=()=>E(e,l,o.map(u=>l.map(h=>u[h]??null)));return a`<section class="part" aria-labelledby=${e}>
      <div class="table-head">
        <h2 id=${e}>${s}${o.length?` (${o.length})`:""}</h2>
        ${o.length?a`<button type="button" class="small" aria-label=${t.saveCsvOf(s)} @click=${w}>${t.saveCsv}</button>`:d}
        ${i?a`<p>${i}</p>`:d}
      </div>
      ${o.length?a`<div class="wide" tabindex="0" role="region" aria-label=${s}>
            <table>
              <thead>
                <tr>${l.map(u=>a`<th scope="col" class=${k(u)}>${t.head[u]}</th>`)}</tr>
              </thead>
              <tbody>
                ${o.map(u=>a`<tr>${l.map(h=>a`<td class=${k(h)}>${F(h,u)}</td>`)}</tr>`)}
              </tbody>
            </table>
          </div>`:a`<p class="found">${r}</p>`}
    </section>`}async load(){const e=v();try{this.report=await this.desk.report(e),[this.closed,this.notice]=[!1,""]}catch(s){const i=s instanceof D;i&&s.status===401?([this.report,this.closed]=[null,!0],this.notice=e?t.wrong:s.message,f(null),await this.updateComplete,this.field&&(this.field.value=""),this.field?.focus()):this.notice=i?s.message:t.unreachable}}}p([_()],c.prototype,"api");p([$()],c.prototype,"report");p([$()],c.prototype,"closed");p([$()],c.prototype,"notice");p([x("input")],c.prototype,"field");let m=null;function v(){try{return sessionStorage.getItem(b)??m}catch{return m}}function f(n){m=n;try{n===null?sessionStorage.removeItem(b):sessionStorage.setItem(b,n)}catch{}}function k(n){return q.has(n)?"of-number":g.has(n)?"of-time":`of-${n}`}function F(n,e){const s=e[n]??null;if(n==="title"){const i=A(e.source),r=a`<bdi>${s??e.id}</bdi>`;return i?a`<a href=${i} target="_blank" rel="noopener noreferrer">${r}</a>`:r}return s===null?d:g.has(n)?y(String(s)):n==="status"?t.statuses[String(s)]??s:n==="verdict"?t.verdicts[String(s)]??s:typeof s=="number"?s:a`<bdi>${s}</bdi>`}function y(n){return new Intl.DateTimeFormat("en-GB",{dateStyle:"medium",timeStyle:"short"}).format(new Date(n))}I("rahdari-operator",c);

(function(){"use strict";const F=globalThis,ne=F.ShadowRoot&&(F.ShadyCSS===void 0||F.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,re=Symbol(),ye=new WeakMap;let _e=class{constructor(e,t,s){if(this._$cssResult$=!0,s!==re)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o;const t=this.t;if(ne&&e===void 0){const s=t!==void 0&&t.length===1;s&&(e=ye.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&ye.set(t,e))}return e}toString(){return this.cssText}};const ot=n=>new _e(typeof n=="string"?n:n+"",void 0,re),j=(n,...e)=>{const t=n.length===1?n[0]:e.reduce((s,i,r)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(i)+n[r+1],n[0]);return new _e(t,n,re)},at=(n,e)=>{if(ne)n.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(const t of e){const s=document.createElement("style"),i=F.litNonce;i!==void 0&&s.setAttribute("nonce",i),s.textContent=t.cssText,n.appendChild(s)}},xe=ne?n=>n:n=>n instanceof CSSStyleSheet?(e=>{let t="";for(const s of e.cssRules)t+=s.cssText;return ot(t)})(n):n;const{is:lt,defineProperty:ht,getOwnPropertyDescriptor:ct,getOwnPropertyNames:dt,getOwnPropertySymbols:ut,getPrototypeOf:pt}=Object,J=globalThis,ke=J.trustedTypes,ft=ke?ke.emptyScript:"",mt=J.reactiveElementPolyfillSupport,I=(n,e)=>n,Q={toAttribute(n,e){switch(e){case Boolean:n=n?ft:null;break;case Object:case Array:n=n==null?n:JSON.stringify(n)}return n},fromAttribute(n,e){let t=n;switch(e){case Boolean:t=n!==null;break;case Number:t=n===null?null:Number(n);break;case Object:case Array:try{t=JSON.parse(n)}catch{t=null}}return t}},oe=(n,e)=>!lt(n,e),Ae={attribute:!0,type:String,converter:Q,reflect:!1,useDefault:!1,hasChanged:oe};Symbol.metadata??=Symbol("metadata"),J.litPropertyMetadata??=new WeakMap;let P=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=Ae){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){const s=Symbol(),i=this.getPropertyDescriptor(e,s,t);i!==void 0&&ht(this.prototype,e,i)}}static getPropertyDescriptor(e,t,s){const{get:i,set:r}=ct(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:i,set(o){const l=i?.call(this);r?.call(this,o),this.requestUpdate(e,l,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Ae}static _$Ei(){if(this.hasOwnProperty(I("elementProperties")))return;const e=pt(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(I("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(I("properties"))){const t=this.properties,s=[...dt(t),...ut(t)];for(const i of s)this.createProperty(i,t[i])}const e=this[Symbol.metadata];if(e!==null){const t=litPropertyMetadata.get(e);if(t!==void 0)for(const[s,i]of t)this.elementProperties.set(s,i)}this._$Eh=new Map;for(const[t,s]of this.elementProperties){const i=this._$Eu(t,s);i!==void 0&&this._$Eh.set(i,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){const t=[];if(Array.isArray(e)){const s=new Set(e.flat(1/0).reverse());for(const i of s)t.unshift(xe(i))}else e!==void 0&&t.push(xe(e));return t}static _$Eu(e,t){const s=t.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){const e=new Map,t=this.constructor.elementProperties;for(const s of t.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){const e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return at(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,s){this._$AK(e,s)}_$ET(e,t){const s=this.constructor.elementProperties.get(e),i=this.constructor._$Eu(e,s);if(i!==void 0&&s.reflect===!0){const r=(s.converter?.toAttribute!==void 0?s.converter:Q).toAttribute(t,s.type);this._$Em=e,r==null?this.removeAttribute(i):this.setAttribute(i,r),this._$Em=null}}_$AK(e,t){const s=this.constructor,i=s._$Eh.get(e);if(i!==void 0&&this._$Em!==i){const r=s.getPropertyOptions(i),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:Q;this._$Em=i;const l=o.fromAttribute(t,r.type);this[i]=l??this._$Ej?.get(i)??l,this._$Em=null}}requestUpdate(e,t,s,i=!1,r){if(e!==void 0){const o=this.constructor;if(i===!1&&(r=this[e]),s??=o.getPropertyOptions(e),!((s.hasChanged??oe)(r,t)||s.useDefault&&s.reflect&&r===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,s))))return;this.C(e,t,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:s,reflect:i,wrapped:r},o){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),r!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(t=void 0),this._$AL.set(e,t)),i===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}const e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[i,r]of this._$Ep)this[i]=r;this._$Ep=void 0}const s=this.constructor.elementProperties;if(s.size>0)for(const[i,r]of s){const{wrapped:o}=r,l=this[i];o!==!0||this._$AL.has(i)||l===void 0||this.C(i,void 0,r,l)}}let e=!1;const t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(t)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};P.elementStyles=[],P.shadowRootOptions={mode:"open"},P[I("elementProperties")]=new Map,P[I("finalized")]=new Map,mt?.({ReactiveElement:P}),(J.reactiveElementVersions??=[]).push("2.1.2");const ae=globalThis,Se=n=>n,X=ae.trustedTypes,Ee=X?X.createPolicy("lit-html",{createHTML:n=>n}):void 0,Ce="$lit$",A=`lit$${Math.random().toFixed(9).slice(2)}$`,Oe="?"+A,gt=`<${Oe}>`,S=document,D=()=>S.createComment(""),B=n=>n===null||typeof n!="object"&&typeof n!="function",le=Array.isArray,vt=n=>le(n)||typeof n?.[Symbol.iterator]=="function",he=`[ 	
\f\r]`,W=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Me=/-->/g,Te=/>/g,E=RegExp(`>|${he}(?:([^\\s"'>=/]+)(${he}*=${he}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Pe=/'/g,Ue=/"/g,Re=/^(?:script|style|textarea|title)$/i,Le=n=>(e,...t)=>({_$litType$:n,strings:e,values:t}),h=Le(1),y=Le(2),C=Symbol.for("lit-noChange"),u=Symbol.for("lit-nothing"),qe=new WeakMap,O=S.createTreeWalker(S,129);function He(n,e){if(!le(n)||!n.hasOwnProperty("raw"))throw Error("invalid template strings array");return Ee!==void 0?Ee.createHTML(e):e}const bt=(n,e)=>{const t=n.length-1,s=[];let i,r=e===2?"<svg>":e===3?"<math>":"",o=W;for(let l=0;l<t;l++){const a=n[l];let p,f,d=-1,g=0;for(;g<a.length&&(o.lastIndex=g,f=o.exec(a),f!==null);)g=o.lastIndex,o===W?f[1]==="!--"?o=Me:f[1]!==void 0?o=Te:f[2]!==void 0?(Re.test(f[2])&&(i=RegExp("</"+f[2],"g")),o=E):f[3]!==void 0&&(o=E):o===E?f[0]===">"?(o=i??W,d=-1):f[1]===void 0?d=-2:(d=o.lastIndex-f[2].length,p=f[1],o=f[3]===void 0?E:f[3]==='"'?Ue:Pe):o===Ue||o===Pe?o=E:o===Me||o===Te?o=W:(o=E,i=void 0);const m=o===E&&n[l+1].startsWith("/>")?" ":"";r+=o===W?a+gt:d>=0?(s.push(p),a.slice(0,d)+Ce+a.slice(d)+A+m):a+A+(d===-2?l:m)}return[He(n,r+(n[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]};class V{constructor({strings:e,_$litType$:t},s){let i;this.parts=[];let r=0,o=0;const l=e.length-1,a=this.parts,[p,f]=bt(e,t);if(this.el=V.createElement(p,s),O.currentNode=this.el.content,t===2||t===3){const d=this.el.content.firstChild;d.replaceWith(...d.childNodes)}for(;(i=O.nextNode())!==null&&a.length<l;){if(i.nodeType===1){if(i.hasAttributes())for(const d of i.getAttributeNames())if(d.endsWith(Ce)){const g=f[o++],m=i.getAttribute(d).split(A),v=/([.?@])?(.*)/.exec(g);a.push({type:1,index:r,name:v[2],strings:m,ctor:v[1]==="."?wt:v[1]==="?"?yt:v[1]==="@"?_t:ee}),i.removeAttribute(d)}else d.startsWith(A)&&(a.push({type:6,index:r}),i.removeAttribute(d));if(Re.test(i.tagName)){const d=i.textContent.split(A),g=d.length-1;if(g>0){i.textContent=X?X.emptyScript:"";for(let m=0;m<g;m++)i.append(d[m],D()),O.nextNode(),a.push({type:2,index:++r});i.append(d[g],D())}}}else if(i.nodeType===8)if(i.data===Oe)a.push({type:2,index:r});else{let d=-1;for(;(d=i.data.indexOf(A,d+1))!==-1;)a.push({type:7,index:r}),d+=A.length-1}r++}}static createElement(e,t){const s=S.createElement("template");return s.innerHTML=e,s}}function U(n,e,t=n,s){if(e===C)return e;let i=s!==void 0?t._$Co?.[s]:t._$Cl;const r=B(e)?void 0:e._$litDirective$;return i?.constructor!==r&&(i?._$AO?.(!1),r===void 0?i=void 0:(i=new r(n),i._$AT(n,t,s)),s!==void 0?(t._$Co??=[])[s]=i:t._$Cl=i),i!==void 0&&(e=U(n,i._$AS(n,e.values),i,s)),e}class $t{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){const{el:{content:t},parts:s}=this._$AD,i=(e?.creationScope??S).importNode(t,!0);O.currentNode=i;let r=O.nextNode(),o=0,l=0,a=s[0];for(;a!==void 0;){if(o===a.index){let p;a.type===2?p=new R(r,r.nextSibling,this,e):a.type===1?p=new a.ctor(r,a.name,a.strings,this,e):a.type===6&&(p=new xt(r,this,e)),this._$AV.push(p),a=s[++l]}o!==a?.index&&(r=O.nextNode(),o++)}return O.currentNode=S,i}p(e){let t=0;for(const s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,t),t+=s.strings.length-2):s._$AI(e[t])),t++}}class R{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,s,i){this.type=2,this._$AH=u,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=s,this.options=i,this._$Cv=i?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode;const t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=U(this,e,t),B(e)?e===u||e==null||e===""?(this._$AH!==u&&this._$AR(),this._$AH=u):e!==this._$AH&&e!==C&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):vt(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==u&&B(this._$AH)?this._$AA.nextSibling.data=e:this.T(S.createTextNode(e)),this._$AH=e}$(e){const{values:t,_$litType$:s}=e,i=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=V.createElement(He(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===i)this._$AH.p(t);else{const r=new $t(i,this),o=r.u(this.options);r.p(t),this.T(o),this._$AH=r}}_$AC(e){let t=qe.get(e.strings);return t===void 0&&qe.set(e.strings,t=new V(e)),t}k(e){le(this._$AH)||(this._$AH=[],this._$AR());const t=this._$AH;let s,i=0;for(const r of e)i===t.length?t.push(s=new R(this.O(D()),this.O(D()),this,this.options)):s=t[i],s._$AI(r),i++;i<t.length&&(this._$AR(s&&s._$AB.nextSibling,i),t.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){const s=Se(e).nextSibling;Se(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}}class ee{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,s,i,r){this.type=1,this._$AH=u,this._$AN=void 0,this.element=e,this.name=t,this._$AM=i,this.options=r,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=u}_$AI(e,t=this,s,i){const r=this.strings;let o=!1;if(r===void 0)e=U(this,e,t,0),o=!B(e)||e!==this._$AH&&e!==C,o&&(this._$AH=e);else{const l=e;let a,p;for(e=r[0],a=0;a<r.length-1;a++)p=U(this,l[s+a],t,a),p===C&&(p=this._$AH[a]),o||=!B(p)||p!==this._$AH[a],p===u?e=u:e!==u&&(e+=(p??"")+r[a+1]),this._$AH[a]=p}o&&!i&&this.j(e)}j(e){e===u?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}}class wt extends ee{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===u?void 0:e}}class yt extends ee{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==u)}}class _t extends ee{constructor(e,t,s,i,r){super(e,t,s,i,r),this.type=5}_$AI(e,t=this){if((e=U(this,e,t,0)??u)===C)return;const s=this._$AH,i=e===u&&s!==u||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,r=e!==u&&(s===u||i);i&&this.element.removeEventListener(this.name,this,s),r&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}}class xt{constructor(e,t,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){U(this,e)}}const kt={I:R},At=ae.litHtmlPolyfillSupport;At?.(V,R),(ae.litHtmlVersions??=[]).push("3.3.3");const St=(n,e,t)=>{const s=t?.renderBefore??e;let i=s._$litPart$;if(i===void 0){const r=t?.renderBefore??null;s._$litPart$=i=new R(e.insertBefore(D(),r),r,void 0,t??{})}return i._$AI(n),i};const ce=globalThis;let L=class extends P{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){const t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=St(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return C}};L._$litElement$=!0,L.finalized=!0,ce.litElementHydrateSupport?.({LitElement:L});const Et=ce.litElementPolyfillSupport;Et?.({LitElement:L}),(ce.litElementVersions??=[]).push("4.2.2");const Ct={attribute:!0,type:String,converter:Q,reflect:!1,hasChanged:oe},Ot=(n=Ct,e,t)=>{const{kind:s,metadata:i}=t;let r=globalThis.litPropertyMetadata.get(i);if(r===void 0&&globalThis.litPropertyMetadata.set(i,r=new Map),s==="setter"&&((n=Object.create(n)).wrapped=!0),r.set(t.name,n),s==="accessor"){const{name:o}=t;return{set(l){const a=e.get.call(this);e.set.call(this,l),this.requestUpdate(o,a,n,!0,l)},init(l){return l!==void 0&&this.C(o,void 0,n,l),l}}}if(s==="setter"){const{name:o}=t;return function(l){const a=this[o];e.call(this,l),this.requestUpdate(o,a,n,!0,l)}}throw Error("Unsupported decorator location: "+s)};function b(n){return(e,t)=>typeof t=="object"?Ot(n,e,t):((s,i,r)=>{const o=i.hasOwnProperty(r);return i.constructor.createProperty(r,s),o?Object.getOwnPropertyDescriptor(i,r):void 0})(n,e,t)}function M(n){return b({...n,state:!0,attribute:!1})}const Mt=(n,e,t)=>(t.configurable=!0,t.enumerable=!0,Reflect.decorate&&typeof e!="object"&&Object.defineProperty(n,e,t),t);function q(n,e){return(t,s,i)=>{const r=o=>o.renderRoot?.querySelector(n)??null;return Mt(t,s,{get(){return r(this)}})}}const Tt={CHILD:2},Pt=n=>(...e)=>({_$litDirective$:n,values:e});let Ut=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,s){this._$Ct=e,this._$AM=t,this._$Ci=s}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};const{I:Rt}=kt,Ne=n=>n,ze=()=>document.createComment(""),G=(n,e,t)=>{const s=n._$AA.parentNode,i=e===void 0?n._$AB:e._$AA;if(t===void 0){const r=s.insertBefore(ze(),i),o=s.insertBefore(ze(),i);t=new Rt(r,o,n,n.options)}else{const r=t._$AB.nextSibling,o=t._$AM,l=o!==n;if(l){let a;t._$AQ?.(n),t._$AM=n,t._$AP!==void 0&&(a=n._$AU)!==o._$AU&&t._$AP(a)}if(r!==i||l){let a=t._$AA;for(;a!==r;){const p=Ne(a).nextSibling;Ne(s).insertBefore(a,i),a=p}}}return t},T=(n,e,t=n)=>(n._$AI(e,t),n),Lt={},qt=(n,e=Lt)=>n._$AH=e,Ht=n=>n._$AH,de=n=>{n._$AR(),n._$AA.remove()};const je=(n,e,t)=>{const s=new Map;for(let i=e;i<=t;i++)s.set(n[i],i);return s},Nt=Pt(class extends Ut{constructor(n){if(super(n),n.type!==Tt.CHILD)throw Error("repeat() can only be used in text expressions")}dt(n,e,t){let s;t===void 0?t=e:e!==void 0&&(s=e);const i=[],r=[];let o=0;for(const l of n)i[o]=s?s(l,o):o,r[o]=t(l,o),o++;return{values:r,keys:i}}render(n,e,t){return this.dt(n,e,t).values}update(n,[e,t,s]){const i=Ht(n),{values:r,keys:o}=this.dt(e,t,s);if(!Array.isArray(i))return this.ut=o,r;const l=this.ut??=[],a=[];let p,f,d=0,g=i.length-1,m=0,v=r.length-1;for(;d<=g&&m<=v;)if(i[d]===null)d++;else if(i[g]===null)g--;else if(l[d]===o[m])a[m]=T(i[d],r[m]),d++,m++;else if(l[g]===o[v])a[v]=T(i[g],r[v]),g--,v--;else if(l[d]===o[v])a[v]=T(i[d],r[v]),G(n,a[v+1],i[d]),d++,v--;else if(l[g]===o[m])a[m]=T(i[g],r[m]),G(n,i[d],i[g]),g--,m++;else if(p===void 0&&(p=je(o,m,v),f=je(l,d,g)),p.has(l[d]))if(p.has(l[g])){const k=f.get(o[m]),we=k!==void 0?i[k]:null;if(we===null){const rt=G(n,i[d]);T(rt,r[m]),a[m]=rt}else a[m]=T(we,r[m]),G(n,i[d],we),i[k]=null;m++}else de(i[g]),g--;else de(i[d]),d++;for(;m<=v;){const k=G(n,a[v+1]);T(k,r[m]),a[m++]=k}for(;d<=g;){const k=i[d++];k!==null&&de(k)}return this.ut=o,qt(n,a),C}});async function zt(n,e){try{return await navigator.clipboard.writeText(n),!0}catch{}const t=e.getRootNode().activeElement,s=document.createElement("textarea");s.value=n,s.className="unseen",e.appendChild(s),s.select();let i=!1;try{i=document.execCommand("copy")}catch{i=!1}return s.remove(),t instanceof HTMLElement&&t.focus(),i}function _(n){return y`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${n}</svg>`}const ue=_(y`<path d="M4 21V11a8 8 0 0 1 16 0v10M9 21v-9a3 3 0 0 1 6 0v9M2 21h20" />`),pe=_(y`<path d="M6 6l12 12M18 6L6 18" />`),Ie=_(y`<path d="M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5" />`),De=_(y`<path d="M12 19V5M6 11l6-6 6 6" />`),Be=_(y`<path d="M9 9h11v11H9zM5 15H4V4h11v1" />`),We=_(y`<path d="M5 13l4 4L19 7" />`),jt=_(y`<path d="M7 11v9H4v-9zM7 11l4-8c1.7 0 2.5 1 2.2 2.6L12.6 9H19a1.6 1.6 0 0 1 1.6 2l-1.7 7.4A2 2 0 0 1 17 20H7" />`),It=_(y`<path d="M7 13V4H4v9zM7 13l4 8c1.7 0 2.5-1 2.2-2.6L12.6 15H19a1.6 1.6 0 0 0 1.6-2l-1.7-7.4A2 2 0 0 0 17 4H7" />`),Ve=_(y`<path d="M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5" />`),Dt=Object.freeze(Object.defineProperty({__proto__:null,anew:Ie,arch:ue,check:We,close:pe,copy:Be,down:It,outward:Ve,send:De,up:jt},Symbol.toStringTag,{value:"Module"})),c={heading:"Rahdari",tagline:"Answers out of documents, each with the sentence it stands on",launcher:"Ask the documents",close:"Close",startOver:"Start over",startOverAsked:"Start over? This conversation is then gone, in every tab.",startOverYes:"Yes, start over",startOverNo:"No, keep it",conversation:"Conversation",you:"You",question:"Your question",placeholder:"Ask a question",send:"Send",looking:"Looking it up",waits:"Asked as soon as the question before it has its answer",loading:"Opening the conversation",offline:"You are offline. What you ask is sent as soon as you are back.",forOwner:(n,e)=>`rahdari-chat: ${n} This page's site is ${e}`,unreachable:"The bot cannot be reached just now.",trying:"It is tried again by itself; what you ask is kept.",tryNow:"Try now",startersLabel:"Questions to begin with",suggestionsLabel:"Questions to ask next",choicesLabel:"Which is meant",sources:"Sources",source:n=>`Source ${n}`,nearest:"the nearest they say",differ:"These sources differ",otherSources:"Other sources",labels:"How certain it is, and who says it",modality:{proposed:"Proposed",planned:"Planned",agreed:"Agreed",under_way:"Under way",done:"Done",cancelled:"Cancelled",stated:"Stated"},speaker:n=>`According to ${n}`,copy:"Copy answer and sources",copied:"Copied",notCopied:"Could not be copied",good:"Good answer",bad:"Bad answer",words:{up:"What was good about it?",down:"What was wrong with it?"},sendWords:"Send",skipWords:"Not now",thanks:"Thank you, that is kept.",notKept:"That could not be kept; try again in a moment.",documentText:"Text of the document",table:"Table",original:"Open the original",alsoIn:"The same text also in",earlier:"Show earlier text",later:"Show later text",closeSource:"Close the source",opening:"Opening the document",notOpened:"The document could not be opened."},Bt=/^[ \t]*(?:\|[ \t]*)?:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*(?:\n|$)/gm,Wt=/^[ \t]*\|(.*)\|[ \t]*$/gm,Vt=[[/^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/gm,"$1"],[/^ {0,3}(?:>[ \t]?)+/gm,""],[/^([ \t]*)[*+][ \t]+(?=\S)/gm,"$1- "],[/!?\[([^[\]\n]*)\]\((?:<[^<>\n]*>|[^\s()<>]+)(?:[ \t]+"[^"\n]*")?\)/g,"$1"],[/<((?:https?:\/\/|mailto:)[^\s<>]+)>/g,"$1"]],Gt=/(`{1,3})(?!`)([^`\n]+)\1(?!`)/g,Yt=String.raw`((?:[^\s*_~\\]|\\.)|(?:[^\s~\\]|\\.)(?:[^\n\\]|\\.|\n(?!\s*\n)){0,300}?[^\s~\\])`,Kt=["***","**","__","~~","*","_"].map(n=>{const[e,t]=[n.charAt(0),n.replaceAll("*","\\*")];return new RegExp(String.raw`(^|[^\p{L}\p{N}_\\${e}])${t}(?![\s${e}])${Yt}${t}(?![\p{L}\p{N}_${e}])`,"gu")}),Zt=/(^|[\s(“"])(?:\*{2,3}|__)(?=[^\s*_])|([^\s*_\\])(?:\*{2,3}|__)(?=$|[\s.,;:!?)”"])/g,Ft=/\\([\\`*_{}[\]()#+.!|<>~-])/g;function H(n){let e=n.replace(Bt,t=>t.includes("|")?"":t);e=e.replace(Wt,(t,s)=>Ge(s).map(i=>i.text.trim()).filter(Boolean).join(" · "));for(const[t,s]of Vt)e=e.replace(t,s);e=e.replace(Gt,(t,s,i)=>i.trim());for(const t of Kt)e=e.replace(t,"$1$2");return e=e.replace(Zt,(t,s,i)=>s??i??""),e.replace(Ft,"$1")}function Jt(n){return H(n).replace(/\s+/g," ").trim()}function Ge(n,e=0){const t=[{text:"",start:e}];let s=e;for(const i of n.match(/\\.|\\|\||[^\\|]+/g)??[])s+=i.length,i==="|"?t.push({text:"",start:s}):t.at(-1).text+=i;return t}function Qt(n,e,t){return h`${Xt(n).map(s=>s.table?ts(s,e,t):es(s,e,t))}`}function Xt(n){const e=[];let t=0;for(const s of n.match(/[^\n]*\n|[^\n]+/g)??[]){const i=/^[ \t]*\|.*\|\s*$/.test(s),r=e.at(-1);r?.table===i?r.lines.push(s):e.push({start:t,lines:[s],table:i}),t+=s.length}return e}function es({start:n,lines:e},t,s){const i=e.join(""),[r,o]=[t-n,s-n].map(a=>Math.min(i.length,Math.max(0,a))),l=i.slice(r,o);return h`${H(i.slice(0,r))}${l?h`<mark>${H(l)}</mark>`:u}${H(i.slice(o))}`}function ts({start:n,lines:e},t,s){let i=n;const r=e.map(p=>{const[f,d]=[p.indexOf("|")+1,p.lastIndexOf("|")],g={rules:/^[\s|:-]+$/.test(p),cells:Ge(p.slice(f,d),i+f)};return i+=p.length,g}),o=({text:p,start:f})=>{const d=H(p.trim());return d&&f<s&&f+p.length>t?h`<mark>${d}</mark>`:d},l=r[1]?.rules?r[0]:void 0,a=r.filter(p=>p!==l&&!p.rules);return h`<div class="table" tabindex="0" role="group" aria-label=${c.table}><table>
    ${l?h`<thead><tr>${l.cells.map(p=>h`<th scope="col">${o(p)}</th>`)}</tr></thead>`:u}
    <tbody>${a.map(p=>h`<tr>${p.cells.map(f=>h`<td>${o(f)}</td>`)}</tr>`)}</tbody>
  </table></div>`}class te extends L{createRenderRoot(){return this}tell(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0}))}}function Y(n,e){customElements.get(n)||customElements.define(n,e)}function Ye(n){return[n.title??n.document,n.publisher,Ze(n.published)].filter(me)}function ss(n,e){const t=n.title!==e.title?n.title:null;return(n.publisher!==e.publisher?n.publisher:null)??t??n.document}function Ke(n){return/^\s*["“«„]|["”»“]\s*$/.test(n)}function Ze(n){if(!n||!/^\d{4}-\d{2}-\d{2}$/.test(n))return n;const e={day:"numeric",month:"long",year:"numeric",timeZone:"UTC"};return new Intl.DateTimeFormat("en-GB",e).format(new Date(`${n}T00:00:00Z`))}function is(n,e){const t=n.citations.map(i=>`[${i.id}]`).join(""),s=n.citations.map(i=>{const r=[...Ye(i),fe(e[i.document])].filter(me).join(", "),o=Jt(i.quote);return`[${i.id}] ${Ke(o)?o:`“${o}”`} — ${r}`});return[`${n.text} ${t}`.trim(),...s].join(`
`)}function ns(n){return n.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,"�")}function Fe(n,e){const t=n.facts.filter(a=>rs(n,a)===e),s=t.map(a=>a.modality).filter(a=>a!=="stated"),i=t.map(a=>a.speaker).filter(me),r=Qe(s),o=r.length>1?r.filter(a=>a!=="done"):r,l=i.length&&!s.length?["stated"]:[];return[...[...o,...l].map(a=>c.modality[a]??a),...Qe(i).map(c.speaker)]}function rs(n,e){const t=(r,o)=>Je(r.quote).includes(Je(o)),s=n.citations.filter(r=>t(r,e.object)),i=r=>r.quote.trimStart().startsWith("|")&&t(r,e.subject);return s.find(r=>t(r,e.subject))??s[0]??n.citations.find(i)}function Je(n){return n.replace(/[\s*_]+/g," ").trim()}function os(n){const e=new Map;for(const s of n.filter(i=>i.against?.length)){const i=String(s.against);e.set(i,[...e.get(i)??[],s])}return{differing:[...e.values()],others:n.filter(s=>!s.against?.length)}}function as(n){const[e,...t]=n.citations;return e&&t.length&&t.every(s=>s.document===e.document)?e:null}function fe(n){return n&&/^(?:https?:\/\/|mailto:)[^\s]/i.test(n)?n:null}function me(n){return n!=null&&n!==""}function Qe(n){return[...new Set(n)]}var ls=Object.defineProperty,K=(n,e,t,s)=>{for(var i=void 0,r=n.length-1,o;r>=0;r--)(o=n[r])&&(i=o(e,t,i)||i);return i&&ls(e,t,i),i};const hs=2500;class N extends te{constructor(){super(...arguments),this.chosen="",this.copied="",this.wording=null,this.thanked=!1,this.copy=async()=>{const e=await zt(is(this.entry.answer,this.entry.links),this);this.copied=e?"yes":"no",setTimeout(()=>this.copied="",hs)}}render(){const{answer:e}=this.entry;return h`
      <div class="bubble">
        <p class="said" dir="auto">${e.text}${e.citations.map(t=>this.mark(t))}</p>
        ${this.labels()} ${e.citations.length?this.sources():u}
      </div>
      ${this.entry.rateable?this.tools():u}
      ${e.suggestions.length?this.chips():u}
    `}mark(e){const t=`${c.source(e.id)}: ${e.title??e.document}`;return h`<button type="button" class="mark" aria-label=${t} @click=${i=>this.open(i,e)}>${e.id}</button>`}labels(){const e=Fe(this.entry.answer);return e.length?h`<ul class="labels" aria-label=${c.labels}>
      ${e.map(t=>h`<li class="label" dir="auto">${t}</li>`)}
    </ul>`:u}labelsOf(e){const t=Fe(this.entry.answer,e);return t.length?h`<span class="labels">${t.map(s=>h`<bdi class="label">${s}</bdi><span class="unseen">, </span>`)}</span>`:u}sources(){const{answer:e}=this.entry,t=as(e),{differing:s,others:i}=os(e.citations),[r,o]=[`sources-${e.id}`,`others-${e.id}`],l=a=>a.map(p=>this.source(p,!t));return h`<section class="sources" aria-labelledby=${s.length?r:o}>
      ${s.length?h`<p id=${r} class="title differ">${c.differ}</p>
            <ol class="sides">
              ${s.map(a=>h`<li>${l(a)}</li>`)}
            </ol>`:u}
      ${i.length?h`<p id=${o} class="title">${s.length?c.otherSources:c.sources}</p>
            ${t?this.whence(t):u}
            <ol>
              ${l(i).map(a=>h`<li>${a}</li>`)}
            </ol>`:u}
    </section>`}whence(e){const[t,...s]=Ye(e);return h`<span class="whence"
      ><bdi class="title">${t}</bdi>${s.map(i=>h`<span class="dot"> · </span><bdi>${i}</bdi>`)}</span
    >`}source(e,t){const s=this.chosen===`${this.entry.id}/${e.id}`;return h`<button
      type="button"
      class="source"
      aria-expanded=${s?"true":"false"}
      @click=${i=>this.open(i,e)}
    >
      <span class="number"><span class="unseen">${c.source(e.id)}: </span><span aria-hidden="true">${e.id}</span></span>
      <span class="about">
        ${e.role==="nearest"?h`<span class="nearest">${c.nearest}</span>`:u}
        <q class="quote ${Ke(e.quote)?"bare":""}" dir="auto">${H(e.quote.trim())}</q>
        ${t?this.whence(e):u}
        ${this.labelsOf(e)}
      </span>
    </button>`}tools(){const{verdict:e}=this.entry,t={"":"",yes:c.copied,no:c.notCopied}[this.copied];return h`<div class="tools" aria-live="off">
        <button type="button" class="tool" aria-label=${c.copy} title=${c.copy} @click=${this.copy}>
          ${this.copied==="yes"?We:Be}
        </button>
        ${this.thumb("up",c.good,e)} ${this.thumb("down",c.bad,e)}
        <span class="told" role="status">${t||(this.thanked?c.thanks:"")}</span>
      </div>
      ${this.wording?this.words(this.wording):u}`}thumb(e,t,s){return h`<button
      type="button"
      class="tool"
      aria-label=${t}
      title=${t}
      aria-pressed=${s===e?"true":"false"}
      @click=${()=>{this.thanked=!1,this.wording=e,this.rate(e,null,!1),this.updateComplete.then(()=>this.querySelector(".words input")?.focus())}}
    >
      ${Dt[e]}
    </button>`}words(e){const t=`words-${this.entry.id}`,s=()=>{this.wording=null,this.querySelector('.tool[aria-pressed="true"]')?.focus()};return h`<form class="words" aria-live="off" @submit=${o=>{o.preventDefault();const l=this.querySelector(".words input");l?.value.trim()&&this.rate(e,l.value.trim(),!0),s()}} @keydown=${o=>{o.key==="Escape"&&(o.preventDefault(),s())}}>
      <label for=${t}>${c.words[e]}</label>
      <input id=${t} type="text" maxlength="500" dir="auto" autocomplete="off" />
      <button type="submit" class="small">${c.sendWords}</button>
      <button type="button" class="small quiet" @click=${s}>${c.skipWords}</button>
    </form>`}chips(){const{answer:e}=this.entry,t=e.status==="clarify"?c.choicesLabel:c.suggestionsLabel;return Xe(e.suggestions,t,s=>this.tell("suggest",s))}open(e,t){const s={citation:t,opener:e.currentTarget};this.tell("open-source",s)}rate(e,t,s){const i=o=>this.thanked=o&&s,r={id:this.entry.id,verdict:e,words:t,kept:i};this.tell("rate",r)}}K([b({attribute:!1})],N.prototype,"entry"),K([b()],N.prototype,"chosen"),K([M()],N.prototype,"copied"),K([M()],N.prototype,"wording"),K([M()],N.prototype,"thanked");function Xe(n,e,t){return h`<div class="chips" role="group" aria-label=${e}>
    ${n.map(s=>h`<button type="button" class="chip" dir="auto" @click=${()=>t(s)}>${s}</button>`)}
  </div>`}Y("rahdari-answer",N);const cs=12e3;class x extends Error{constructor(e,t,s){super(t),this.status=e,this.waitMs=s}}class se extends Error{}class ds{constructor(e){this.base=e,this.told=!1}async session(){return(await this.call("session",null,{})).token}greeting(){return this.call("greeting",null)}history(e){return this.call("history",e)}message(e,t,s){return this.call("message",e,{nonce:t,message:s})}restart(e){return this.call("restart",e,{})}feedback(e,t,s,i){return this.call("feedback",e,{answer:t,verdict:s,words:i})}passage(e,t,s,i){return this.call(`document/${encodeURIComponent(t)}?start=${s}&end=${i}`,e)}piece(e,t,s,i){return this.call(`document/${encodeURIComponent(t)}?from=${s}&to=${i}`,e)}async call(e,t,s){const i={};t&&(i.Authorization=`Bearer ${t}`),s&&(i["Content-Type"]="application/json");const r={headers:i,method:s?"POST":"GET",credentials:"omit",cache:"no-store"};s&&(r.body=JSON.stringify(s));const o=new AbortController,l=setTimeout(()=>o.abort(),cs);try{const a=await fetch(this.base+e,{...r,signal:o.signal}),p=JSON.parse(await a.text(),(f,d)=>typeof d=="string"?ns(d):d);if(a.ok)return p;throw typeof p.error!="string"?new se:new x(a.status,p.error,1e3*Number(a.headers.get("Retry-After")??0))}catch(a){const p=a instanceof x?a:await this.why(e);throw p instanceof x&&p.status===403&&this.tellOwner(p.message),p}finally{clearTimeout(l)}}async why(e){if(e==="greeting"||new URL(this.base,location.href).origin===location.origin)return new se;const t=await this.greeting().then(()=>null,s=>s);return t instanceof x&&t.status===403?t:new se}tellOwner(e){this.told||console.error(c.forOwner(e,location.origin)),this.told=!0}}var us=Object.defineProperty,et=(n,e,t,s)=>{for(var i=void 0,r=n.length-1,o;r>=0;r--)(o=n[r])&&(i=o(e,t,i)||i);return i&&us(e,t,i),i};const ps=4e3;class ge extends te{constructor(){super(...arguments),this.draft=""}focus(){this.field?.focus({preventScroll:!0})}restore(e){this.field&&!this.field.value&&(this.field.value=e),this.typed()}firstUpdated(){this.draft&&this.restore(this.draft)}render(){return h`<form class="composer" @submit=${this.submit}>
      <label class="unseen" for="question">${c.question}</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${ps}
        dir="auto"
        placeholder=${c.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        @input=${this.typed}
        @keydown=${this.key}
      ></textarea>
      <button type="submit" class="send" aria-label=${c.send} title=${c.send}>
        ${De}
      </button>
    </form>`}submit(e){e.preventDefault();const t=this.field?.value.trim();!t||!this.field||(this.field.value="",this.typed(),this.tell("ask",t))}key(e){e.key!=="Enter"||e.shiftKey||e.isComposing||this.submit(e)}typed(){this.field&&(this.tell("draft",this.field.value),this.field.style.height="auto",this.field.style.height=`${this.field.scrollHeight+2}px`)}}et([b({attribute:!1})],ge.prototype,"draft"),et([q("textarea")],ge.prototype,"field"),Y("rahdari-composer",ge);var fs=Object.defineProperty,ve=(n,e,t,s)=>{for(var i=void 0,r=n.length-1,o;r>=0;r--)(o=n[r])&&(i=o(e,t,i)||i);return i&&fs(e,t,i),i};class ie extends te{constructor(){super(...arguments),this.question="",this.yes="",this.no=""}focus(){this.querySelector(".quiet")?.focus()}render(){return h`<div class="banner confirmation" role="group" aria-labelledby="confirmation-question">
      <p id="confirmation-question">${this.question}</p>
      <button type="button" class="small" @click=${()=>this.tell("confirmed",null)}>${this.yes}</button>
      <button type="button" class="small quiet" @click=${()=>this.tell("dismissed",null)}>${this.no}</button>
    </div>`}}ve([b()],ie.prototype,"question"),ve([b()],ie.prototype,"yes"),ve([b()],ie.prototype,"no"),Y("rahdari-confirmation",ie);const ms=document.currentScript instanceof HTMLScriptElement?document.currentScript.src:null,be="webhooks/web/";function gs(n,e){const t=document.baseURI;if(e!==null)return $e(new URL(e,n?$e(new URL(n,t)):t));if(n!==null)return new URL(be,$e(new URL(n,t))).href;const s=new URL("./",ms??t);return s.pathname.endsWith(`/${be}`)?s.href:new URL(be,s).href}function $e(n){return n.href.endsWith("/")?n.href:`${n.href}/`}var vs=Object.defineProperty,Z=(n,e,t,s)=>{for(var i=void 0,r=n.length-1,o;r>=0;r--)(o=n[r])&&(i=o(e,t,i)||i);return i&&vs(e,t,i),i};const tt=6e3;class z extends te{constructor(){super(...arguments),this.over=!1,this.passage=null,this.failed=!1,this.earlier=async()=>{const{passage:e}=this;if(!e)return;const t=await this.piece(Math.max(0,e.start-tt),e.start),s=this.querySelector(".document");if(!t||!s||this.passage!==e)return;const i=s.scrollHeight-s.scrollTop;this.passage={...e,start:t.start,before:t.text+e.before},await this.updateComplete,s.scrollTop=s.scrollHeight-i,t.start===0&&s.focus({preventScroll:!0})},this.later=async()=>{const{passage:e}=this;if(!e)return;const t=await this.piece(e.end,e.end+tt);!t||this.passage!==e||(this.passage={...e,end:t.end,after:e.after+t.text},t.end>=e.length&&this.querySelector(".document")?.focus({preventScroll:!0}))},this.close=()=>this.tell("close-source",null)}focus(){this.querySelector("h2")?.focus()}willUpdate(e){e.has("citation")&&this.load(this.citation)}render(){const{citation:e,passage:t}=this,s=t??e,i=[s.publisher,Ze(s.published),t?.place].filter(Boolean),r=fe(t?.source);return h`<div class="viewer" role=${this.over?"dialog":"region"} aria-labelledby="viewer-title">
      <div class="viewer-head">
        <div>
          <p class="kicker">${c.source(e.id)}</p>
          <h2 id="viewer-title" tabindex="-1" dir="auto">${s.title??e.document}</h2>
          ${i.length?h`<p class="known">${i.map((o,l)=>h`${l?" · ":""}<bdi>${o}</bdi>`)}</p>`:u}
          ${this.others()}
          ${r?h`<a class="original" href=${r} target="_blank" rel="noopener noreferrer">${c.original}${Ve}</a>`:u}
        </div>
        <button type="button" class="round" aria-label=${c.closeSource} title=${c.closeSource} @click=${this.close}>
          ${pe}
        </button>
      </div>
      <div class="document" tabindex="0" role="region" aria-label=${c.documentText}>${this.text()}</div>
    </div>`}others(){const e=this.citation.also??[];return e.length?h`<p class="known">
      ${c.alsoIn}
      ${e.map((t,s)=>{const[i,r]=[ss(t,this.citation),fe(t.source)],o=h`<bdi>${i}</bdi>`;return h`${s?", ":""}${r?h`<a href=${r} target="_blank" rel="noopener noreferrer">${o}</a>`:o}`})}
    </p>`:u}text(){const{passage:e}=this;return e?h`${e.start>0?this.more(c.earlier,this.earlier):u}
      <div class="text" dir="auto">${this.marked(e)}</div>
      ${e.end<e.length?this.more(c.later,this.later):u}`:h`<p class="state" role="status">${this.failed?c.notOpened:c.opening}</p>`}marked({before:e,passage:t,after:s}){return Qt(e+t+s,e.length,e.length+t.length)}more(e,t){return h`<button type="button" class="small quiet more" @click=${t}>${e}</button>`}async load(e){this.passage=null,this.failed=!1;try{const t=await this.conversation.passage(e.document,e.start,e.end);if(e!==this.citation)return;this.passage=t,await this.updateComplete,this.showMark()}catch{this.failed=e===this.citation}}showMark(){const[e,t]=[this.querySelector(".document"),this.querySelector("mark")];if(!e||!t)return;const s=(e.clientHeight-t.getBoundingClientRect().height)/3;e.scrollTop+=t.getBoundingClientRect().top-e.getBoundingClientRect().top-Math.max(16,s)}async piece(e,t){try{return await this.conversation.piece(this.citation.document,e,t)}catch{return null}}}Z([b({attribute:!1})],z.prototype,"conversation"),Z([b({attribute:!1})],z.prototype,"citation"),Z([b({type:Boolean})],z.prototype,"over"),Z([M()],z.prototype,"passage"),Z([M()],z.prototype,"failed"),Y("rahdari-source",z);function bs(){try{return window.localStorage}catch{return null}}class $s{constructor(e,t=bs()){this.api=e,this.kept=t,this.token=null,this.asking=null,this.name=`rahdari-session ${e.base}`}concerns(e){return e.key===this.name}async as(e){const t=await this.current();try{return await e(t)}catch(s){if(!(s instanceof x&&s.status===401))throw s;return this.read()===t&&this.keep(null),e(await this.current())}}keep(e){this.token=e;try{e===null?this.kept?.removeItem(this.name):this.kept?.setItem(this.name,e)}catch{}}read(){try{return this.kept?.getItem(this.name)??this.token}catch{return this.token}}async current(){const e=this.read();if(e)return e;this.asking??=this.api.session().finally(()=>this.asking=null);const t=await this.asking,s=this.read();return s||(this.keep(t),t)}}const st=1e3,ws=15e3,ys=2e4,_s=7e3;class xs extends EventTarget{constructor(e){super(),this.api=e,this.state={ready:!1,greeting:null,entries:[],pending:null,waiting:[],online:!0,notice:null,barred:null},this.era=0,this.delivering=null,this.fresh=0,this.wake=()=>{},this.ends=new AbortController,this.session=new $s(e),this.tabs="BroadcastChannel"in window?new BroadcastChannel(`rahdari ${e.base}`):null}async start(){const e=this.ends.signal;this.tabs?.addEventListener("message",s=>this.hear(s.data)),window.addEventListener("storage",s=>this.session.concerns(s)&&void this.refresh(),{signal:e}),window.addEventListener("online",()=>this.tryNow(),{signal:e}),window.addEventListener("offline",()=>this.set({online:!1}),{signal:e}),document.addEventListener("visibilitychange",()=>this.look(),{signal:e});const t=this.refused(this.until(()=>this.api.greeting()));await this.refresh(),this.set({greeting:await t,ready:!0})}stop(){this.ends.abort(),this.tabs?.close(),this.wake()}ask(e){if(!e||this.state.barred)return!1;const t={who:"person",id:crypto.getRandomValues(new Uint32Array(4)).join("-"),text:e};return this.set({waiting:[...this.state.waiting,t],notice:null}),this.next(),!0}async restart(){this.era+=1,this.set({entries:[],pending:null,waiting:[],notice:null}),await this.refused(this.until(()=>this.session.as(e=>this.api.restart(e)))),this.tell({kind:"changed"})}async rate(e,t,s){const i=this.state.entries,r=o=>o.who==="bot"&&o.id===e?{...o,verdict:t}:o;this.set({entries:i.map(r),notice:null});try{return await this.session.as(o=>this.api.feedback(o,e,t,s)),this.tell({kind:"changed"}),!0}catch(o){return this.set({entries:i,notice:o instanceof x?o.message:c.notKept}),!1}}passage(e,t,s){return this.session.as(i=>this.api.passage(i,e,t,s))}piece(e,t,s){return this.session.as(i=>this.api.piece(i,e,t,s))}tryNow(){this.wake(),this.state.online||this.refresh()}async refresh(){const e=this.era,t=await this.refused(this.until(()=>this.session.as(r=>this.api.history(r))));if(!t||e!==this.era)return;t.token&&this.session.keep(t.token),this.fresh=Date.now();const s=this.state.pending;this.set({entries:t.entries,...s&&ks(t.entries,s.id)?{pending:null}:{}});const i=t.entries.at(-1);i?.who==="person"&&!this.delivering&&this.deliver(i),this.next()}next(){const[e,...t]=this.state.waiting;!e||this.state.pending||this.ends.signal.aborted||(this.set({waiting:t}),this.tell({kind:"asked",question:e}),this.deliver(e))}async deliver(e){const t=this.era;this.delivering=e.id,this.set({pending:e});try{const s=()=>this.session.as(l=>this.api.message(l,e.id,e.text)),{entries:i}=await this.until(s);if(t!==this.era)return;const r=new Set(i.map(l=>l.id));this.set({entries:[...this.state.entries.filter(l=>!r.has(l.id)),...i],pending:null});const o=i.find(l=>l.who==="bot");o&&this.dispatchEvent(new CustomEvent("answer",{detail:o.answer})),this.tell({kind:"changed"})}catch(s){if(t!==this.era||this.ends.signal.aborted)return;this.set({pending:null,...s instanceof x?it(s):{notice:c.unreachable}}),this.dispatchEvent(new CustomEvent("unsent",{detail:e.text}))}finally{this.delivering===e.id&&(this.delivering=null)}this.next()}async until(e){for(let t=st;;t=Math.min(2*t,ws))try{const s=await e();return this.set({online:!0}),s}catch(s){const i=s instanceof x&&s.status===429;if(this.ends.signal.aborted||!(i||s instanceof se))throw s;i?this.set({notice:s.message}):this.set({online:!1}),await this.pause(i?Math.max(s.waitMs,st):t),i&&this.set({notice:null})}}pause(e){return new Promise(t=>{const s=this.wake,i=()=>{clearTimeout(r),t()},r=setTimeout(i,e);this.wake=()=>{s(),i()}})}async refused(e){try{return await e}catch(t){return t instanceof x&&this.set(it(t)),null}}hear(e){e.kind==="changed"?this.follow():this.state.pending||(this.set({pending:e.question,notice:null}),setTimeout(()=>this.state.pending?.id===e.question.id&&void this.refresh(),_s))}async follow(){const e=this.state.pending;await this.refresh(),e&&this.delivering!==e.id&&this.state.pending===e&&this.set({pending:null}),this.next()}look(){document.visibilityState==="visible"&&Date.now()-this.fresh>ys&&this.refresh()}tell(e){this.ends.signal.aborted||this.tabs?.postMessage(e)}set(e){Object.assign(this.state,e),this.dispatchEvent(new Event("change"))}}function it(n){return n.status===403?{barred:n.message}:{notice:n.message}}function ks(n,e){return n.some(t=>t.who==="bot"&&t.to===e)}const As=j`
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
`,Ss=j`
  --_accent: var(--rahdari-accent, #0f5c4d);
  --_on-accent: var(--rahdari-on-accent, #ffffff);
  --_canvas: var(--rahdari-canvas, #f6f4ef);
  --_surface: var(--rahdari-surface, #ffffff);
  --_text: var(--rahdari-text, #20262b);
  --_muted: var(--rahdari-muted, #5a6167);
  --_line: var(--rahdari-line, #dfdbd1);
  --_person: var(--rahdari-person, #e2ede8);
  --_mark: var(--rahdari-mark, #fbe7a4);
  --_on-mark: var(--rahdari-on-mark, #2b2308);
  --_alarm: var(--rahdari-alarm, #8c2f1c);
  --_alarm-surface: var(--rahdari-alarm-surface, #fdf1ec);
  --_focus: var(--rahdari-focus, #1c64d1);
  --_shadow: 0 1px 2px rgb(32 38 43 / 6%), 0 8px 28px rgb(32 38 43 / 14%);
  color-scheme: light;
`,nt=j`
  --_accent: var(--rahdari-accent, #7fcdb6);
  --_on-accent: var(--rahdari-on-accent, #0c1f1a);
  --_canvas: var(--rahdari-canvas, #14171a);
  --_surface: var(--rahdari-surface, #1d2125);
  --_text: var(--rahdari-text, #e9e7e1);
  --_muted: var(--rahdari-muted, #a6adb3);
  --_line: var(--rahdari-line, #353b41);
  --_person: var(--rahdari-person, #24423a);
  --_mark: var(--rahdari-mark, #5c4b12);
  --_on-mark: var(--rahdari-on-mark, #fff3cd);
  --_alarm: var(--rahdari-alarm, #f3ab9a);
  --_alarm-surface: var(--rahdari-alarm-surface, #38231d);
  --_focus: var(--rahdari-focus, #8fb8ff);
  --_shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 28px rgb(0 0 0 / 55%);
  color-scheme: dark;
`,Es=j`
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
`,Cs=[j`
  :host {
    ${Ss}
    --_radius: var(--rahdari-radius, 14px);
    --_font: var(--rahdari-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif);
  }
  /* Not on the host: what a page says of "*" would come before it there. */
  .shell, .launcher {
    color: var(--_text); font: 400 var(--rahdari-font-size, max(1rem, 15px)) / 1.55 var(--_font);
    letter-spacing: normal; word-spacing: normal; text-align: start; text-indent: 0; text-transform: none; white-space: normal;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme="light"])) { ${nt} }
  }
  :host([theme="dark"]) { ${nt} }
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
`,As,Es];var Os=Object.defineProperty,w=(n,e,t,s)=>{for(var i=void 0,r=n.length-1,o;r>=0;r--)(o=n[r])&&(i=o(e,t,i)||i);return i&&Os(e,t,i),i};const Ms="(max-width: 30em), (max-height: 26em)",Ts="(min-width: 62em)";class $ extends L{constructor(){super(...arguments),this.layout="floating",this.server=null,this.api=null,this.heading=c.heading,this.tagline=c.tagline,this.label=c.launcher,this.open=!1,this.opened=null,this.asking=!1,this.conversation=null,this.draft="",this.seen=0,this.within=!1,this.small=window.matchMedia(Ms),this.wide=window.matchMedia(Ts),this.online=!0,this.openSource=e=>{this.opened=e.detail;const{document:t,start:s,end:i}=e.detail.citation;this.emit("source",{document:t,start:s,end:i}),this.updateComplete.then(async()=>{await this.viewer?.updateComplete,this.viewer?.focus()})},this.closeSource=()=>{const e=this.opened?.opener;this.opened=null,this.updateComplete.then(()=>e?.isConnected?e.focus():this.composer?.focus())},this.rate=async e=>{const{id:t,verdict:s,words:i,kept:r}=e.detail;this.emit("feedback",{answer:t,verdict:s,words:i}),r(await this.conversation?.rate(t,s,i)??!1)},this.mayStartOver=()=>{if(!this.loses)return this.startOver();if(this.asking)return this.keepOn();this.asking=!0,this.updateComplete.then(async()=>{await this.confirmation?.updateComplete,this.confirmation?.focus()})},this.keepOn=()=>{this.asking=!1,this.updateComplete.then(()=>this.renderRoot.querySelector(".anew")?.focus())},this.startOver=()=>{this.restart(),this.seen=0,this.composer?.focus()},this.key=e=>{e.key!=="Escape"||e.defaultPrevented||!this.opened&&!this.asking&&this.layout!=="floating"||(e.stopPropagation(),this.cancelled(e))},this.cancelled=e=>{e.preventDefault(),this.asking&&this.loses&&!(this.opened&&!this.beside)?this.keepOn():this.opened?this.closeSource():this.layout==="floating"&&this.hide()},this.resized=()=>{const{dialog:e}=this;e?.open&&this.open&&(e.close(),this.showDialog(e)),this.requestUpdate()}}static{this.styles=Cs}show(){this.open=!0}hide(){this.open=!1}ask(e){this.begin();const t=this.conversation?.ask(e.trim())??!1;return t&&this.emit("question",{text:e.trim()}),t}async restart(){this.opened=null,this.asking=!1,this.emit("restart",{}),await this.conversation?.restart()}connectedCallback(){super.connectedCallback(),this.small.addEventListener("change",this.resized),this.wide.addEventListener("change",this.resized),this.remembered()&&(this.open=!0),this.requestUpdate()}disconnectedCallback(){super.disconnectedCallback(),this.small.removeEventListener("change",this.resized),this.wide.removeEventListener("change",this.resized),this.conversation?.stop(),this.conversation=null}willUpdate(e){(this.open||this.layout!=="floating")&&this.begin(),(e.has("open")||this.conversation?.state.barred)&&(this.within=this.dialog?.contains(this.renderRoot.activeElement)??!1)}updated(e){e.has("open")&&this.layout==="floating"&&this.follow(e.get("open")),this.showNew();const t=this.renderRoot.querySelector(".barred");t&&this.within&&!this.renderRoot.activeElement&&t.focus()}render(){return this.layout==="page"?h`<main class="shell page">${this.body("h1")}</main>`:this.layout==="inline"?h`<section class="shell inline" aria-label=${this.heading}>${this.body("h2")}</section>`:h`<section aria-label=${this.heading}>
        <button
          type="button"
          class="launcher"
          aria-haspopup="dialog"
          aria-expanded=${this.open?"true":"false"}
          @click=${()=>this.open?this.hide():this.show()}
        >
          ${ue}<span>${this.label}</span>
        </button>
      </section>
      <dialog class="shell floating" aria-labelledby="heading" @cancel=${this.cancelled} @keydown=${this.key}>
        ${this.open?this.body("h2"):u}
      </dialog>`}body(e){const t=this.conversation?.state.barred;if(t)return h`<div class="talk" @keydown=${this.key}>${this.head(e)}<p class="barred" role="alert" tabindex="-1">${t}</p></div>`;const s=this.opened!==null&&!this.beside;return h`<div class="talk" ?inert=${s} @keydown=${this.key}>
        ${this.head(e)} ${this.confirm()} ${this.news()}
        <div class="log" role="log" aria-label=${c.conversation} aria-relevant="additions" tabindex="0"
          aria-busy=${this.conversation?.state.ready?"false":"true"}
          @open-source=${this.openSource} @rate=${this.rate} @suggest=${i=>this.put(i.detail)}
        >
          <div class="entries">${this.entries()}</div>
        </div>
        ${this.waiting()}
        <rahdari-composer
          .draft=${this.draft}
          @draft=${i=>this.draft=i.detail}
          @ask=${i=>this.ask(i.detail)}
        ></rahdari-composer>
      </div>
      ${this.opened?h`<rahdari-source
            class=${s?"over":"aside"}
            ?over=${s}
            .conversation=${this.conversation}
            .citation=${this.opened.citation}
            @close-source=${this.closeSource}
            @keydown=${this.key}
          ></rahdari-source>`:u}`}head(e){const t=e==="h1"?h`<h1 id="heading">${this.heading}</h1>`:h`<h2 id="heading">${this.heading}</h2>`;return h`<div class="head">
      <span class="logo">${ue}</span>
      <div class="name">${t}${this.tagline?h`<p>${this.tagline}</p>`:u}</div>
      ${this.conversation?.state.barred?u:h`<button type="button" class="round anew" aria-label=${c.startOver} title=${c.startOver}
            aria-expanded=${this.asking&&this.loses?"true":"false"} @click=${this.mayStartOver}
          >
            ${Ie}
          </button>`}
      ${this.layout==="floating"?h`<button type="button" class="round" aria-label=${c.close} title=${c.close} @click=${this.hide}>
            ${pe}
          </button>`:u}
    </div>`}confirm(){return!this.asking||!this.loses?u:h`<rahdari-confirmation
      question=${c.startOverAsked} yes=${c.startOverYes} no=${c.startOverNo}
      @confirmed=${this.startOver} @dismissed=${this.keepOn}
    ></rahdari-confirmation>`}news(){const e=this.conversation?.state,t=e&&!e.online,s=navigator.onLine?`${c.unreachable} ${c.trying}`:c.offline;return h`<div class="news">
      <div class=${t?"lost":u}>
        <div class=${t?"banner":u}>
          <div role="status">${t?s:u}</div>
          ${t?h`<button type="button" class="small" @click=${()=>this.conversation?.tryNow()}>${c.tryNow}</button>`:u}
        </div>
      </div>
      <div class=${e?.notice?"lost":u} role="alert">${e?.notice?h`<p class="banner">${e.notice}</p>`:u}</div>
    </div>`}entries(){const e=this.conversation?.state;if(!e?.ready)return h``;const t=e.pending&&!e.entries.some(s=>s.id===e.pending?.id)?[...e.entries,e.pending]:e.entries;return h`${this.greeting()}${Nt([...t,...e.waiting],s=>s.id,s=>this.entry(s,e.waiting.includes(s)))}`}greeting(){const e=this.conversation?.state.greeting;return e?h`<div class="entry bot">
      <div class="bubble">
        <p class="said" dir="auto">${e.text}</p>
      </div>
      ${e.starters.length?Xe(e.starters,c.startersLabel,t=>this.put(t)):u}
    </div>`:u}entry(e,t){if(e.who==="person")return this.question(e,t);const s=this.opened?`${this.opened.opener.closest("rahdari-answer").entry.id}/${this.opened.citation.id}`:"";return h`<div class="entry bot" data-id=${e.id}>
      <span class="unseen">${this.heading}: </span>
      <rahdari-answer .entry=${e} .chosen=${s}></rahdari-answer>
    </div>`}question(e,t){return h`<div class="entry person" data-id=${e.id}>
      <span class="unseen">${c.you}: </span>
      <div class="bubble"><p class="said" dir="auto">${e.text}</p></div>
      ${t?h`<p class="waits">${c.waits}</p>`:u}
    </div>`}waiting(){const e=this.conversation?.state,t=e?.ready?e.pending&&e.online?c.looking:"":c.loading;return h`<p class="typing ${t?"on":""}" role="status">
      ${t?h`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${t}`:u}
    </p>`}get beside(){return this.layout==="page"&&this.wide.matches}begin(){this.conversation||!this.isConnected||(this.conversation=new xs(new ds(gs(this.server,this.api))),this.conversation.addEventListener("change",()=>{this.requestUpdate();const e=this.conversation?.state.online??!0;e!==this.online&&this.emit("connection",{online:this.online=e})}),this.conversation.addEventListener("answer",e=>this.emit("answer",{answer:e.detail})),this.conversation.addEventListener("unsent",e=>this.composer?.restore(e.detail)),this.conversation.start())}follow(e){const{dialog:t}=this;if(!(!t||t.open===this.open)){if(this.open){const s=e===void 0&&!this.small.matches;s?t.setAttribute("open",""):this.showDialog(t),this.seen=0,s||this.composer?.updateComplete.then(()=>this.composer?.focus())}else t.close(),this.opened=null,this.asking=!1,this.within&&this.renderRoot.querySelector(".launcher")?.focus();this.remember(),this.emit(this.open?"open":"close",{})}}showDialog(e){this.small.matches?e.showModal():e.show()}showNew(){const e=this.conversation?.state,{log:t}=this;if(!t||!e?.ready)return;const s=e.entries.length+(e.pending&&!e.entries.includes(e.pending)?1:0)+e.waiting.length;if(s===this.seen)return;const i=this.seen===0;this.seen=s,Promise.all([...t.querySelectorAll("rahdari-answer")].map(r=>r.updateComplete)).then(()=>{const r=t.querySelector(".entries > :last-child"),o=r?.previousElementSibling,l=o?.classList.contains("person")?o:r;if(!l)return;const a=Math.min(t.scrollHeight-t.clientHeight,l.offsetTop-12);t.scrollTo({top:a,behavior:i?"instant":"auto"})})}put(e){const t=this.conversation?.state;(t&&[t.pending,...t.waiting].some(i=>i?.text===e.trim())||this.ask(e))&&this.composer?.focus()}get loses(){const e=this.conversation?.state;return!!(e&&(e.entries.length||e.pending||e.waiting.length))}remembered(){try{return sessionStorage.getItem("rahdari-open")==="yes"&&this.layout==="floating"&&!this.small.matches}catch{return!1}}remember(){try{sessionStorage.setItem("rahdari-open",this.open?"yes":"no")}catch{}}emit(e,t){this.dispatchEvent(new CustomEvent(`rahdari-${e}`,{detail:t,bubbles:!0,composed:!0}))}}w([b({reflect:!0})],$.prototype,"layout"),w([b()],$.prototype,"server"),w([b()],$.prototype,"api"),w([b()],$.prototype,"heading"),w([b()],$.prototype,"tagline"),w([b()],$.prototype,"label"),w([b({type:Boolean,reflect:!0})],$.prototype,"open"),w([M()],$.prototype,"opened"),w([q("dialog")],$.prototype,"dialog"),w([M()],$.prototype,"asking"),w([q("rahdari-confirmation")],$.prototype,"confirmation"),w([q("rahdari-composer")],$.prototype,"composer"),w([q("rahdari-source")],$.prototype,"viewer"),w([q(".log")],$.prototype,"log"),Y("rahdari-chat",$)})();

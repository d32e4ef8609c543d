const N=globalThis,B=N.ShadowRoot&&(N.ShadyCSS===void 0||N.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,V=Symbol(),K=new WeakMap;let he=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==V)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o;const t=this.t;if(B&&e===void 0){const r=t!==void 0&&t.length===1;r&&(e=K.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),r&&K.set(t,e))}return e}toString(){return this.cssText}};const _e=i=>new he(typeof i=="string"?i:i+"",void 0,V),U=(i,...e)=>{const t=i.length===1?i[0]:e.reduce((r,n,s)=>r+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+i[s+1],i[0]);return new he(t,i,V)},ve=(i,e)=>{if(B)i.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(const t of e){const r=document.createElement("style"),n=N.litNonce;n!==void 0&&r.setAttribute("nonce",n),r.textContent=t.cssText,i.appendChild(r)}},Q=B?i=>i:i=>i instanceof CSSStyleSheet?(e=>{let t="";for(const r of e.cssRules)t+=r.cssText;return _e(t)})(i):i;const{is:$e,defineProperty:we,getOwnPropertyDescriptor:ye,getOwnPropertyNames:xe,getOwnPropertySymbols:Ae,getPrototypeOf:ke}=Object,L=globalThis,X=L.trustedTypes,Se=X?X.emptyScript:"",Ee=L.reactiveElementPolyfillSupport,k=(i,e)=>i,z={toAttribute(i,e){switch(e){case Boolean:i=i?Se:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,e){let t=i;switch(e){case Boolean:t=i!==null;break;case Number:t=i===null?null:Number(i);break;case Object:case Array:try{t=JSON.parse(i)}catch{t=null}}return t}},Y=(i,e)=>!$e(i,e),ee={attribute:!0,type:String,converter:z,reflect:!1,useDefault:!1,hasChanged:Y};Symbol.metadata??=Symbol("metadata"),L.litPropertyMetadata??=new WeakMap;let $=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=ee){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){const r=Symbol(),n=this.getPropertyDescriptor(e,r,t);n!==void 0&&we(this.prototype,e,n)}}static getPropertyDescriptor(e,t,r){const{get:n,set:s}=ye(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:n,set(o){const c=n?.call(this);s?.call(this,o),this.requestUpdate(e,c,r)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??ee}static _$Ei(){if(this.hasOwnProperty(k("elementProperties")))return;const e=ke(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(k("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(k("properties"))){const t=this.properties,r=[...xe(t),...Ae(t)];for(const n of r)this.createProperty(n,t[n])}const e=this[Symbol.metadata];if(e!==null){const t=litPropertyMetadata.get(e);if(t!==void 0)for(const[r,n]of t)this.elementProperties.set(r,n)}this._$Eh=new Map;for(const[t,r]of this.elementProperties){const n=this._$Eu(t,r);n!==void 0&&this._$Eh.set(n,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){const t=[];if(Array.isArray(e)){const r=new Set(e.flat(1/0).reverse());for(const n of r)t.unshift(Q(n))}else e!==void 0&&t.push(Q(e));return t}static _$Eu(e,t){const r=t.attribute;return r===!1?void 0:typeof r=="string"?r:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){const e=new Map,t=this.constructor.elementProperties;for(const r of t.keys())this.hasOwnProperty(r)&&(e.set(r,this[r]),delete this[r]);e.size>0&&(this._$Ep=e)}createRenderRoot(){const e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return ve(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,r){this._$AK(e,r)}_$ET(e,t){const r=this.constructor.elementProperties.get(e),n=this.constructor._$Eu(e,r);if(n!==void 0&&r.reflect===!0){const s=(r.converter?.toAttribute!==void 0?r.converter:z).toAttribute(t,r.type);this._$Em=e,s==null?this.removeAttribute(n):this.setAttribute(n,s),this._$Em=null}}_$AK(e,t){const r=this.constructor,n=r._$Eh.get(e);if(n!==void 0&&this._$Em!==n){const s=r.getPropertyOptions(n),o=typeof s.converter=="function"?{fromAttribute:s.converter}:s.converter?.fromAttribute!==void 0?s.converter:z;this._$Em=n;const c=o.fromAttribute(t,s.type);this[n]=c??this._$Ej?.get(n)??c,this._$Em=null}}requestUpdate(e,t,r,n=!1,s){if(e!==void 0){const o=this.constructor;if(n===!1&&(s=this[e]),r??=o.getPropertyOptions(e),!((r.hasChanged??Y)(s,t)||r.useDefault&&r.reflect&&s===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,r))))return;this.C(e,t,r)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:r,reflect:n,wrapped:s},o){r&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),s!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||r||(t=void 0),this._$AL.set(e,t)),n===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}const e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[n,s]of this._$Ep)this[n]=s;this._$Ep=void 0}const r=this.constructor.elementProperties;if(r.size>0)for(const[n,s]of r){const{wrapped:o}=s,c=this[n];o!==!0||this._$AL.has(n)||c===void 0||this.C(n,void 0,s,c)}}let e=!1;const t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(r=>r.hostUpdate?.()),this.update(t)):this._$EM()}catch(r){throw e=!1,this._$EM(),r}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};$.elementStyles=[],$.shadowRootOptions={mode:"open"},$[k("elementProperties")]=new Map,$[k("finalized")]=new Map,Ee?.({ReactiveElement:$}),(L.reactiveElementVersions??=[]).push("2.1.2");const Z=globalThis,te=i=>i,M=Z.trustedTypes,re=M?M.createPolicy("lit-html",{createHTML:i=>i}):void 0,ue="$lit$",g=`lit$${Math.random().toFixed(9).slice(2)}$`,pe="?"+g,Ce=`<${pe}>`,v=document,C=()=>v.createComment(""),O=i=>i===null||typeof i!="object"&&typeof i!="function",G=Array.isArray,Oe=i=>G(i)||typeof i?.[Symbol.iterator]=="function",q=`[ 	
\f\r]`,A=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ie=/-->/g,ne=/>/g,b=RegExp(`>|${q}(?:([^\\s"'>=/]+)(${q}*=${q}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),se=/'/g,oe=/"/g,me=/^(?:script|style|textarea|title)$/i,fe=i=>(e,...t)=>({_$litType$:i,strings:e,values:t}),m=fe(1),ft=fe(2),w=Symbol.for("lit-noChange"),u=Symbol.for("lit-nothing"),ae=new WeakMap,_=v.createTreeWalker(v,129);function ge(i,e){if(!G(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return re!==void 0?re.createHTML(e):e}const Pe=(i,e)=>{const t=i.length-1,r=[];let n,s=e===2?"<svg>":e===3?"<math>":"",o=A;for(let c=0;c<t;c++){const a=i[c];let l,h,d=-1,p=0;for(;p<a.length&&(o.lastIndex=p,h=o.exec(a),h!==null);)p=o.lastIndex,o===A?h[1]==="!--"?o=ie:h[1]!==void 0?o=ne:h[2]!==void 0?(me.test(h[2])&&(n=RegExp("</"+h[2],"g")),o=b):h[3]!==void 0&&(o=b):o===b?h[0]===">"?(o=n??A,d=-1):h[1]===void 0?d=-2:(d=o.lastIndex-h[2].length,l=h[1],o=h[3]===void 0?b:h[3]==='"'?oe:se):o===oe||o===se?o=b:o===ie||o===ne?o=A:(o=b,n=void 0);const f=o===b&&i[c+1].startsWith("/>")?" ":"";s+=o===A?a+Ce:d>=0?(r.push(l),a.slice(0,d)+ue+a.slice(d)+g+f):a+g+(d===-2?c:f)}return[ge(i,s+(i[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),r]};class P{constructor({strings:e,_$litType$:t},r){let n;this.parts=[];let s=0,o=0;const c=e.length-1,a=this.parts,[l,h]=Pe(e,t);if(this.el=P.createElement(l,r),_.currentNode=this.el.content,t===2||t===3){const d=this.el.content.firstChild;d.replaceWith(...d.childNodes)}for(;(n=_.nextNode())!==null&&a.length<c;){if(n.nodeType===1){if(n.hasAttributes())for(const d of n.getAttributeNames())if(d.endsWith(ue)){const p=h[o++],f=n.getAttribute(d).split(g),T=/([.?@])?(.*)/.exec(p);a.push({type:1,index:s,name:T[2],strings:f,ctor:T[1]==="."?Te:T[1]==="?"?Re:T[1]==="@"?Ne:j}),n.removeAttribute(d)}else d.startsWith(g)&&(a.push({type:6,index:s}),n.removeAttribute(d));if(me.test(n.tagName)){const d=n.textContent.split(g),p=d.length-1;if(p>0){n.textContent=M?M.emptyScript:"";for(let f=0;f<p;f++)n.append(d[f],C()),_.nextNode(),a.push({type:2,index:++s});n.append(d[p],C())}}}else if(n.nodeType===8)if(n.data===pe)a.push({type:2,index:s});else{let d=-1;for(;(d=n.data.indexOf(g,d+1))!==-1;)a.push({type:7,index:s}),d+=g.length-1}s++}}static createElement(e,t){const r=v.createElement("template");return r.innerHTML=e,r}}function y(i,e,t=i,r){if(e===w)return e;let n=r!==void 0?t._$Co?.[r]:t._$Cl;const s=O(e)?void 0:e._$litDirective$;return n?.constructor!==s&&(n?._$AO?.(!1),s===void 0?n=void 0:(n=new s(i),n._$AT(i,t,r)),r!==void 0?(t._$Co??=[])[r]=n:t._$Cl=n),n!==void 0&&(e=y(i,n._$AS(i,e.values),n,r)),e}class Ue{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){const{el:{content:t},parts:r}=this._$AD,n=(e?.creationScope??v).importNode(t,!0);_.currentNode=n;let s=_.nextNode(),o=0,c=0,a=r[0];for(;a!==void 0;){if(o===a.index){let l;a.type===2?l=new x(s,s.nextSibling,this,e):a.type===1?l=new a.ctor(s,a.name,a.strings,this,e):a.type===6&&(l=new ze(s,this,e)),this._$AV.push(l),a=r[++c]}o!==a?.index&&(s=_.nextNode(),o++)}return _.currentNode=v,n}p(e){let t=0;for(const r of this._$AV)r!==void 0&&(r.strings!==void 0?(r._$AI(e,r,t),t+=r.strings.length-2):r._$AI(e[t])),t++}}class x{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,r,n){this.type=2,this._$AH=u,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=r,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode;const t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=y(this,e,t),O(e)?e===u||e==null||e===""?(this._$AH!==u&&this._$AR(),this._$AH=u):e!==this._$AH&&e!==w&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Oe(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==u&&O(this._$AH)?this._$AA.nextSibling.data=e:this.T(v.createTextNode(e)),this._$AH=e}$(e){const{values:t,_$litType$:r}=e,n=typeof r=="number"?this._$AC(e):(r.el===void 0&&(r.el=P.createElement(ge(r.h,r.h[0]),this.options)),r);if(this._$AH?._$AD===n)this._$AH.p(t);else{const s=new Ue(n,this),o=s.u(this.options);s.p(t),this.T(o),this._$AH=s}}_$AC(e){let t=ae.get(e.strings);return t===void 0&&ae.set(e.strings,t=new P(e)),t}k(e){G(this._$AH)||(this._$AH=[],this._$AR());const t=this._$AH;let r,n=0;for(const s of e)n===t.length?t.push(r=new x(this.O(C()),this.O(C()),this,this.options)):r=t[n],r._$AI(s),n++;n<t.length&&(this._$AR(r&&r._$AB.nextSibling,n),t.length=n)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){const r=te(e).nextSibling;te(e).remove(),e=r}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}}class j{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,r,n,s){this.type=1,this._$AH=u,this._$AN=void 0,this.element=e,this.name=t,this._$AM=n,this.options=s,r.length>2||r[0]!==""||r[1]!==""?(this._$AH=Array(r.length-1).fill(new String),this.strings=r):this._$AH=u}_$AI(e,t=this,r,n){const s=this.strings;let o=!1;if(s===void 0)e=y(this,e,t,0),o=!O(e)||e!==this._$AH&&e!==w,o&&(this._$AH=e);else{const c=e;let a,l;for(e=s[0],a=0;a<s.length-1;a++)l=y(this,c[r+a],t,a),l===w&&(l=this._$AH[a]),o||=!O(l)||l!==this._$AH[a],l===u?e=u:e!==u&&(e+=(l??"")+s[a+1]),this._$AH[a]=l}o&&!n&&this.j(e)}j(e){e===u?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}}class Te extends j{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===u?void 0:e}}class Re extends j{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==u)}}class Ne extends j{constructor(e,t,r,n,s){super(e,t,r,n,s),this.type=5}_$AI(e,t=this){if((e=y(this,e,t,0)??u)===w)return;const r=this._$AH,n=e===u&&r!==u||e.capture!==r.capture||e.once!==r.once||e.passive!==r.passive,s=e!==u&&(r===u||n);n&&this.element.removeEventListener(this.name,this,r),s&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}}class ze{constructor(e,t,r){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=r}get _$AU(){return this._$AM._$AU}_$AI(e){y(this,e)}}const gt={I:x},Me=Z.litHtmlPolyfillSupport;Me?.(P,x),(Z.litHtmlVersions??=[]).push("3.3.3");const He=(i,e,t)=>{const r=t?.renderBefore??e;let n=r._$litPart$;if(n===void 0){const s=t?.renderBefore??null;r._$litPart$=n=new x(e.insertBefore(C(),s),s,void 0,t??{})}return n._$AI(i),n};const J=globalThis;class S extends ${constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){const t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=He(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return w}}S._$litElement$=!0,S.finalized=!0,J.litElementHydrateSupport?.({LitElement:S});const Le=J.litElementPolyfillSupport;Le?.({LitElement:S});(J.litElementVersions??=[]).push("4.2.2");const je={attribute:!0,type:String,converter:z,reflect:!1,hasChanged:Y},qe=(i=je,e,t)=>{const{kind:r,metadata:n}=t;let s=globalThis.litPropertyMetadata.get(n);if(s===void 0&&globalThis.litPropertyMetadata.set(n,s=new Map),r==="setter"&&((i=Object.create(i)).wrapped=!0),s.set(t.name,i),r==="accessor"){const{name:o}=t;return{set(c){const a=e.get.call(this);e.set.call(this,c),this.requestUpdate(o,a,i,!0,c)},init(c){return c!==void 0&&this.C(o,void 0,i,c),c}}}if(r==="setter"){const{name:o}=t;return function(c){const a=this[o];e.call(this,c),this.requestUpdate(o,a,i,!0,c)}}throw Error("Unsupported decorator location: "+r)};function Ie(i){return(e,t)=>typeof t=="object"?qe(i,e,t):((r,n,s)=>{const o=n.hasOwnProperty(s);return n.constructor.createProperty(s,r),o?Object.getOwnPropertyDescriptor(n,s):void 0})(i,e,t)}function bt(i){return Ie({...i,state:!0,attribute:!1})}const De=(i,e,t)=>(t.configurable=!0,t.enumerable=!0,Reflect.decorate&&typeof e!="object"&&Object.defineProperty(i,e,t),t);function _t(i,e){return(t,r,n)=>{const s=o=>o.renderRoot?.querySelector(i)??null;return De(t,r,{get(){return s(this)}})}}const H={heading:"Rahdari",tagline:"Answers out of documents, each with the sentence it stands on",launcher:"Ask the documents",close:"Close",startOver:"Start over",startOverAsked:"Start over? This conversation is then gone, in every tab.",startOverYes:"Yes, start over",startOverNo:"No, keep it",conversation:"Conversation",you:"You",question:"Your question",placeholder:"Ask a question",send:"Send",looking:"Looking it up",waits:"Asked as soon as the question before it has its answer",loading:"Opening the conversation",offline:"You are offline. What you ask is sent as soon as you are back.",forOwner:(i,e)=>`rahdari-chat: ${i} This page's site is ${e}`,unreachable:"The bot cannot be reached just now.",trying:"It is tried again by itself; what you ask is kept.",tryNow:"Try now",startersLabel:"Questions to begin with",suggestionsLabel:"Questions to ask next",choicesLabel:"Which is meant",sources:"Sources",source:i=>`Source ${i}`,nearest:"the nearest they say",differ:"These sources differ",otherSources:"Other sources",labels:"How certain it is, and who says it",modality:{proposed:"Proposed",planned:"Planned",agreed:"Agreed",under_way:"Under way",done:"Done",cancelled:"Cancelled",stated:"Stated"},speaker:i=>`According to ${i}`,copy:"Copy answer and sources",copied:"Copied",notCopied:"Could not be copied",good:"Good answer",bad:"Bad answer",words:{up:"What was good about it?",down:"What was wrong with it?"},sendWords:"Send",skipWords:"Not now",thanks:"Thank you, that is kept.",notKept:"That could not be kept; try again in a moment.",documentText:"Text of the document",table:"Table",original:"Open the original",alsoIn:"The same text also in",earlier:"Show earlier text",later:"Show later text",closeSource:"Close the source",opening:"Opening the document",notOpened:"The document could not be opened."},We=/^[ \t]*(?:\|[ \t]*)?:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*(?:\n|$)/gm,Be=/^[ \t]*\|(.*)\|[ \t]*$/gm,Ve=[[/^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/gm,"$1"],[/^ {0,3}(?:>[ \t]?)+/gm,""],[/^([ \t]*)[*+][ \t]+(?=\S)/gm,"$1- "],[/!?\[([^[\]\n]*)\]\((?:<[^<>\n]*>|[^\s()<>]+)(?:[ \t]+"[^"\n]*")?\)/g,"$1"],[/<((?:https?:\/\/|mailto:)[^\s<>]+)>/g,"$1"]],Ye=/(`{1,3})(?!`)([^`\n]+)\1(?!`)/g,Ze=String.raw`((?:[^\s*_~\\]|\\.)|(?:[^\s~\\]|\\.)(?:[^\n\\]|\\.|\n(?!\s*\n)){0,300}?[^\s~\\])`,Ge=["***","**","__","~~","*","_"].map(i=>{const[e,t]=[i.charAt(0),i.replaceAll("*","\\*")];return new RegExp(String.raw`(^|[^\p{L}\p{N}_\\${e}])${t}(?![\s${e}])${Ze}${t}(?![\p{L}\p{N}_${e}])`,"gu")}),Je=/(^|[\s(“"])(?:\*{2,3}|__)(?=[^\s*_])|([^\s*_\\])(?:\*{2,3}|__)(?=$|[\s.,;:!?)”"])/g,Fe=/\\([\\`*_{}[\]()#+.!|<>~-])/g;function E(i){let e=i.replace(We,t=>t.includes("|")?"":t);e=e.replace(Be,(t,r)=>be(r).map(n=>n.text.trim()).filter(Boolean).join(" · "));for(const[t,r]of Ve)e=e.replace(t,r);e=e.replace(Ye,(t,r,n)=>n.trim());for(const t of Ge)e=e.replace(t,"$1$2");return e=e.replace(Je,(t,r,n)=>r??n??""),e.replace(Fe,"$1")}function Ke(i){return E(i).replace(/\s+/g," ").trim()}function be(i,e=0){const t=[{text:"",start:e}];let r=e;for(const n of i.match(/\\.|\\|\||[^\\|]+/g)??[])r+=n.length,n==="|"?t.push({text:"",start:r}):t.at(-1).text+=n;return t}function vt(i,e,t){return m`${Qe(i).map(r=>r.table?et(r,e,t):Xe(r,e,t))}`}function Qe(i){const e=[];let t=0;for(const r of i.match(/[^\n]*\n|[^\n]+/g)??[]){const n=/^[ \t]*\|.*\|\s*$/.test(r),s=e.at(-1);s?.table===n?s.lines.push(r):e.push({start:t,lines:[r],table:n}),t+=r.length}return e}function Xe({start:i,lines:e},t,r){const n=e.join(""),[s,o]=[t-i,r-i].map(a=>Math.min(n.length,Math.max(0,a))),c=n.slice(s,o);return m`${E(n.slice(0,s))}${c?m`<mark>${E(c)}</mark>`:u}${E(n.slice(o))}`}function et({start:i,lines:e},t,r){let n=i;const s=e.map(l=>{const[h,d]=[l.indexOf("|")+1,l.lastIndexOf("|")],p={rules:/^[\s|:-]+$/.test(l),cells:be(l.slice(h,d),n+h)};return n+=l.length,p}),o=({text:l,start:h})=>{const d=E(l.trim());return d&&h<r&&h+l.length>t?m`<mark>${d}</mark>`:d},c=s[1]?.rules?s[0]:void 0,a=s.filter(l=>l!==c&&!l.rules);return m`<div class="table" tabindex="0" role="group" aria-label=${H.table}><table>
    ${c?m`<thead><tr>${c.cells.map(l=>m`<th scope="col">${o(l)}</th>`)}</tr></thead>`:u}
    <tbody>${a.map(l=>m`<tr>${l.cells.map(h=>m`<td>${o(h)}</td>`)}</tr>`)}</tbody>
  </table></div>`}function tt(i){return[i.title??i.document,i.publisher,it(i.published)].filter(F)}function $t(i,e){const t=i.title!==e.title?i.title:null;return(i.publisher!==e.publisher?i.publisher:null)??t??i.document}function rt(i){return/^\s*["“«„]|["”»“]\s*$/.test(i)}function it(i){if(!i||!/^\d{4}-\d{2}-\d{2}$/.test(i))return i;const e={day:"numeric",month:"long",year:"numeric",timeZone:"UTC"};return new Intl.DateTimeFormat("en-GB",e).format(new Date(`${i}T00:00:00Z`))}function wt(i,e){const t=i.citations.map(n=>`[${n.id}]`).join(""),r=i.citations.map(n=>{const s=[...tt(n),ot(e[n.document])].filter(F).join(", "),o=Ke(n.quote);return`[${n.id}] ${rt(o)?o:`“${o}”`} — ${s}`});return[`${i.text} ${t}`.trim(),...r].join(`
`)}function nt(i){return i.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,"�")}function yt(i,e){const t=i.facts.filter(a=>st(i,a)===e),r=t.map(a=>a.modality).filter(a=>a!=="stated"),n=t.map(a=>a.speaker).filter(F),s=ce(r),o=s.length>1?s.filter(a=>a!=="done"):s,c=n.length&&!r.length?["stated"]:[];return[...[...o,...c].map(a=>H.modality[a]??a),...ce(n).map(H.speaker)]}function st(i,e){const t=(s,o)=>le(s.quote).includes(le(o)),r=i.citations.filter(s=>t(s,e.object)),n=s=>s.quote.trimStart().startsWith("|")&&t(s,e.subject);return r.find(s=>t(s,e.subject))??r[0]??i.citations.find(n)}function le(i){return i.replace(/[\s*_]+/g," ").trim()}function xt(i){const e=new Map;for(const r of i.filter(n=>n.against?.length)){const n=String(r.against);e.set(n,[...e.get(n)??[],r])}return{differing:[...e.values()],others:i.filter(r=>!r.against?.length)}}function At(i){const[e,...t]=i.citations;return e&&t.length&&t.every(r=>r.document===e.document)?e:null}function ot(i){return i&&/^(?:https?:\/\/|mailto:)[^\s]/i.test(i)?i:null}function F(i){return i!=null&&i!==""}function ce(i){return[...new Set(i)]}const at=12e3;class R extends Error{constructor(e,t,r){super(t),this.status=e,this.waitMs=r}}class I extends Error{}class kt{constructor(e){this.base=e,this.told=!1}async session(){return(await this.call("session",null,{})).token}greeting(){return this.call("greeting",null)}history(e){return this.call("history",e)}message(e,t,r){return this.call("message",e,{nonce:t,message:r})}restart(e){return this.call("restart",e,{})}feedback(e,t,r,n){return this.call("feedback",e,{answer:t,verdict:r,words:n})}passage(e,t,r,n){return this.call(`document/${encodeURIComponent(t)}?start=${r}&end=${n}`,e)}piece(e,t,r,n){return this.call(`document/${encodeURIComponent(t)}?from=${r}&to=${n}`,e)}async call(e,t,r){const n={};t&&(n.Authorization=`Bearer ${t}`),r&&(n["Content-Type"]="application/json");const s={headers:n,method:r?"POST":"GET",credentials:"omit",cache:"no-store"};r&&(s.body=JSON.stringify(r));const o=new AbortController,c=setTimeout(()=>o.abort(),at);try{const a=await fetch(this.base+e,{...s,signal:o.signal}),l=JSON.parse(await a.text(),(h,d)=>typeof d=="string"?nt(d):d);if(a.ok)return l;throw typeof l.error!="string"?new I:new R(a.status,l.error,1e3*Number(a.headers.get("Retry-After")??0))}catch(a){const l=a instanceof R?a:await this.why(e);throw l instanceof R&&l.status===403&&this.tellOwner(l.message),l}finally{clearTimeout(c)}}async why(e){if(e==="greeting"||new URL(this.base,location.href).origin===location.origin)return new I;const t=await this.greeting().then(()=>null,r=>r);return t instanceof R&&t.status===403?t:new I}tellOwner(e){this.told||console.error(H.forOwner(e,location.origin)),this.told=!0}}class St extends S{createRenderRoot(){return this}tell(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0}))}}function Et(i,e){customElements.get(i)||customElements.define(i,e)}const lt=document.currentScript instanceof HTMLScriptElement?document.currentScript.src:null,D="webhooks/web/";function Ct(i,e){const t=document.baseURI;if(e!==null)return W(new URL(e,i?W(new URL(i,t)):t));if(i!==null)return new URL(D,W(new URL(i,t))).href;const r=new URL("./",lt??t);return r.pathname.endsWith(`/${D}`)?r.href:new URL(D,r).href}function W(i){return i.href.endsWith("/")?i.href:`${i.href}/`}const ct=U`
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
`,dt=U`
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
`,de=U`
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
`,ht=U`
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
`,ut=U`
  :host {
    ${dt}
    --_radius: var(--rahdari-radius, 14px);
    --_font: var(--rahdari-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif);
  }
  /* Not on the host: what a page says of "*" would come before it there. */
  .shell, .launcher {
    color: var(--_text); font: 400 var(--rahdari-font-size, max(1rem, 15px)) / 1.55 var(--_font);
    letter-spacing: normal; word-spacing: normal; text-align: start; text-indent: 0; text-transform: none; white-space: normal;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme="light"])) { ${de} }
  }
  :host([theme="dark"]) { ${de} }
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
`,Ot=[ut,ct,ht];export{kt as A,w as E,St as P,R,I as U,u as a,m as b,it as c,Et as d,E as e,Ot as f,Ct as g,_t as h,S as i,wt as j,xt as k,yt as l,tt as m,Ie as n,At as o,gt as p,rt as q,bt as r,H as s,ot as t,$t as u,vt as v,ft as w,nt as x,U as y};

/* Checks a badge in the browser, as passport/badges/checking.py does on the server and with the same outcomes:
   Open Badges 3.0 and CLR 2.0 (1EdTech), Bitstring Status List 1.0 (W3C), by the browser's own cryptography.
   On the site it hands over to the server where it cannot check everything; as a file of its own it says so. */
(() => {
  "use strict";
  const form = document.querySelector("[data-badge-check]");
  const place = document.getElementById("answer");
  if (!form || !place || !window.crypto?.subtle) return;
  const alone = "alone" in form.dataset;
  const words = JSON.parse(document.getElementById("badge-words").textContent);
  const LIST_BITS = 131072;
  const MOST_BYTES = 8 * LIST_BITS;
  const ALGORITHMS = {
    RSA: [{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, { name: "RSASSA-PKCS1-v1_5" }, "RS256"],
    EC: [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }, "ES256"],
  };

  const object = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
  const text = (value) => (typeof value === "string" ? value : "");
  const array = (value) => (Array.isArray(value) ? value : []);
  const bytesOf = (coded) => Uint8Array.from(atob(coded.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const part = (token, number) => {
    const parts = token.split(".");
    if (parts.length !== 3) throw new Error("no token");
    const read = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(parts[number])));
    if (!read || typeof read !== "object" || Array.isArray(read)) throw new Error("no token");
    return read;
  };
  const claimsOf = (token) => {
    try {
      part(token, 0);
      return part(token, 1);
    } catch {
      return null;
    }
  };

  /* The kind of the key decides by which algorithm, never the token. */
  const signatureOf = async (token, keys) => {
    if (!keys.length) return "no_keys";
    const header = part(token, 0);
    const key = keys.find((one) => one.kid === header.kid);
    if (!key) return "other_key";
    const known = ALGORITHMS[key.kty];
    if (!known || header.alg !== known[2]) return "altered";
    const [kind, how] = known;
    const { kty, n, e, crv, x, y } = key;
    try {
      const imported = await crypto.subtle.importKey("jwk", { kty, n, e, crv, x, y }, kind, false, ["verify"]);
      const [head, body, signature] = token.split(".");
      const right = await crypto.subtle.verify(how, imported, bytesOf(signature), new TextEncoder().encode(`${head}.${body}`));
      return right ? "signed" : "altered";
    } catch {
      return "altered";
    }
  };

  const issuerOf = (claims) => text(claims.issuer) || text(object(claims.issuer).id);
  const isRecord = (claims) => array(claims.type).includes("ClrCredential");
  const membersOf = (claims) =>
    isRecord(claims) ? array(object(claims.credentialSubject).verifiableCredential).filter((one) => one === object(one)) : [claims];
  const listOf = (badge) => text(object(badge.credentialStatus).statusListCredential);

  const agrees = (claims) => {
    const issuer = issuerOf(claims);
    return Boolean(issuer) && claims.iss === issuer && claims.sub === object(claims.credentialSubject).id
      && claims.jti === claims.id && membersOf(claims).every((one) => issuerOf(one) === issuer);
  };
  const moment = (written) => (typeof written === "number" ? written * 1000 : Date.parse(text(written)));
  const timeOf = (claims, now) => {
    if (![claims.nbf, claims.validFrom].every((begin) => moment(begin) <= now)) return "not_yet";
    const ends = ["exp", "validUntil"].filter((name) => name in claims);
    return ends.every((name) => moment(claims[name]) > now) ? "in_time" : "expired";
  };

  const bitsOf = async (coded) => {
    if (!coded.startsWith("u")) throw new Error("no list");
    const unpacked = new Blob([bytesOf(coded.slice(1))]).stream().pipeThrough(new DecompressionStream("gzip"));
    const pieces = [];
    let size = 0;
    for (const reader = unpacked.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MOST_BYTES) throw new Error("too long");
      pieces.push(value);
    }
    if (size * 8 < LIST_BITS) throw new Error("too short");
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  };
  const statusOf = async (badge, keys, lists, now) => {
    if (!("credentialStatus" in badge)) return "never_revoked";
    const address = listOf(badge);
    if (!address || !lists.has(address) || !keys.length) return "no_list";
    const list = lists.get(address);
    try {
      if ((await signatureOf(list, keys)) !== "signed") return "bad_list";
      const claims = part(list, 1);
      const entry = badge.credentialStatus;
      const purposes = [entry.statusPurpose, claims.credentialSubject.statusPurpose];
      if (claims.id !== address || issuerOf(claims) !== issuerOf(badge) || purposes.some((one) => one !== "revocation")) return "bad_list";
      if (timeOf(claims, now) !== "in_time") return "old_list";
      const bits = await bitsOf(claims.credentialSubject.encodedList);
      const index = /^\d+$/.test(entry.statusListIndex) ? Number(entry.statusListIndex) : bits.length * 8;
      if (index >= bits.length * 8) return "bad_list";
      return bits[index >> 3] & (0x80 >> (index & 7)) ? "revoked" : "in_force";
    } catch {
      return "bad_list";
    }
  };

  const isTheirs = async (claims, email) => {
    for (const one of array(object(claims.credentialSubject).identifier).map(object)) {
      const said = new TextEncoder().encode(email.trim().toLowerCase() + text(one.salt));
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", said));
      const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
      if (one.hashed === true && one.identityHash === `sha256$${hex}`) return true;
    }
    return false;
  };

  /* [outcome, what it is about] for each finding. */
  const check = async ({ token, keys, lists }, email, now) => {
    const claims = claimsOf(token);
    if (!claims) return [["no_token", ""]];
    const kinds = array(claims.type);
    const named = ["ClrCredential", "OpenBadgeCredential", "AchievementCredential"].some((one) => kinds.includes(one));
    if (!kinds.includes("VerifiableCredential") || !named || claims.credentialSubject !== object(claims.credentialSubject)) return [["no_badge", ""]];
    const found = [[isRecord(claims) ? "record" : "badge", ""], [await signatureOf(token, keys), ""]];
    if (words.verdictOf[found[1][0]] === "broken") return found;
    found.push([agrees(claims) ? "agrees" : "contradicts", ""], [timeOf(claims, now), ""]);
    const others = new Set();
    for (const badge of membersOf(claims)) {
      const status = await statusOf(badge, keys, lists, now);
      if (status === "revoked") found.push([status, badge === claims ? "" : text(badge.name)]);
      else others.add(status);
    }
    found.push(...Array.from(others, (status) => [status, ""]));
    if (email.trim()) found.push([(await isTheirs(claims, email)) ? "theirs" : "not_theirs", ""]);
    return found;
  };

  const sorted = (texts) => {
    const papers = { token: "", keys: [], lists: new Map() };
    for (const one of texts.map((each) => each.trim()).filter(Boolean)) {
      let keys = null;
      try {
        keys = one.startsWith("{") ? JSON.parse(one).keys : null;
      } catch {
        keys = null;
      }
      const claims = claimsOf(one);
      if (Array.isArray(keys)) papers.keys.push(...keys.map(object));
      else if (claims && array(claims.type).includes("BitstringStatusListCredential") && text(claims.id)) papers.lists.set(claims.id, one);
      else papers.token ||= one;
    }
    return papers;
  };

  /* Keys and lists as ClinicLeader publishes them, beside the issuer's profile; from elsewhere they are handed in. */
  const fetchMissing = async (papers) => {
    const claims = claimsOf(papers.token);
    const issuer = claims ? issuerOf(claims) : "";
    if (!issuer.endsWith("/issuer.json")) return;
    const own = issuer.slice(0, -"issuer.json".length);
    const ask = async (address) => {
      const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
      if (!answer.ok) throw new Error("not found");
      return answer.text();
    };
    try {
      if (!papers.keys.length) papers.keys = array(JSON.parse(await ask(`${own}jwks.json`)).keys).map(object);
      for (const address of new Set(membersOf(claims).map(listOf))) {
        if (address.startsWith(own) && !papers.lists.has(address)) papers.lists.set(address, await ask(address));
      }
    } catch {
      /* Without a network what is missing stays missing, and the answer says so. */
    }
  };

  const element = (name, attributes, ...inside) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...inside);
    return made;
  };
  const factsOf = (claims) => {
    const subject = object(claims.credentialSubject);
    const issuer = object(claims.issuer);
    const said = {
      name: text(claims.name),
      rule: text(object(object(subject.achievement).criteria).narrative),
      issuer: [text(issuer.name), text(issuer.id)].filter(Boolean).join(" · "),
      issued: text(claims.validFrom).slice(0, 10),
      badges: array(subject.verifiableCredential).map((one) => text(object(one).name)).filter(Boolean).join(", "),
    };
    return Object.entries(said).filter(([, value]) => value).map(([name, value]) =>
      element("div", {}, element("dt", { textContent: words.facts[name] }), element("dd", { textContent: value })));
  };
  const verdictOf = (found) => {
    const verdicts = found.map(([outcome]) => words.verdictOf[outcome]);
    return ["broken", "open"].find((one) => verdicts.includes(one)) ?? "holds";
  };
  const show = (found, token) => {
    const verdict = verdictOf(found);
    const list = element("ul", { className: "stack tight" });
    for (const [outcome, about] of found) {
      const line = element("li", {}, document.getElementById(`finding-${words.verdictOf[outcome]}`).content.cloneNode(true));
      line.querySelector("span:last-of-type").textContent = words.outcomes[outcome] + (about ? ` (${about})` : "");
      list.append(line);
    }
    const head = element("header", { className: "card-head" }, element("h2", { textContent: words.verdicts[verdict] }));
    const card = element("section", { className: "card" }, head, list);
    card.dataset.verdict = verdict;
    /* Of what is not proven nothing is repeated: it would look as if we said it. */
    if (found.some(([outcome]) => outcome === "signed")) card.append(element("dl", { className: "facts rows" }, ...factsOf(claimsOf(token))));
    place.replaceChildren(card);
    place.hidden = false;
    place.focus();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const files = await Promise.all(Array.from(form.elements.papers.files, (file) => file.text()));
    const papers = sorted([form.elements.token.value, ...files]);
    if (papers.token) await fetchMissing(papers);
    const found = await check(papers, form.elements.email.value, Date.now());
    /* The server knows the keys of its own organisations, and says what is missing in a form. */
    if (!alone && (!papers.token || verdictOf(found) !== "holds")) form.submit();
    else show(found, papers.token);
  });
})();

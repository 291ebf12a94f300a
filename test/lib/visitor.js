// visitor — a person's browser without a browser: cookies, forms, redirects, over HTTP.
//
// Forms are read from the page as it came, so a hidden field or a token travels as it would
// for a person with scripts off.
'use strict';

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
const plain = (s) => s.replace(/&(#?\w+);/g, (all, name) => entities[name] ?? all);

function attributes(tag) {
  const found = {};
  for (const [, name, value] of tag.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)) {
    found[name.toLowerCase()] = plain(value ?? '');
  }
  return found;
}

// Every form of a page: action, method, fields as a browser would send them untouched.
function forms(page) {
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head, body]) => {
    const form = { ...attributes(head), fields: [], buttons: [], files: [], text: body };
    const each = /<(?:(input)\b([^>]*)>|(button|textarea|select)\b([^>]*)>([\s\S]*?)<\/\3>)/g;
    for (const [, input, alone, outer, around, content] of body.matchAll(each)) {
      const [kind, inside] = input ? [input, alone] : [outer, around];
      const at = attributes(inside);
      if (kind === 'button' || at.type === 'submit') {
        form.buttons.push({ ...at, text: (content || '').replace(/<[^>]*>/g, '').trim() });
      } else if (at.type === 'file') {
        form.files.push(at.name);
      } else if ((at.type === 'checkbox' || at.type === 'radio') && !('checked' in at)) {
        // Not chosen: a browser sends nothing.
      } else if (kind === 'textarea') {
        form.fields.push([at.name, plain(content || '').replace(/^\n/, '')]);
      } else if (kind === 'select') {
        const options = [...(content || '').matchAll(/<option\b([^>]*)>/g)].map(([, o]) => attributes(o));
        const chosen = options.find((o) => 'selected' in o) || options[0];
        form.fields.push([at.name, chosen ? chosen.value ?? '' : '']);
      } else if (at.name) {
        form.fields.push([at.name, at.value ?? '']);
      }
    }
    return form;
  });
}

class Visitor {
  constructor(base) {
    this.base = base;
    this.jar = new Map();
    this.at = base + '/';
  }

  async ask(method, address, { body, headers = {} } = {}) {
    const url = new URL(address, this.at);
    const cookies = [...this.jar].filter(([, c]) => url.pathname.startsWith(c.path))
      .map(([name, c]) => `${name}=${c.value}`).join('; ');
    const answer = await fetch(url, {
      method, body, redirect: 'manual',
      headers: { ...(cookies ? { cookie: cookies } : {}), ...(method === 'POST' ? { origin: this.base } : {}), ...headers },
    });
    for (const line of answer.headers.getSetCookie ? answer.headers.getSetCookie()
      : (answer.headers.get('set-cookie') || '').split(/,(?=[^;]+?=)/).filter(Boolean)) {
      const [pair, ...rest] = line.split(';').map((s) => s.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const kept = { value: pair.slice(name.length + 1), path: '/' };
      for (const part of rest) {
        if (/^path=/i.test(part)) { kept.path = part.slice(5); }
        if (/^max-age=0$/i.test(part)) { kept.gone = true; }
      }
      if (kept.gone) { this.jar.delete(name); } else { this.jar.set(name, kept); }
    }
    this.status = answer.status;
    this.headers = answer.headers;
    this.bytes = Buffer.from(await answer.arrayBuffer());
    this.page = this.bytes.toString('utf8');
    this.at = url.href;
    if (Visitor.everyPage) {
      Visitor.everyPage(this, method);
    }
    return this;
  }

  async get(address) {
    await this.ask('GET', address);
    return this.follow();
  }

  async follow() {
    for (let hops = 0; hops < 5 && (this.status === 303 || this.status === 302); hops += 1) {
      await this.ask('GET', new URL(this.headers.get('location'), this.at).href);
    }
    return this;
  }

  // The form whose action, else whose text has `which`; the first that posts when nothing is
  // said. What is on every page (look, sign-out) is meant only by its action.
  form(which) {
    const all = forms(this.page);
    const others = all.filter((f) => !/(^|\/)(look|sign-out)$/.test(f.action || ''));
    const found = which
      ? others.find((f) => (f.action || '').includes(which)) || others.find((f) => f.text.includes(which))
        || all.find((f) => (f.action || '').includes(which))
      : others.find((f) => /post/i.test(f.method || ''));
    if (!found) {
      throw new Error(`no form ${which ?? ''} on ${this.at} (${this.status})`);
    }
    return found;
  }

  // Fills and sends a form; values replace what stands in it, lists send a name repeatedly.
  async send(values = {}, { which, button, files = {}, follow = true } = {}) {
    const form = this.form(which);
    const fields = form.fields.filter(([name]) => !(name in values));
    for (const [name, value] of Object.entries(values)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        fields.push([name, String(one)]);
      }
    }
    const pressed = button ? form.buttons.find((b) => b.text.includes(button) || b.value === button)
      : form.buttons[0];
    if (button && !pressed) {
      throw new Error(`no button ${button}: ${form.buttons.map((b) => b.text).join(', ')}`);
    }
    if (pressed && pressed.name) {
      fields.push([pressed.name, pressed.value ?? '']);
    }
    let body;
    if (/multipart/.test(form.enctype || '')) {
      body = new FormData();
      fields.forEach(([name, value]) => body.append(name, value));
      for (const [name, file] of Object.entries(files)) {
        body.append(name, new Blob([file.bytes], { type: file.type }), file.name);
      }
    } else {
      body = new URLSearchParams(fields);
    }
    await this.ask('POST', (pressed && pressed.formaction) || form.action || this.at, { body });
    return follow ? this.follow() : this;
  }

  see(...texts) {
    for (const text of texts) {
      const seen = plain(this.page.replace(/<[^>]*>/g, ''));
      if (!seen.includes(text) && !this.page.includes(text)) {
        throw new Error(`"${text}" is not on ${this.at} (${this.status}):\n${seen.replace(/\s+/g, ' ').slice(0, 1500)}`);
      }
    }
    return this;
  }

  notSee(text) {
    if (this.page.includes(text)) {
      throw new Error(`"${text}" is on ${this.at}`);
    }
    return this;
  }

  is(status) {
    if (this.status !== status) {
      throw new Error(`${this.at}: ${this.status}, not ${status}\n${this.page.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').slice(0, 1200)}`);
    }
    return this;
  }
}

module.exports = { Visitor, forms };

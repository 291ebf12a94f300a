/* Keyboard help for the staff pages; everything works without it.
 *
 * j k          row below, above in a list (table[data-rows]); Enter opens
 * data-key     one key: follows a link, presses a button with data-press, else goes there
 * data-keys    two keys, one after the other, of the menu: g w
 * Ctrl Enter   sends the form one is writing in
 * u            up: the last crumb        ?   the keys of this page
 *
 * No key works while one types, or with Ctrl, Alt or Meta, or when they are switched off on
 * the page of keys.
 * SPDX-License-Identifier: MPL-2.0 */
(() => {
  'use strict';

  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  const off = () => store && store.getItem('keys') === 'off';
  const seen = (e) => e.getClientRects().length > 0;
  const text = (e) => (e.dataset.say || e.getAttribute('aria-label')
    || (e.labels && e.labels[0] && e.labels[0].textContent) || e.textContent).replace(/\s+/g, ' ').trim();

  // A page that is made for paper: the button prints it.
  all('button[data-print]').forEach((b) => b.addEventListener('click', () => window.print()));

  // Lists.
  const rows = () => all('table[data-rows] tbody tr').filter(seen);

  function stand(row) {
    rows().forEach((r) => r.classList.toggle('at', r === row));
    const link = row.querySelector('a');
    if (link) {
      link.focus({ preventScroll: true });
      row.scrollIntoView({ block: 'nearest' });
    }
  }

  function step(by) {
    const list = rows();
    const at = list.findIndex((r) => r.classList.contains('at') || r.contains(document.activeElement));
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1);
    if (list[next]) {
      stand(list[next]);
    }
    return list.length > 0;
  }

  // One key of the page.
  function press(e) {
    if (e.tagName === 'A' || 'press' in e.dataset) {
      e.click();
    } else if (e.tagName === 'SUMMARY') {
      e.parentElement.open = true;
      (e.parentElement.querySelector('select, textarea, input:not([type=hidden]), button') || e).focus();
    } else {
      e.focus();
      e.scrollIntoView({ block: 'center' });
    }
  }

  // What the keys of this page do, in the words that stand on it.
  function help() {
    const link = document.querySelector('footer a[href$="/staff/keys"]');
    const dialog = document.createElement('dialog');
    const title = dialog.appendChild(document.createElement('h2'));
    const list = dialog.appendChild(document.createElement('dl'));
    const add = (keys, what) => {
      const row = list.appendChild(document.createElement('div'));
      row.appendChild(document.createElement('dt')).appendChild(document.createElement('kbd')).textContent = keys;
      row.appendChild(document.createElement('dd')).textContent = what;
    };
    title.id = 'keys-title';
    title.textContent = link ? text(link) : '?';
    list.className = 'keys';
    dialog.setAttribute('aria-labelledby', title.id);
    const table = document.querySelector('table[data-rows]');
    if (table) {
      add('j k', table.dataset.rows || text(table.caption || table));
    }
    all('[data-key]').filter(seen).forEach((e) => add(e.dataset.key, text(e)));
    all('[data-keys]').forEach((e) => add(e.dataset.keys, text(e)));
    const form = dialog.appendChild(document.createElement('form'));
    form.method = 'dialog';
    const close = form.appendChild(document.createElement('button'));
    close.className = 'btn btn--2 btn--small';
    close.textContent = 'OK';
    if (link) {
      form.append(' ');
      form.appendChild(link.cloneNode(true));
    }
    dialog.addEventListener('close', () => dialog.remove());
    document.body.appendChild(dialog);
    dialog.showModal();
    close.focus();
  }

  let first = '';
  let forget = 0;

  function sequence(key) {
    const two = `${first} ${key}`;
    const links = all('[data-keys]');
    const hit = first && links.find((e) => e.dataset.keys === two);
    clearTimeout(forget);
    if (hit) {
      first = '';
      hit.click();
      return true;
    }
    first = links.some((e) => e.dataset.keys.startsWith(`${key} `)) ? key : '';
    forget = setTimeout(() => { first = ''; }, 1500);
    return first !== '';
  }

  const typing = (e) => e && (e.isContentEditable || e.tagName === 'TEXTAREA' || e.tagName === 'SELECT'
    || (e.tagName === 'INPUT' && !/^(checkbox|radio|button|submit)$/.test(e.type)));

  function onKey(key) {
    if (sequence(key)) {
      return true;
    }
    if (key === '?') {
      help();
      return true;
    }
    if (key === 'j' || key === 'k') {
      return step(key === 'j' ? 1 : -1);
    }
    const crumbs = all('.crumb a');
    const hit = all('[data-key]').find((e) => e.dataset.key === key && seen(e))
      || (key === 'u' && crumbs[crumbs.length - 1]);
    if (hit) {
      press(hit);
    }
    return Boolean(hit);
  }

  document.addEventListener('keydown', (e) => {
    const at = document.activeElement;
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && at && at.form && at.form.method === 'post') {
      e.preventDefault();
      at.form.requestSubmit();
    } else if (e.key === 'Escape' && typing(at)) {
      at.blur();
    } else if (!e.ctrlKey && !e.altKey && !e.metaKey && !e.isComposing && !typing(at) && !off()
      && !document.querySelector('dialog[open]') && onKey(e.key)) {
      e.preventDefault();
    }
  });

  // The keys stand on the buttons, for who looks.
  if (!off()) {
    all('button[data-key], summary[data-key], input[type=radio][data-key]').forEach((e) => {
      const kbd = document.createElement('kbd');
      kbd.textContent = e.dataset.key;
      kbd.setAttribute('aria-hidden', 'true');
      e.dataset.say = text(e);
      (e.type === 'radio' ? e.labels[0] : e).append(' ', kbd);
      e.setAttribute('aria-keyshortcuts', e.dataset.key);
    });
  }
  all('[data-keys-switch]').forEach((e) => {
    const box = e.querySelector('input');
    e.hidden = false;
    box.checked = !off();
    box.addEventListener('change', () => store && store.setItem('keys', box.checked ? 'on' : 'off'));
  });

  // Coming back to a list, one stands where one left it; after a refusal, at what is wrong.
  const wrong = document.querySelector('.errs');
  if (wrong) {
    wrong.focus();
  } else {
    const last = window.sessionStorage.getItem('row');
    const row = last && rows().find((r) => r.querySelector(`a[href="${CSS.escape(last)}"]`));
    if (row) {
      row.classList.add('at');
    }
  }
  all('[data-print]').forEach((e) => e.addEventListener('click', () => window.print()));
  document.addEventListener('click', (e) => {
    const link = e.target.closest('table[data-rows] a');
    if (link) {
      window.sessionStorage.setItem('row', link.getAttribute('href'));
    }
  });
})();

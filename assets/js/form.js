/* Help with questions: a signature is drawn, rows are added and taken away without the
 * server. Everything works without it.
 * SPDX-License-Identifier: MPL-2.0 */
(() => {
  'use strict';

  const all = (what, from = document) => [...from.querySelectorAll(what)];

  // A signature: strokes of whole points in a box of 600 × 200.
  function sign(pad) {
    const box = pad.querySelector('svg');
    const path = pad.querySelector('path');
    const kept = pad.querySelector('input');
    const strokes = kept.value ? kept.value.split(';').map((s) => s.split(' ')) : [];
    const points = () => strokes.reduce((n, s) => n + s.length, 0);
    let now = null;
    let last = null;

    const at = (e) => {
      const r = box.getBoundingClientRect();
      const within = (n, most) => Math.max(0, Math.min(most, Math.round(n)));
      return [within((e.clientX - r.left) * 600 / r.width, 600), within((e.clientY - r.top) * 200 / r.height, 200)];
    };
    const draw = () => {
      path.setAttribute('d', strokes.map((s) => 'M' + s.map((p) => p.replace(',', ' ')).join('L')).join(''));
      kept.value = strokes.map((s) => s.join(' ')).join(';');
    };
    const add = (e) => {
      const p = at(e);
      if (points() < 3900 && (!last || Math.hypot(p[0] - last[0], p[1] - last[1]) >= 3)) {
        now.push(p.join(','));
        last = p;
        draw();
      }
    };
    const end = () => { now = null; last = null; };

    box.addEventListener('pointerdown', (e) => {
      if (e.button === 0) {
        e.preventDefault();
        box.setPointerCapture(e.pointerId);
        now = [];
        strokes.push(now);
        add(e);
      }
    });
    box.addEventListener('pointermove', (e) => {
      if (now) {
        (e.getCoalescedEvents ? e.getCoalescedEvents() : [e]).forEach(add);
      }
    });
    box.addEventListener('pointerup', end);
    box.addEventListener('pointercancel', end);
    pad.querySelector('[data-sign-clear]').addEventListener('click', () => {
      strokes.length = 0;
      draw();
    });
    pad.hidden = false;
  }

  // Rows: the names of a row are key.NUMBER.column, its ids f-key.NUMBER.column.
  function rows(set) {
    const key = set.id.slice(2);
    const count = set.querySelector('input[type=hidden]');
    const most = Number(set.dataset.rowsMost);
    const list = () => all('.row', set);
    const add = set.querySelector('[data-row-add]');

    const number = (row, n) => {
      const old = new RegExp('(^|\\s)((?:f-)?' + key + '[.-])\\d+(?=[.\\s-]|$)', 'g');
      all('[id],[name],[for],[aria-describedby]', row).concat(row).forEach((e) => {
        ['id', 'name', 'for', 'aria-describedby'].forEach((a) => {
          if (e.hasAttribute(a)) {
            e.setAttribute(a, e.getAttribute(a).replace(old, '$1$2' + n));
          }
        });
      });
      all('legend, .btn .vh', row).filter((e) => e.parentElement === row || e.classList.contains('vh'))
        .forEach((e) => { e.textContent = e.textContent.replace(/\d+/, n); });
    };
    const blank = (row) => {
      all('input:not([type=radio]):not([type=checkbox]), textarea', row).forEach((e) => { e.value = ''; });
      all('input:checked', row).forEach((e) => { e.checked = false; });
      all('select', row).forEach((e) => { e.selectedIndex = 0; });
      all('.err', row).forEach((e) => e.remove());
      all('.bad', row).forEach((e) => e.classList.remove('bad'));
      all('[aria-invalid]', row).forEach((e) => e.removeAttribute('aria-invalid'));
    };
    const settle = () => {
      list().forEach((row, i) => number(row, i + 1));
      count.value = list().length;
      if (add) {
        add.parentElement.hidden = list().length >= most;
      }
    };
    set.addEventListener('click', (e) => {
      const button = e.target.closest('button');
      const row = button && button.closest('.row');
      if (button && button === add) {
        const fresh = list().at(-1).cloneNode(true);
        number(fresh, list().length + 1);
        blank(fresh);
        list().at(-1).after(fresh);
        settle();
        fresh.querySelector('input, select').focus();
      } else if (row && button.name.endsWith('.remove')) {
        if (list().length > 1) {
          row.remove();
        } else {
          blank(row);
        }
        settle();
        (add && !add.parentElement.hidden ? add : set).focus();
      } else {
        return;
      }
      e.preventDefault();
    });
  }

  // A code that came behind the # of a scanned address: no server has seen it.
  function code(input) {
    if (!input.value && /^#[0-9A-Za-z-]{12,14}$/.test(location.hash)) {
      input.value = location.hash.slice(1);
      history.replaceState(null, '', location.pathname);
    }
  }

  all('[data-sign]').forEach(sign);
  all('.rows').forEach(rows);
  all('[data-from-hash]').forEach(code);
})();

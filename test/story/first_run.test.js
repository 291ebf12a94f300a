// first run — a real office without the demo: init prints a link, one page finishes it.
'use strict';

const path = require('node:path');
const tap = require('../lib/tap.js');
const { root, run, start, stop } = require('../lib/server.js');
const { Visitor } = require('../lib/visitor.js');
const fs = require('node:fs');
const os = require('node:os');

(async () => {
  const names = process.argv.slice(2).filter((name) => name !== 'all');
  if (names.length > 0 && !names.some((name) => 'first_run'.includes(name))) {
    tap.done();
    return;
  }
  const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'bianmin-first-')), 'office');
  const made = run(['init', '--city', '雲川市', '--office', 'household=雲川市青埔戶政事務所',
    '--pack', path.join(root, 'packs', 'start'), '--data', folder]);
  const link = (/\/staff\/setup\/\w+/.exec(made.stdout) || [''])[0];
  tap.claim(made.status === 0 && link !== '', 'init prints a link', made.stdout + made.stderr);
  const server = await start(folder);
  const clerk = new Visitor(server.url);
  const answers = {
    'address.zh': '雲川市青埔區公園路 1 號', 'hours.zh': '週一至週五 8:00–17:00',
    telephone: '03-000-0000', units: 'desk 第一課\n第二課', person: '林文華', title: '秘書',
    sign_name: 'lin', password: 'green river blue', again: 'green river blue', service: 'general',
  };

  await tap.test('nobody finishes it without the link', async () => {
    (await clerk.get('/staff/setup/0000')).is(404);
  });
  await tap.test('what is missing is told at once, and nothing typed is lost', async () => {
    await clerk.get(link);
    await clerk.send({ ...answers, telephone: '', password: 'short' });
    clerk.is(422).see('請填寫電話號碼', '請至少使用', 'value="林文華"', '第二課');
  });
  await tap.test('a clerk finishes it and is signed in', async () => {
    await clerk.send(answers);
    clerk.is(200).see('林文華', '設定');
    clerk.located = new URL(clerk.at).pathname;
    if (clerk.located !== '/staff/settings') {
      throw new Error(clerk.located);
    }
    (await clerk.get('/staff/settings/units')).see('第一課', '第二課');
  });
  await tap.test('the service that was chosen is offered, the other lies ready', async () => {
    (await clerk.get('/household/services')).see('一般申請').notSee('到府服務');
    (await clerk.get('/staff/settings/definitions')).see('general', '待發布', 'home_service');
  });
  await tap.test('the link works once', async () => {
    (await new Visitor(server.url).get(link)).is(404);
  });
  await stop(server);
  const checked = run(['check', '--data', folder]);
  tap.claim(checked.status === 0 && /sound\s*$/.test(checked.stdout), 'check says sound', checked.stdout);
  tap.done();
})().catch((error) => { tap.claim(false, 'the first run is walked', error.stack); tap.done(); process.exit(1); });

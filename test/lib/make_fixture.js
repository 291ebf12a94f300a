// make_fixture — a small office at work, made by the program that BIANMIN names and written
// down with all that its databases hold: node test/lib/make_fixture.js NAME (tools/fixture).
//
// What stands in it belongs to nobody, and its key opens nothing else.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const crypto = require('node:crypto');
const { spawnSync } = require('node:child_process');
const { root, made, run, scratch, start, stop, program } = require('./server.js');
const { Visitor } = require('./visitor.js');

const place = path.join(root, 'test', 'corpus', 'instances');
const password = 'green river blue';
const clock = '2026-03-02T10:00';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

async function setUp(server, link) {
  const clerk = new Visitor(server.url);
  (await clerk.get(link)).is(200);
  await clerk.send({
    'address.zh': '雲川市青埔區公園路 1 號', 'hours.zh': '週一至週五 8:00–17:00', telephone: '03-000-0000',
    units: 'service 第一課\n第二課', person: '林文華', title: '秘書', sign_name: 'lin', password, again: password,
    service: 'general',
  });
  clerk.is(200);
}

// Staff besides the first, each by the link that the command prints.
async function colleague(server, name, duty) {
  const said = made(['user', 'add', `${name}@household`, '--duty', duty, '--unit', 'service', '--name', `試用 ${name}`,
    '--data', server.folder]);
  const visitor = new Visitor(server.url);
  const [link] = /\/staff\/\S+/.exec(said);
  (await visitor.get(link)).is(200);
  await visitor.send({ password, again: password });
  if (visitor.status >= 400) { throw new Error(`${name}: ${visitor.status}`); }
}

async function signedIn(server, name) {
  const visitor = new Visitor(server.url);
  await visitor.get('/staff/sign-in');
  await visitor.send({ name: `${name}@household`, password });
  return visitor.is(200);
}

async function applied(server, number, file) {
  const where = `${server.url}/api/v1/household/services/general`;
  const { example } = await (await fetch(where)).json();
  if (file) {
    const body = new FormData();
    body.append('file', new Blob([png]), 'paper.png');
    const sent = await (await fetch(`${server.url}/api/v1/household/files`, { method: 'POST', body })).json();
    example.answers[file] = { file: sent.file, name: 'paper.png' };
  }
  if ('name' in example.answers) { example.answers.name = `試用 ${number}`; }
  const answer = await fetch(`${where}/cases`, {
    method: 'POST', body: JSON.stringify(example),
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  });
  if (answer.status !== 201) { throw new Error(`${answer.status}: ${await answer.text()}`); }
  const receipt = await answer.json();
  return { case: receipt.case, code: receipt.code };
}

// The case's page by way of the worklist; then forms of it, one after the other.
async function work(visitor, number, ...forms) {
  let page;
  await visitor.get('/staff/worklist');
  const lists = new Set([...visitor.page.matchAll(/[?;&]list=(\w+)/g)].map(([, list]) => list));
  for (const list of lists) {
    await visitor.get(`/staff/worklist?list=${list}&number=${number}`);
    page ??= [...visitor.page.matchAll(/<a\b[^>]*\shref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)]
      .find(([, , inside]) => inside.includes(number))?.[1];
  }
  if (!page) { throw new Error(`${number} is in none of ${[...lists]}`); }
  for (const [which, values] of forms) {
    await visitor.get(page.replace(/&amp;/g, '&'));
    await visitor.send(values, { which });
    visitor.is(200);
  }
}

async function main(name) {
  const folder = path.join(scratch('fixture'), 'office');
  const said = made(['init', '--city', '雲川市', '--office', 'household=雲川市青埔戶政事務所', '--pack',
    path.join(root, 'packs', 'start'), '--data', folder]);
  const server = await start(folder, { clock });
  await setUp(server, /\/staff\/setup\/\w+/.exec(said)[0]);
  await colleague(server, 'chen', 'officer');
  await colleague(server, 'wang', 'unit_head');
  const cases = [];
  for (let i = 0; i < 4; i += 1) { cases.push(await applied(server, i + 1, i === 0 ? 'attachment' : undefined)); }
  const officer = await signedIn(server, 'chen');
  const head = await signedIn(server, 'wang');
  const propose = ['act/propose', { outcome: 'grant', proposal: '資料相符' }];
  await work(officer, cases[1].case, ['act/take', {}]);
  await work(officer, cases[2].case, ['act/take', {}], propose);
  await work(officer, cases[3].case, ['act/take', {}], propose);
  await work(head, cases[3].case, ['act/decide', { outcome: 'grant' }]);
  for (const one of cases) {
    const told = await (await fetch(`${server.url}/api/v1/household/cases/${one.case}`,
      { headers: { authorization: `Bearer ${one.code}` } })).json();
    one.state = told.state;
  }
  await stop(server);
  const checked = run(['check', '--data', folder]);
  if (checked.status !== 0) { throw new Error(checked.stdout); }
  const dump = spawnSync(path.join(root, 'build-asan', 'fixture'), ['dump', folder], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (dump.status !== 0) { throw new Error(dump.stderr); }
  const to = path.join(place, name);
  fs.mkdirSync(to, { recursive: true });
  fs.writeFileSync(path.join(to, 'rows'), `# An office of the version "${name}". Nobody in it is anybody; see ../README.md.\n${dump.stdout}`);
  fs.copyFileSync(path.join(folder, 'key'), path.join(to, 'key'));
  fs.chmodSync(path.join(to, 'key'), 0o644);
  fs.writeFileSync(path.join(to, 'facts.json'), `${JSON.stringify({ clock, office: 'household', staff: 'lin', password, cases }, null, 2)}\n`);
  console.log(`${to}: ${dump.stdout.split('\n').length} lines, ${cases.map((c) => c.state).join(', ')} (by ${program})`);
}

main(process.argv[2]).catch((error) => { console.error(error.stack); process.exit(1); });

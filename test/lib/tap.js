// tap — results in the Test Anything Protocol, one line a claim.
'use strict';

let count = 0;
let failed = 0;

function claim(ok, name, why) {
  count += 1;
  const line = `${ok ? 'ok' : 'not ok'} ${count} - ${name.replace(/#/g, '\\#')}`;
  console.log(line);
  if (!ok) {
    failed += 1;
    for (const row of String(why ?? '').split('\n').slice(0, 40)) {
      console.log(`# ${row}`);
    }
  }
  return ok;
}

function skip(name, reason) {
  count += 1;
  console.log(`ok ${count} - ${name.replace(/#/g, '\\#')} # SKIP ${reason}`);
}

// Runs one named test; a throw is a failure with its reason.
async function test(name, body) {
  try {
    await body();
    claim(true, name);
  } catch (error) {
    claim(false, name, error && error.stack ? error.stack : error);
  }
}

// Where the words of the command line name none of a file's tests, that is said and no failure:
// another file has them.
function done() {
  const names = process.argv.slice(2).filter((name) => name !== 'all');
  if (count === 0 && names.length > 0) {
    console.log(`1..0 # SKIP nothing here is called ${names.join(', ')}`);
    return;
  }
  console.log(`1..${count}`);
  process.exitCode = failed > 0 || count === 0 ? 1 : 0;
}

module.exports = { claim, skip, test, done };

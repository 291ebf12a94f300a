// figures — what is worked out from runs: medians, ratios, whether a goal is met. Pure.
'use strict';

const sorted = (list) => [...list].sort((a, b) => a - b);
const median = (list) => {
  const s = sorted(list);
  const half = Math.floor(s.length / 2);
  return s.length % 2 === 1 ? s[half] : (s[half - 1] + s[half]) / 2;
};
// The smallest value that is not below `share` of them.
const percentile = (list, share) => sorted(list)[Math.max(0, Math.ceil(list.length * share) - 1)];

// Two sides that took turns: the ratio of their medians.
const ratio = (ours, theirs) => median(ours) / median(theirs);

const operators = { '≥': (value, than) => value >= than, '≤': (value, than) => value <= than };

// One row of the report. `goal`: ['≥', 0.5]; or null: only told. `value` null: not measured,
// `state` says why not. Nothing without a value is ever shown as met.
function row({ line, engine = '', what, goal = null, value = null, state, raw = '' }) {
  const measured = typeof value === 'number' && Number.isFinite(value);
  const met = measured && goal ? operators[goal[0]](value, goal[1]) : null;
  return {
    line, engine, what, goal, raw, met, value: measured ? value : null,
    state: state ?? (!measured ? 'not measured' : goal ? (met ? 'met' : 'missed') : 'told'),
  };
}

// How far beyond its goal: 1 just met, 2 twice as good, 0.5 half as good; null without both.
function reach({ goal, value }) {
  if (!goal || value === null || value <= 0) {
    return null;
  }
  return goal[0] === '≥' ? value / goal[1] : goal[1] / value;
}

function show(n) {
  return n === null ? '—' : Math.abs(n) >= 100 ? n.toFixed(0) : n.toFixed(2);
}

const showGoal = (goal) => (goal ? `${goal[0]} ${goal[1]}` : '');

module.exports = { median, percentile, ratio, row, reach, show, showGoal };
